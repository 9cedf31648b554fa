"""What a correct reading of the demo must find, beside the deliveries."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from wijkbeeld import reference
from wijkbeeld.demo import faults, open_data
from wijkbeeld.demo.canaries import CANARIES
from wijkbeeld.demo.delivery import Delivery
from wijkbeeld.demo.effects import EFFECTS, NEAR_REPEAT_SHARE
from wijkbeeld.demo.months import label
from wijkbeeld.demo.offences import BURGLARY
from wijkbeeld.demo.offences import CODES as GROUPS
from wijkbeeld.demo.places import CODES as BUURT_CODES
from wijkbeeld.demo.registrations import CODES, Registrations
from wijkbeeld.files import write_text

_Counted = dict[str, dict[str, int]]


def _counted() -> defaultdict[str, dict[str, int]]:
    return defaultdict(lambda: {"net": 0, "gross": 0})


@dataclass
class Truth:
    """The truth file, as it is filled while the deliveries are written."""

    seed: int
    scale: int
    end: date
    first_month: int
    last_month: int
    path: Path
    """Where the truth file is."""
    files: list[Path] = field(default_factory=list)
    """The deliveries that were written."""
    totals: defaultdict[str, defaultdict[str, dict[str, int]]] = field(
        default_factory=lambda: defaultdict(_counted)
    )
    """Net and gross per offence and year of registration, as last delivered."""
    burglaries: defaultdict[str, defaultdict[str, dict[str, int]]] = field(
        default_factory=lambda: defaultdict(_counted)
    )
    """The same for burglary of dwellings, per buurt and month."""
    published: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    """Open data per offence and year, of the buurten, as far as published."""
    nuisance: Counter[str] = field(default_factory=Counter)
    """Open data of nuisance per kind, of the buurten, as far as published."""
    rounds: dict[str, int] = field(default_factory=dict)
    messages: dict[str, dict[str, int]] = field(default_factory=dict)
    """Messages into WhatsApp groups per month, how many begin as agreed, and tips."""
    posts: dict[str, int] = field(default_factory=dict)
    records: defaultdict[str, dict[str, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Per source of which lists are kept, and per month: how many can be read."""
    lists: dict[str, int] = field(default_factory=dict)
    """Records of each list kept by hand, as they are known once all lists are in."""
    deliveries: defaultdict[str, dict[str, dict[str, object]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def count(self, month: int, rows: Registrations, *, is_new: bool) -> None:
        """Add the registrations of a month, as they stood in their last export.

        Args:
            month: The month.
            rows: Its newest version that was delivered.
            is_new: That is the first version, with its bad rows still in it.
        """
        if is_new:
            spoilt, _ = faults.planned(self.seed, month, rows)
            good = np.ones(len(rows.number), np.bool_)
            good[sorted(spoilt)] = False
            rows = rows.at(good)
        groups = reference.offence_of_incident_code()
        codes = [groups[code] for code in CODES]
        year = label(month)[:4]
        for measure, counted in (("net", rows.at(~rows.is_second)), ("gross", rows)):
            for number, how_many in Counter(counted.code.tolist()).items():
                self.totals[codes[number]][year][measure] += how_many
            burglary = np.array([code == BURGLARY for code in codes])[counted.code]
            per_buurt = np.bincount(counted.buurt[burglary], minlength=len(BUURT_CODES))
            for buurt, how_many in zip(BUURT_CODES, per_buurt, strict=True):
                self.burglaries[buurt][label(month)][measure] += int(how_many)

    def deliver(self, delivery: Delivery, path: Path) -> None:
        """Note a file, and what must be found in it."""
        self.files.append(path)
        problems = sorted(delivery.problems.items())
        found = {code: count for code, count in problems if count}
        self.deliveries[delivery.source][delivery.file_name] = {
            "row_count": delivery.row_count,
            "accepted_count": delivery.row_count - sum(found.values()),
            "problem_count": sum(found.values()),
            "problems": found,
        }

    def count_published(self) -> None:
        """Add up what the open data say of the buurten, as far as published."""
        since = min(open_data.HISTORY_SINCE * 12, self.first_month - 2)
        for month in range(since, self.last_month):
            for cell in open_data.cells_of(self.seed, self.scale, month):
                is_ours = cell.region_code in BUURT_CODES
                if is_ours and cell.offence_code in GROUPS and cell.crime_count:
                    year = label(month)[:4]
                    self.published[cell.offence_code][year] += cell.crime_count

    def described(self) -> dict[str, object]:
        """Return the truth as it is written."""
        return {
            "seed": self.seed,
            "scale": self.scale,
            "end": self.end.isoformat(),
            "first_month": label(self.first_month),
            "last_month": label(self.last_month),
            "planted_effects": [effect.described() for effect in EFFECTS],
            "near_repeats": {
                "share": NEAR_REPEAT_SHARE,
                "within_m": 200,
                "within_days": 14,
            },
            "calls_with_report": {"priorities": [1, 2], "are_of_soonest_share": 0.5},
            "registered_by_offence_and_year": self.totals,
            "burglaries_by_buurt_and_month": self.burglaries,
            "open_data_by_offence_and_year": self.published,
            "nuisance_by_kind": self.nuisance,
            "rounds_by_month": self.rounds,
            "messages_by_month": self.messages,
            "posts_by_month": self.posts,
            "records_by_source_and_month": self.records,
            "records_by_list": self.lists,
            "deliveries": self.deliveries,
            "canaries": CANARIES,
        }

    def write(self) -> None:
        """Write the truth file."""
        text = json.dumps(
            self.described(), ensure_ascii=False, indent=1, sort_keys=True
        )
        write_text(self.path, text + "\n")
