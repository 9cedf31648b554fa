"""Near repeats in words, a picture and a table: does it come back soon, nearby?"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards.components import charts, figures, pattern_charts, tables
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from wijkbeeld.measures import near_repeats

_NEAR, _SOON = ("0", "1-100", "101-200", "201-300"), ("0-6", "7-13", "14-20")
_LOOKED_AT = 20
"""Cells of the table of an offence, of which one in twenty is out by chance."""


def of_offence(cells: pd.DataFrame, offence: str) -> None:
    """Say whether a crime is followed by another, where and when.

    Args:
        cells: The twenty rows of an offence, or none.
        offence: Its name.
    """
    st.header(_("Komt het terug, vlakbij?"), anchor=False)
    if cells.empty:
        st.info(
            _(
                "Of het vlakbij terugkomt, wordt alleen bekeken bij misdrijven die "
                "burgers zelf melden en waarvan de plaats bekend is."
            )
        )
        return
    base = cells.iloc[0].to_dict()
    if base["is_too_few"]:
        count = base["incident_count"]
        st.info(
            _n(
                "**Te weinig om te zeggen.** Van {count} voorval in twee jaar zijn dag "
                "en plaats bekend; vanaf 100 staat hier of het vlakbij terugkomt.",
                "**Te weinig om te zeggen.** Van {count} voorvallen in twee jaar zijn "
                "dag en plaats bekend; vanaf 100 staat hier of het vlakbij terugkomt.",
                count,
            ).format(count=figures.count(count))
        )
        return
    said = findings(cells, offence)
    for sentence in said:
        st.markdown(f"**{figures.plain(sentence)}**")
    shown = _near_and_soon(cells)
    title = _("Herhaling vlakbij: {offence}").format(offence=offence.lower())
    charts.draw(
        pattern_charts.repeats,
        shown,
        alt=alternative(shown, said),
        what=title,
        rows=shown,
    )
    st.caption(_legend(base))
    with st.expander(_("Alle afstanden en dagen")):
        tables.small(
            _table(cells),
            left=[_("Afstand"), _("Dagen")],
            alt=_("Paren van misdrijven naar afstand en dagen"),
        )


def findings(cells: pd.DataFrame, offence: str) -> list[str]:
    """Return a sentence per pattern that may be told, or why there is none."""
    near = _near_and_soon(cells)
    told = [
        _(
            "Na {offence} is de kans op nog een in de straten eromheen ({distance}) "
            "{ratio} keer zo groot als door toeval, {days}: {pairs}, waar toeval er "
            "{chance} geeft."
        ).format(
            offence=_a(offence),
            distance=_distance(row["distance_band"]).lower(),
            ratio=figures.decimal(row["ratio"]),
            days=_later(row["day_band"]),
            pairs=_pairs(row["observed_count"]),
            chance=figures.span(row["expected_lower"], row["expected_upper"]),
        )
        for row in near[near["is_pattern"]].to_dict("records")
    ]
    if told:
        return told
    few = [
        _("{distance}, {days}: {pairs}, waar toeval er {chance} geeft").format(
            distance=_distance(row["distance_band"]).lower(),
            days=_later(row["day_band"]),
            pairs=_pairs(row["observed_count"]),
            chance=figures.span(row["expected_lower"], row["expected_upper"]),
        )
        for row in near[near_repeats.is_short_of_pairs(near)].to_dict("records")
    ]
    if few:
        return [
            _(
                "Of na {offence} de kans op nog een in de straten eromheen groter is, "
                "is niet te zeggen: te weinig paren ({cells})."
            ).format(offence=_a(offence), cells="; ".join(few))
        ]
    return [
        _(
            "Na {offence} is de kans op nog een in de straten eromheen niet "
            "aantoonbaar groter."
        ).format(offence=_a(offence))
    ]


def zones_of_buurten(rows: pd.DataFrame, month: pd.Timestamp) -> None:
    """Say in which buurten a near repeat was to be watched for."""
    if rows.empty:
        return
    listed = ", ".join(
        f"{row['buurt_name']} ({figures.count(row['zone_count'])})"
        for row in rows.to_dict("records")
    )
    st.markdown(
        _("Weken van verhoogde kans in {month}: {buurten}.").format(
            month=figures.month(month), buurten=figures.plain(listed)
        )
    )


def zones(
    rows: pd.DataFrame,
    month: pd.Timestamp,
    cells: pd.DataFrame,
    offence: Mapping[str, object],
) -> None:
    """Say whether a near repeat is to be watched for; never where exactly.

    Args:
        rows: The zones of one buurt that were active in the month.
        month: The month that is chosen.
        cells: The twenty rows of the chosen offence, or none.
        offence: That offence.
    """
    st.subheader(_("Herhaling vlakbij"), anchor=False)
    if rows.empty:
        st.markdown(
            _("In {month} liep hier geen week van verhoogde kans.").format(
                month=figures.month(month)
            )
        )
    else:
        st.markdown(_watch_out(rows))
        tables.small(
            pd.DataFrame(
                {
                    _("Delict"): figures.offence(row),
                    _("Van"): figures.day(row["active_from"]),
                    _("Tot en met"): figures.day(row["active_until"]),
                    _("Voorvallen"): figures.count(row["incident_count"]),
                }
                for row in rows.to_dict("records")
            ),
            left=[_("Delict"), _("Van"), _("Tot en met")],
            alt=_("Weken van verhoogde kans in deze buurt"),
        )
    name = figures.offence(offence)
    if not cells.empty and not cells["is_too_few"].iloc[0]:
        said = " ".join(findings(cells, name))
        everywhere = _("Gemeten over alle buurten.")
        st.markdown(f"{figures.plain(said)} {everywhere}")
    st.caption(
        _(
            "Een week van verhoogde kans: een voorval en de zes dagen erna, alleen "
            "van delicten waarvan is gebleken dat zij in die zeven dagen vlakbij "
            "terugkomen. De straten eromheen zijn die binnen 200 meter, ook als die "
            "in de buurt ernaast liggen."
        )
    )


def alternative(cells: pd.DataFrame, said: list[str]) -> str:
    """Say in words what the picture shows, cell by cell."""
    each = [
        _("{distance}, {days} dagen: {pairs}").format(
            distance=row["distance"].lower(), days=row["days"], pairs=row["words"]
        )
        for row in cells.to_dict("records")
    ]
    every = _("Alle vakken: {cells}.").format(cells="; ".join(each))
    return " ".join([*said, every])


def _watch_out(rows: pd.DataFrame) -> str:
    newest = rows.iloc[0].to_dict()
    said = _(
        ":orange-background[**Let op herhaling**] van {first} tot en met {last}: kort "
        "na een misdrijf ({offence}) is de kans er vlakbij groter."
    ).format(
        first=figures.plain(figures.day(newest["active_from"])),
        last=figures.plain(figures.day(newest["active_until"])),
        offence=figures.plain(figures.offence(newest).lower()),
    )
    earlier = len(rows) - 1
    if not earlier:
        return said
    also = _n(
        "Eerder deze maand nog {count} keer.",
        "Eerder deze maand nog {count} keer.",
        earlier,
    )
    return f"{said} {also.format(count=figures.count(earlier))}"


def _near_and_soon(cells: pd.DataFrame) -> pd.DataFrame:
    near = cells["distance_band"].isin(_NEAR) & cells["day_band"].isin(_SOON)
    kept = cells[near]
    rows = kept.to_dict("records")
    return kept.assign(
        distance=[_distance(row["distance_band"]) for row in rows],
        days=[_days(row["day_band"]) for row in rows],
        large=[_large(row) for row in rows],
        small=[f"{_pairs(row['observed_count'])}\n{_in_short(row)}" for row in rows],
        words=[f"{_pairs(row['observed_count'])}, {_by_chance(row)}" for row in rows],
    )


def _large(row: Mapping[str, object]) -> str:
    if not row["is_pattern"]:
        return _("geen patroon")
    return _("{ratio} keer").format(ratio=figures.decimal(row["ratio"]))


def _by_chance(row: Mapping[str, float]) -> str:
    return _("toeval {chance}").format(
        chance=figures.span(row["expected_lower"], row["expected_upper"])
    )


def _in_short(row: Mapping[str, float]) -> str:
    return _("toeval {chance}").format(
        chance="–".join(
            figures.count(row[f"expected_{end}"]) for end in ("lower", "upper")
        )
    )


def _table(cells: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Afstand"): _distance(row["distance_band"]),
            _("Dagen"): _days(row["day_band"]),
            _("Paren"): figures.count(row["observed_count"]),
            _("Door toeval"): figures.span(
                row["expected_lower"], row["expected_upper"]
            ),
            _("Keer"): figures.decimal(row["ratio"], 2),
            _("p"): figures.decimal(row["p_value"], 3),
            _("Patroon"): _("ja") if row["is_pattern"] else _("nee"),
        }
        for row in cells.to_dict("records")
    )


def _legend(base: Mapping[str, object]) -> str:
    return _(
        "Donker: een patroon. Paren van voorvallen naar afstand en dagen ertussen, "
        "over {count} voorvallen van {first} tot en met {month}. Toeval: wat 95 % van "
        "999 keer schudden van de datums geeft. Een patroon is ten minste 1,2 keer "
        "zoveel, in 10 paren of meer, met p hoogstens 0,05; van de {looked_at} vakken "
        "haalt er door toeval ongeveer een die p. Niet meegeteld: {left_out} zonder "
        "plaats, of waarvan de dag niet op twee dagen na bekend is."
    ).format(
        count=figures.count(base["incident_count"]),
        first=figures.day(base["first_date"]),
        month=figures.month(base["month"]),
        looked_at=figures.count(_LOOKED_AT),
        left_out=figures.count(base["left_out_count"]),
    )


def _a(offence: str) -> str:
    return _("een voorval van {offence}").format(offence=offence.lower())


def _pairs(count: float) -> str:
    return _n("{count} paar", "{count} paren", count).format(count=figures.count(count))


def _distance(band: object) -> str:
    return {
        "0": _("Hetzelfde adres"),
        "1-100": _("Tot 100 m"),
        "101-200": _("100–200 m"),
        "201-300": _("200–300 m"),
        ">300": _("Verder dan 300 m"),
    }[str(band)]


def _days(band: object) -> str:
    return {"7-13": "7–13", "14-20": "14–20", ">20": "≥ 21"}.get(str(band), "0–6")


def _later(band: object) -> str:
    return {
        "0-6": _("gedurende de eerste 7 dagen"),
        "7-13": _("van 7 tot en met 13 dagen erna"),
        "14-20": _("van 14 tot en met 20 dagen erna"),
    }[str(band)]
