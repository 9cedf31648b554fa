"""Whose figures are these? Accounts that are ours, and files that do not say."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb

from wijkbeeld.landing import personal, values
from wijkbeeld.landing.read import Delivered
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.values import Reading
from wijkbeeld.language import say
from wijkbeeld.settings import settings

_DAY_OF = {"social__facebook_page_days": "day", "social__x_days": "dated"}
"""Sources that say nothing of their account, and where their days stand."""
_SETTING = {
    "social__facebook_page_days": "facebook_page_ids",
    "social__x_days": "x_accounts",
}
_NAME = re.compile(r"@?\w[\w .-]{0,59}")


def ours() -> dict[str, list[str]]:
    """Return per setting the accounts that are ours, as the platforms write them."""
    chosen = settings()
    return {
        "facebook_page_ids": list(chosen.facebook_page_ids),
        "instagram_account_ids": list(chosen.instagram_account_ids),
        "x_accounts": [_plain(name) for name in chosen.x_accounts],
    }


def complete(
    con: duckdb.DuckDBPyConnection, seen: Delivered, delivery: Path
) -> Delivered:
    """Add the account to what was seen of a file that does not say it.

    An overview of X is as old as the last day in it.

    Raises:
        RejectedError: It is not clear whose figures they are.
    """
    source = seen.source.name
    if source not in _DAY_OF:
        return seen
    told = {"account": _account(source, delivery)}
    column = _DAY_OF[source]
    texts = con.execute(f"select distinct {column} from delivered").fetchall()
    days = sorted(set(_days(text for (text,) in texts if text)))
    warnings = _gaps(days)
    if source == "social__x_days" and days:
        told["exported_on"] = days[-1].isoformat()
        warnings.append(
            say(
                "de laatste dag, {day}, is nog niet compleet",
                day=f"{days[-1]:%d-%m-%Y}",
            )
        )
    return seen._replace(facts=seen.facts | told, warnings=seen.warnings + warnings)


def _account(source: str, delivery: Path) -> str:
    folder = delivery.parent
    if folder.parent == settings().inbox / source:
        name = _plain(folder.name)
        if not _NAME.fullmatch(name) or personal.found_in(name):
            raise RejectedError(
                say(
                    "de naam van de map is geen naam van een account; noem de map naar "
                    "de pagina of het account"
                )
            )
        return name
    chosen = ours()[_SETTING[source]]
    if len(chosen) != 1:
        raise RejectedError(
            say(
                "het bestand zegt niet van welk account het is; zet het in een map die "
                "naar de pagina of het account heet (inbox/{source}/naam), of noem er "
                "precies een in WIJKBEELD_{setting}",
                source=source,
                setting=_SETTING[source].upper(),
            )
        )
    return chosen[0]


def _plain(name: str) -> str:
    return name.strip().lstrip("@").casefold()


def _days(texts: Iterable[str]) -> Iterable[date]:
    for text in texts:
        meant = values.local_time(text, "", Reading(month_first=True))
        if meant.text and not meant.problem:
            yield date.fromisoformat(meant.text[:10])


def _gaps(days: list[date]) -> list[str]:
    step = timedelta(days=1)
    missing = sum((after - day).days - 1 for day, after in pairwise(days))
    if not missing:
        return []
    first = next(day + step for day, after in pairwise(days) if after - day > step)
    return [
        say(
            "{n} dagen ontbreken, {day} als eerste: die tellen als onbekend, niet "
            "als 0",
            n=missing,
            day=f"{first:%d-%m-%Y}",
        )
    ]
