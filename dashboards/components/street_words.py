"""Street knowledge: what it says, and the form to add to it."""

import pandas as pd
import streamlit as st

from dashboards.components import figures, street_names, tables
from dashboards.locales import translate as _
from dashboards.queries import street

_SAID = "focus-gezegd"
_THEMES = (
    "woninginbraak", "schuurinbraak", "autokraak", "voertuigdiefstal",
    "fietsendiefstal", "straatroof_overval", "geweld", "vernieling", "winkeldiefstal",
    "drugs", "oplichting", "cyber", "verkeer", "jeugd", "overlast",
)  # fmt: skip


def held(rows: pd.DataFrame, day: pd.Timestamp) -> None:
    """Draw the judgements that hold on a day, which is that of the list."""
    st.subheader(_("Oordelen die gelden"), anchor=False)
    judgements(rows, _("Oordelen die gelden"))
    if pd.notna(day):
        st.caption(
            _("Gerekend op {day}, net als in de lijst.").format(day=figures.day(day))
        )


def judgements(rows: pd.DataFrame, what: str) -> None:
    """Draw judgements, newest first."""
    frame = pd.DataFrame(
        {
            _("Datum"): rows["judged_date"].map(figures.day),
            _("Bron"): rows["judged_by"].map(street_names.judge),
            _("Thema"): rows["theme"].map(figures.theme),
            _("Buurt"): rows["buurt_name"],
            _("Ernst (1–5)"): rows["severity"].map(figures.count),
            _("Het wordt"): rows["direction"].map(street_names.direction),
            _("Plaatsen"): rows["moved_places"].map(figures.signed),
            _("Reden"): rows["reason"].fillna(figures.UNKNOWN),
            _("Geldt tot"): rows["valid_until_date"].map(figures.day),
        }
    )
    numbers = [_("Ernst (1–5)"), _("Plaatsen")]
    left = [name for name in frame.columns if name not in numbers]
    tables.long(frame, left, what, wide=_("Reden"))


def form(buurten: pd.DataFrame) -> street.Judgement | None:
    """Offer the form; return a judgement that was sent, and say what became of one."""
    if said := st.session_state.pop(_SAID, None):
        st.success(figures.plain(said), icon=":material/inbox:")
    names = dict(zip(buurten["buurt_code"], buurten["buurt_name"], strict=True))
    with st.form("focus-oordeel", clear_on_submit=False, enter_to_submit=False):
        left, middle, right = st.columns(3)
        with left:
            theme = st.selectbox(
                _("Thema"),
                _THEMES,
                format_func=figures.theme,
                placeholder=_("Kies"),
                key="focus-thema",
            )
            buurt = st.selectbox(
                _("Buurt"), list(names), format_func=names.__getitem__,
                placeholder=_("Kies"), key="focus-buurt",
            )  # fmt: skip
            judge = st.selectbox(
                _("Wie zegt het, als soort"), street.JUDGES,
                format_func=street_names.judge, placeholder=_("Kies"), key="focus-bron",
            )  # fmt: skip
        with middle:
            severity = st.select_slider(
                _("Ernst, van 1 (nauwelijks) tot 5 (zeer)"), range(1, 6), value=3,
                key="focus-ernst",
            )  # fmt: skip
            direction = st.selectbox(
                _("Wordt het meer of minder"), street.DIRECTIONS,
                format_func=street_names.direction,
                placeholder=_("Kies"), key="focus-richting",
            )  # fmt: skip
            moved = st.select_slider(
                _("Plaatsen op de lijst"), range(-2, 3), value=0,
                format_func=figures.signed, key="focus-plaatsen",
                help=_("Min is omlaag. Wie iets verplaatst, zegt waarom."),
            )  # fmt: skip
        with right:
            sureness = st.selectbox(
                _("Hoe zeker"), street.SURE, format_func=street_names.sureness,
                placeholder=_("Kies"), key="focus-zeker",
            )  # fmt: skip
            day_part = st.selectbox(
                _("Wanneer"), ("", *street.DAY_PARTS),
                format_func=street_names.day_part,
                placeholder=_("Kies"), key="focus-dagdeel",
            )  # fmt: skip
        reason = st.text_input(
            _("Reden, over plekken en nooit over mensen"),
            max_chars=street.LONGEST_REASON, key="focus-reden",
            help=_("De reden van een bewoner of ondernemer wordt niet bewaard."),
        )  # fmt: skip
        is_sent = st.form_submit_button(_("Voeg toe"), key="focus-voeg", type="primary")
    if not is_sent:
        return None
    if moved and not reason.strip():
        st.error(_("Wie een regel verplaatst, geeft een reden."))
        return None
    return street.Judgement(
        judge, buurt, theme, severity, direction, sureness, day_part, moved,
        " ".join(reason.split()),
    )  # fmt: skip


def put() -> None:
    """Say that a judgement waits, and begin anew."""
    st.session_state[_SAID] = _(
        "Het oordeel wacht in de inbox en telt mee na de volgende verwerking. Het "
        "neemt dan de plaats in van het vorige van dezelfde soort bron over dit thema "
        "in deze buurt; dat blijft bewaard."
    )
    st.rerun()
