"""What a post is about, from the words in its caption."""

import re
import unicodedata

import pandas as pd

OTHER = "overig"


def label_captions(captions: pd.Series, keywords: pd.DataFrame) -> pd.DataFrame:
    """Give each caption the first theme of which a keyword begins one of its words.

    Captions and keywords are compared after NFKC, because bold look-alike letters
    are common in captions, and without regard to case.

    Args:
        captions: Texts, of which one may be null.
        keywords: ``theme``, ``keyword`` and ``precedence``; the lowest wins.

    Returns:
        ``caption`` and ``theme`` (FORMATS 0.8), in the order of ``captions``.
    """
    ordered = keywords.sort_values(["precedence", "theme", "keyword"])
    patterns = [
        (theme, re.compile("|".join(rf"\b{re.escape(_plain(word))}" for word in words)))
        for (_, theme), words in ordered.groupby(["precedence", "theme"], sort=False)[
            "keyword"
        ]
    ]

    def theme_of(caption: str) -> str:
        text = _plain(caption)
        found = (theme for theme, pattern in patterns if pattern.search(text))
        return next(found, OTHER)

    themes = [OTHER if pd.isna(text) else theme_of(text) for text in captions]
    # Of no captions at all the type is told as well: DuckDB cannot see it.
    return pd.DataFrame(
        {"caption": captions.astype("str"), "theme": pd.Series(themes, dtype="str")}
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
