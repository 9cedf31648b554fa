"""Video beside the rest, online beside offline, and who is not reached."""

import altair
import pandas as pd
import streamlit as st

from dashboards.components import charts, figures, findings, tables
from dashboards.locales import translate as _

_HALF = 0.5


def response(year: pd.DataFrame, channel: str) -> None:
    """Draw what people do with posts, by theme and form (MEASURES B4)."""
    st.header(_("Wat mensen ermee doen"), anchor=False)
    whole = findings.pick(
        year, measure="engagement_rate", level="channel", subject=channel
    )
    if whole is None or whole["is_too_few"]:
        st.info(
            _(
                "Dit kanaal geeft geen bereik of reacties, of er zijn minder dan tien "
                "berichten in een jaar."
            )
        )
        return
    findings.say(
        _(
            "Van elke 1.000 accounts die een bericht op {channel} zagen, kwamen {n} "
            "reacties, opmerkingen of deelacties."
        ).format(channel=figures.channel(channel), n=findings.words(whole, "per_1000"))
    )
    _say_year(whole["month"])
    left, right = st.columns(2)
    for place, level, name, what in (
        (left, "channel_theme", figures.theme, _("Reacties per 1.000, naar thema")),
        (right, "channel_format", figures.post_format,
         _("Reacties per 1.000, naar vorm")),
    ):  # fmt: skip
        rows = year[
            (year["measure"] == "engagement_rate")
            & (year["level"] == level)
            & (year["subject"] == channel)
        ].sort_values("figure_estimate", ascending=False)
        with place:
            findings.picture(
                [(name(row["part"]), row) for row in rows.to_dict("records")],
                "per_1000",
                what,
            )
    findings.how(
        _("Reacties"),
        _(
            "Alle reacties, opmerkingen en deelacties samen, gedeeld door het bereik "
            "samen; van twaalf maanden. De lijn: 9.999 keer opnieuw getrokken "
            "berichten (bootstrap). Vanaf tien berichten."
        ),
    )


def by_theme(year: pd.DataFrame, channel: str) -> None:
    """Draw between what the reach of a year lies, by theme (MEASURES B2, B3)."""
    rows = year[
        (year["measure"] == "reach_per_1000")
        & (year["level"] == "channel_theme")
        & (year["subject"] == channel)
    ].sort_values("figure_lower", ascending=False)
    if rows["figure_lower"].notna().any():
        findings.picture(
            [(figures.theme(row["part"]), row) for row in rows.to_dict("records")],
            "number",
            _("Bereik per 1.000 inwoners in een jaar, naar thema"),
        )
        _say_year(rows["month"].max())
        st.caption(
            _(
                "Van het best bereikende bericht tot alle berichten samen; meer dan "
                "1.000 kan, want accounts tellen bij elk bericht opnieuw mee."
            )
        )
        if rows["figure_upper"].isna().any():
            st.caption(
                _("Een pijl: van een of meer berichten is het bereik niet verteld.")
            )


def _say_year(month: object) -> None:
    """Say that a figure is of a year: the picker of the page is one of months."""
    st.caption(
        _("Twaalf maanden tot en met {month}.").format(
            month=figures.month(pd.Timestamp(str(month)))
        )
    )


def video(year: pd.DataFrame) -> None:
    """Draw how much more videos are watched than the rest (MEASURES B6)."""
    st.header(_("Video tegenover andere berichten"), anchor=False)
    rows = year[
        (year["measure"] == "video_ratio_views_now") & (year["level"] == "channel")
    ]
    told = rows[~rows["is_too_few"]]
    if told.empty:
        st.info(
            _("Daarvoor zijn zes video's en zes andere berichten met weergaven nodig.")
        )
        return
    for row in told.to_dict("records"):
        findings.say(_compared(row))
    _say_year(told["month"].max())
    themes = year[
        (year["measure"] == "video_ratio_views_now")
        & (year["level"] == "channel_theme")
        & ~year["is_too_few"]
    ]
    lines = [(figures.channel(row["subject"]), row) for row in told.to_dict("records")]
    lines += [
        (
            f"{figures.channel(row['subject'])}, {figures.theme(row['part']).lower()}",
            row,
        )
        for row in themes.to_dict("records")
    ]
    findings.picture(lines, "ratio", _("Weergaven van video's"), reference=1)
    _sooner(year[year["level"] == "channel"])
    findings.how(
        _("Video"),
        _(
            "Weergaven van ten minste 14 dagen na plaatsing, binnen één kanaal en één "
            "manier van tellen. De verhouding is die van de meetkundige gemiddelden; "
            "de lijn 9.999 keer opnieuw getrokken berichten. Bij 1 is er geen "
            "verschil."
        ),
        _(
            "Na 24 en 48 uur: alleen waar twee exports hoogstens een dag uit elkaar "
            "liggen, gelijkmatig ertussen. De helft: van de weergaven na 14 dagen; wie "
            "daar nog niet aan toe is telt mee als wachtend (Kaplan-Meier)."
        ),
        _(
            "Het is een vergelijking, geen effect: video's gaan over andere dingen en "
            "verschijnen op andere uren. Berichten waarvoor betaald is doen niet mee, "
            "als een export dat zegt; de meeste exports zeggen het niet."
        ),
    )


