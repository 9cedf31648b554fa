"""Code lists that landing and dbt share: the seeds of the dbt project."""

import csv
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from wijkbeeld.settings import settings


class Buurt(NamedTuple):
    """A buurt of the team, by CBS code."""

    buurt_code: str
    buurt_name: str
    wijk_code: str
    wijk_name: str
    is_residential: bool
    former_names: tuple[str, ...]


class DeliverySource(NamedTuple):
    """What may be delivered, and after how many days we miss it."""

    source: str
    name_nl: str
    name_en: str
    warn_after_days: int
    error_after_days: int


@cache
def buurten() -> tuple[Buurt, ...]:
    """Return the buurten of the team, in order of code."""
    return tuple(
        Buurt(
            row["buurt_code"],
            row["buurt_name"],
            row["wijk_code"],
            row["wijk_name"],
            row["is_residential"] == "true",
            tuple(filter(None, row["former_names"].split("|"))),
        )
        for row in _seed("buurten")
    )


def buurt_code_of(text: str) -> str | None:
    """Return the code of a buurt given by code or by present or former name.

    Case, hyphens and outer spaces do not count.
    """
    return _codes_by_name().get(_plain(text))


@cache
def offence_codes() -> frozenset[str]:
    """Return the offence groups (CBS *SoortMisdrijf*), trimmed, roll-up included."""
    return frozenset(row["offence_code"] for row in _seed("offence_groups"))


def offence_code_of_label(text: str) -> str | None:
    """Return the offence group that bears a label, with or without its number."""
    return _offences_by_label().get(re.sub(r"^[\d.]+ ", "", _plain(text)))


@cache
def nuisance_codes() -> frozenset[str]:
    """Return the codes of the kinds of nuisance of table 47024NED."""
    return frozenset(row["nuisance_code"] for row in _seed("nuisance_kinds"))


def nuisance_code_of_label(text: str) -> str | None:
    """Return the kind of nuisance that bears a label, with or without its code."""
    labels = {
        _plain(row["nuisance_name_nl"]): row["nuisance_code"]
        for row in _seed("nuisance_kinds")
    }
    return labels.get(re.sub(r"^[a-z]\d+ ", "", _plain(text)))


@cache
def offence_of_incident_code() -> dict[str, str]:
    """Return the offence group of each incident code of the police (MK)."""
    return {
        row["incident_code"]: row["offence_code"]
        for row in _seed("offence_incident_codes")
    }


@cache
def themes() -> tuple[str, ...]:
    """Return the codes of the themes of the team (FORMATS 0.8)."""
    return tuple(row["theme"] for row in _seed("themes"))


@cache
def delivery_sources() -> tuple[DeliverySource, ...]:
    """Return all sources that may be delivered."""
    return tuple(
        DeliverySource(
            row["source"],
            row["name_nl"],
            row["name_en"],
            int(row["warn_after_days"]),
            int(row["error_after_days"]),
        )
        for row in _seed("delivery_sources")
    )


@cache
def _codes_by_name() -> dict[str, str]:
    return {
        _plain(name): buurt.buurt_code
        for buurt in buurten()
        for name in (buurt.buurt_code, buurt.buurt_name, *buurt.former_names)
    }


@cache
def _offences_by_label() -> dict[str, str]:
    return {
        _plain(row["offence_name_nl"]): row["offence_code"]
        for row in _seed("offence_groups")
    }


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\-]+", " ", composed).strip()


def _seed(name: str) -> list[dict[str, str]]:
    path = settings().dbt_project / "seeds" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
