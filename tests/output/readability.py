"""How easily a text is read: words, sentences, and the formula of Flesch for Dutch.

W. H. Douma, *De leesbaarheid van landbouwbladen* (Bulletin 17, Landbouwhogeschool
Wageningen, 1960) fitted the formula of Flesch to Dutch:

    206.84 - 0.93 x words per sentence - 77 x syllables per word

From 60 on a text is "normal", from 70 "fairly easy", from 80 "easy". It counts length
and knows nothing of meaning: it finds a text that grew too hard, and proves of none
that it is good.
"""

import re

from wijkbeeld.output.column import words

# A full stop within a number or an address ends nothing.
_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")
# What is said in one breath, the longest first.
_VOWELS = re.compile(
    r"aai|ooi|oei|eeuw|ieuw|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáàäéèëíïóöúü]",
    re.IGNORECASE,
)
_DIGITS_ARE_SAID_IN = 2
"""Syllables of a number, about: tien, vijftien, vijfentwintig."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, headings and items of a list as well."""
    return [part.strip() for part in _END.split(text) if words(part)]


def words_per_sentence(text: str) -> float:
    """Return how long sentences are; 0 of an empty text."""
    count = len(sentences(text))
    return len(words(text)) / count if count else 0.0


def syllables(word: str) -> int:
    """Return about how many syllables a Dutch word has; at least one."""
    if word[0].isdigit():
        return _DIGITS_ARE_SAID_IN
    return max(1, len(_VOWELS.findall(word)))


def flesch_douma(text: str) -> float:
    """Return how easily a Dutch text is read, 100 for very easily.

    Raises:
        ValueError: There are no words in it.
    """
    said = words(text)
    if not said:
        raise ValueError("a text without words has no readability")
    spoken = sum(map(syllables, said)) / len(said)
    return 206.84 - 0.93 * words_per_sentence(text) - 77 * spoken