def _sooner(rows: pd.DataFrame) -> None:
    """Say how much sooner videos are watched, where exports lie close enough."""
    lines = []
    for measure, text, name in (
        ("video_ratio_views_24h",
         _("Na 24 uur is een video op {channel} {ratio} zo vaak bekeken als de rest."),
         _("{channel}, na 24 uur")),
        ("video_ratio_views_48h",
         _("Na 48 uur is een video op {channel} {ratio} zo vaak bekeken als de rest."),
         _("{channel}, na 48 uur")),
    ):  # fmt: skip
        told = rows[(rows["measure"] == measure) & ~rows["is_too_few"]]
        for row in told.to_dict("records"):
            channel = figures.channel(row["subject"])
            findings.say(
                text.format(channel=channel, ratio=findings.words(row, "ratio"))
            )
            lines.append((name.format(channel=channel), row))
    if not lines:
        st.caption(
            _(
                "Hoeveel eerder een video wordt bekeken is niet te zeggen: daarvoor "
                "is in de eerste dagen elke dag een export nodig."
            )
        )
        return
    findings.picture(lines, "ratio", _("Weergaven in de eerste dagen"), reference=1)
    _half(rows)


def _half(rows: pd.DataFrame) -> None:
    """Say after how many hours half of the views of a fortnight were there."""
    halves = rows[
        (rows["measure"] == "half_views_hours_median")
        & ~rows["is_too_few"]
        & rows["figure_estimate"].notna()
    ]
    kinds = {"video": _("video's"), "static": _("andere berichten")}
    for row in halves.to_dict("records"):
        findings.say(
            _(
                "De helft van wat {kind} op {channel} in twee weken aan weergaven "
                "krijgen, is er na {hours} uur."
            ).format(
                kind=kinds[str(row["part"])],
                channel=figures.channel(row["subject"]),
                hours=findings.words(row, "number"),
            )
        )
    if len(halves) < len(kinds):
        st.caption(
            _(
                "Na hoeveel uur de helft er is, wordt gezegd vanaf tien berichten die "
                "veertien dagen lang elke dag zijn gevolgd."
            )
        )


def side_by_side(rows: pd.DataFrame, month: pd.Timestamp) -> None:
    """Draw online and offline beside each other, and add up nothing (MEASURES B7)."""
    st.header(_("Online en op papier naast elkaar"), anchor=False)
    _say_year(month)
    frame = pd.DataFrame(
        {
            _("Kanaal"): figures.channel(row["channel"]),
            _("Aantal"): figures.count(row["item_count"]),
            _("Exemplaren"): figures.count(
                row["copies_delivered"],
                is_lower_bound=row["is_copies_delivered_lower_bound"],
            ),
            _("Bezoekers"): figures.count(
                row["attendance_count"],
                is_lower_bound=row["is_attendance_lower_bound"],
            ),
            _("Verslag bekeken"): figures.count(
                row["page_view_count"],
                is_lower_bound=row["is_page_view_count_lower_bound"],
            ),
            _("Bereik (accounts)"): figures.between(
                row["reach_lower"], row["reach_upper"]
            ),
            _("Weergaven"): figures.count(
                row["views"], is_lower_bound=row["is_views_lower_bound"]
            ),
            _("Vertoningen"): figures.count(
                row["impressions"], is_lower_bound=row["is_impressions_lower_bound"]
            ),
        }
        for row in rows.to_dict("records")
    )
    tables.small(frame, [_("Kanaal")], alt=_("Alle kanalen in twaalf maanden"))
    st.caption(
        _(
            "Er staat geen totaal: een exemplaar is geen lezer, een bezoeker geen "
            "account, en dezelfde mens kan in elke rij zitten. – betekent: dit heeft "
            "het kanaal niet, of het is niet bekend."
        )
    )


def not_reached(rows: pd.DataFrame, outlets: pd.DataFrame) -> None:
    """Say who is hardly reached, and by what (MEASURES B7)."""
    st.header(_("Wie bereiken we niet?"), anchor=False)
    without_team = rows.loc[rows["team_count"] == 0, "buurt_name"]
    few_groups = rows.loc[rows["covered_share_upper"] < _HALF, "buurt_name"]
    no_paper = rows.loc[rows["article_count"] == 0, "buurt_name"]
    for names, text in (
        (without_team, _("Geen rondes van een team: {names}.")),
        (
            few_groups,
            _("Minder dan de helft woont in het gebied van een groep: {names}."),
        ),
        (no_paper, _("Geen stuk in de wijkkrant: {names}.")),
    ):
        if len(names):
            findings.say(text.format(names=", ".join(names)))
    _young(rows, outlets)
    frame = pd.DataFrame(
        {
            _("Buurt"): row["buurt_name"],
            _("Inwoners"): figures.count(row["inhabitant_count"]),
            _("15 tot 25 jaar"): figures.count(row["inhabitant_15_to_24_count"]),
            _("65 jaar en ouder"): figures.count(row["inhabitant_65_plus_count"]),
            _("Woningen in een groep (%)"): figures.span(
                100 * row["covered_share_lower"], 100 * row["covered_share_upper"]
            ),
            _("Stukken in de krant"): figures.count(row["article_count"]),
            _("Kranten per 1.000 woningen"): figures.count(
                row["copies_per_1000_dwellings"]
            ),
            _("Teams"): figures.count(row["team_count"]),
        }
        for row in rows.to_dict("records")
    )
    tables.small(frame, [_("Buurt")], alt=_("Waarmee elke buurt wordt bereikt"))
    findings.how(
        _("Wie niet"),
        _(
            "Woningen in een groep: ten minste het grootste gebied dat helemaal in de "
            "buurt ligt, ten hoogste alle gebieden naast elkaar. Groepen van minder "
            "dan vijf leden tellen niet mee."
        ),
        _(
            "Leeftijden van volgers zitten nog in geen export; daarom staat er niet "
            "welk deel van een leeftijd wordt bereikt. Leeftijden dienen alleen deze "
            "tabel."
        ),
    )


def growth(rows: pd.DataFrame) -> None:
    """Draw how posts grew per day, between exports (MEASURES B5)."""
    if rows.empty:
        return
    st.header(_("Hoe lang loopt een bericht door?"), anchor=False)
    shown = rows.assign(
        line=[
            _("Bericht van {moment}").format(moment=figures.moment(at))
            for at in rows["published_at"]
        ],
        words=rows["per_day"].map(figures.count),
        days_from=rows["days_from"].clip(lower=0),
    )[["line", "days_from", "days_to", "per_day", "words"]]
    what = _("Weergaven erbij per dag")
    alt = _("{what}, van {n} berichten, tussen de ene export en de volgende.").format(
        what=what, n=shown["line"].nunique()
    )
    charts.draw(growth_of_posts, shown, alt=alt, what=what, rows=shown)
    st.caption(
        _(
            "Van elke export tot de volgende het gemiddelde per dag; wat ertussen "
            "gebeurde is niet bekend. Wat er voor de eerste export bij kwam staat er "
            "niet. Onder nul: het platform stelde het cijfer bij."
        )
    )


def growth_of_posts(rows: pd.DataFrame) -> altair.Chart:
    """Return a flat line per post and pair of exports, at the growth per day."""
    lines = (
        altair.Chart(charts.data(rows))
        # One colour: which post it is, is told on pointing and in the table.
        .mark_rule(strokeWidth=4, color=charts.BLUE, opacity=0.6)
        .encode(
            altair.X("days_from:Q", title=_("dagen na plaatsing")),
            altair.X2("days_to:Q"),
            altair.Y("per_day:Q", title=_("per dag")),
            tooltip=[
                altair.Tooltip("line:N", title=_("Bericht")),
                altair.Tooltip("words:N", title=_("Per dag erbij")),
            ],
        )
    )
    return lines.properties(height=260)


def _compared(row: dict[str, object]) -> str:
    channel = figures.channel(row["subject"])
    ratio = findings.words(row, "ratio")
    if float(str(row["figure_lower"])) > 1:
        text = _("Een video op {channel} wordt {ratio} zo vaak bekeken als de rest.")
    elif float(str(row["figure_upper"])) < 1:
        text = _("Een video op {channel} wordt minder bekeken: {ratio} zo vaak.")
    else:
        text = _("Op {channel} is er geen verschil te zeggen: {ratio} zo vaak.")
    return text.format(channel=channel, ratio=ratio)


def _young(rows: pd.DataFrame, outlets: pd.DataFrame) -> None:
    young, everyone = (
        rows[name].astype(float).sum(min_count=len(rows))
        for name in ("inhabitant_15_to_24_count", "inhabitant_count")
    )
    if pd.isna(young) or pd.isna(everyone) or not everyone:
        return
    counts = outlets.set_index("channel")["item_count"]
    online = counts[counts.index.isin(["facebook", "instagram", "x"])]
    findings.say(
        _(
            "{share} % van de inwoners is 15 tot 25 jaar. Op Instagram, dat op hen is "
            "gericht, stonden {posts} van de {all} berichten."
        ).format(
            share=figures.count(100 * young / everyone),
            posts=figures.count(online.get("instagram", 0)),
            all=figures.count(online.sum()),
        )
    )
