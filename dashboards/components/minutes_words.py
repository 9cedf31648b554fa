"""Minutes and actions: the form that the chief fills in after a briefing."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboards.components import figures, tables
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.locales import translate_count as _n
from dashboards.queries import minutes
from wijkbeeld.language import speaking
from wijkbeeld.output import owners

_SAID = "verslag-gezegd"
_THEMES = (
    "woninginbraak", "schuurinbraak", "autokraak", "voertuigdiefstal",
    "fietsendiefstal", "straatroof_overval", "geweld", "vernieling", "winkeldiefstal",
    "drugs", "oplichting", "cyber", "verkeer", "jeugd", "overlast", "preventie",
)  # fmt: skip
_NEW_ACTIONS, _WEEKS = 3, 5


def _owner(code: str) -> str:
    with speaking(language()):
        return owners.told(code)


def _state(code: str) -> str:
    return {"open": _("open"), "done": _("gedaan"), "dropped": _("vervallen")}[code]


def actions(rows: pd.DataFrame) -> None:
    """Draw what was agreed on, what is open first."""
    today = date.today()  # noqa: DTZ011 - the day of the reader
    is_late = (rows["status"] == "open") & (rows["due_on"].dt.date < today)
    state = rows["status"].map(_state)
    frame = pd.DataFrame(
        {
            _("Actie"): rows["description"],
            _("Wie"): rows["owner"].map(_owner),
            _("Klaar voor"): rows["due_on"].map(figures.day),
            _("Stand"): state.where(~is_late, _("open, over tijd")),
            _("Keren meegenomen"): rows["carried_count"].map(figures.count),
        }
    )
    left = [name for name in frame.columns if name != _("Keren meegenomen")]
    tables.small(frame, left=left, alt=_("Acties en hoe het ermee staat"))


def said(waiting: list[str]) -> None:
    """Say what became of the last form, and what waits."""
    if told := st.session_state.pop(_SAID, None):
        st.success(told, icon=":material/inbox:")
    if waiting:
        st.info(
            _n(
                "{count} lijst van deze pagina wacht in de inbox. Wat erin staat "
                "ziet u hier na de volgende verwerking.",
                "{count} lijsten van deze pagina wachten in de inbox. Wat erin staat "
                "ziet u hier na de volgende verwerking.",
                len(waiting),
            ).format(count=figures.count(len(waiting))),
            icon=":material/hourglass_empty:",
        )


def form(briefings: pd.DataFrame, known: pd.DataFrame) -> minutes.Told | None:
    """Ask what came of an evening; None until the form is sent and can be used."""
    days = briefings.set_index("briefing_id")["started_date"]
    chosen = st.selectbox(
        _("Welke briefing"), list(days.index),
        placeholder=_("Kies"), key="verslag-briefing",
        format_func=lambda at: figures.day(days[at]),
    )  # fmt: skip
    if minutes.waits_for(chosen):
        st.info(
            _(
                "Het verslag van deze briefing wacht nog in de inbox. Vul het aan na "
                "de volgende verwerking."
            ),
            icon=":material/hourglass_empty:",
        )
        return None
    was = briefings.set_index("briefing_id").loc[chosen]
    with st.form(f"verslag-{chosen}", enter_to_submit=False):
        present = _present(was)
        guest = st.text_input(
            _("Gast: welke organisatie, geen naam"), key=f"verslag-gast-{chosen}",
            value=was["guest_from"] or "", max_chars=minutes.LONGEST_TEXT,
        )  # fmt: skip
        themes = st.multiselect(
            _("Thema’s"), _THEMES, key=f"verslag-themas-{chosen}",
            default=[t for t in (was["themes"] or "").split() if t in _THEMES],
            format_func=figures.theme, placeholder=_("Kies een of meer thema’s"),
        )  # fmt: skip
        points, are_taken_out = _points(chosen)
        new = _new_actions(was["started_date"].date(), chosen)
        ended = _ended(known, was["started_date"].date())
        is_sent = st.form_submit_button(_("Sla op"), key="verslag-op", type="primary")
    if not is_sent:
        return None
    texts = [guest, *(points or []), *(action[0] for action in new)]
    until = [(text, day) for text, _owner_code, day in new]
    reasons = _wrong(present, points, texts, [*until, *_days(known, ended)])
    for reason in reasons:
        st.error(figures.plain(reason), icon=":material/block:")
    if reasons:
        return None
    return minutes.Told(
        chosen, present, " ".join(guest.split()), themes, points or [], are_taken_out,
        [minutes.NewAction(t, o, date.fromisoformat(d)) for t, o, d in new],
        {at: minutes.Ended(s, date.fromisoformat(d)) for at, (s, d) in ended.items()},
    )  # fmt: skip


def _present(was: pd.Series) -> dict[str, int | None]:
    st.markdown(_("**Wie er waren.** 0 is niemand; leeg is niet geteld."))
    labels = {
        "aanwezig_bewoners": _("Bewoners"),
        "aanwezig_coordinatoren": _("Coördinatoren"),
        "aanwezig_beheerders": _("Beheerders"),
        "aanwezig_politie": _("Politie"),
        "aanwezig_gemeente": _("Gemeente"),
    }
    found: dict[str, int | None] = {}
    columns = st.columns(len(labels))
    for place, (column, label) in zip(columns, labels.items(), strict=True):
        count = was[minutes.GROUPS[column]]
        found[column] = place.number_input(
            label, min_value=0, max_value=999, step=1,
            value=None if pd.isna(count) else int(count),
            key=f"verslag-{column}-{was.name}",
        )  # fmt: skip
    return found


def _points(briefing_id: str) -> tuple[list[str] | None, bool]:
    """Return the points, and whether all that were there are to be taken out.

    None are returned where they are gone and nobody said that they may be.
    """
    known = minutes.points(briefing_id)
    text = st.text_area(
        _("Wat we afspraken, een punt per regel; nooit over mensen"),
        value="\n".join(known), key=f"verslag-punten-{briefing_id}",
        help=_("Dit komt in het verslag dat iedereen mag lezen."),
    )  # fmt: skip
    if known and st.checkbox(
        _("Haal alle punten uit het verslag"), key=f"verslag-leeg-{briefing_id}"
    ):
        return [], True
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return None if known and not lines else lines, False


def _new_actions(day: date, briefing_id: str) -> list[tuple[str, str, str]]:
    st.markdown(
        _("**Nieuwe acties.** Een rol of organisatie doet het, nooit een naam.")
    )
    due = (day + timedelta(weeks=_WEEKS)).isoformat()
    found = []
    for number in range(1, _NEW_ACTIONS + 1):
        what, who, when = st.columns([3, 2, 1])
        key = f"verslag-actie-{briefing_id}-{number}"
        text = what.text_input(
            _("Actie {number}").format(number=number), key=key,
            max_chars=minutes.LONGEST_TEXT,
        )  # fmt: skip
        owner = who.selectbox(
            _("Wie"),
            minutes.OWNERS,
            placeholder=_("Kies"),
            key=f"{key}-wie",
            format_func=_owner,
        )
        until = when.text_input(
            _("Klaar voor"), value=due, key=f"{key}-klaar", help=_("Zoals 2026-12-31.")
        )
        if text.strip():
            found.append((" ".join(text.split()), str(owner), until.strip()))
    return found


def _ended(known: pd.DataFrame, evening: date) -> dict[str, tuple[str, str]]:
    """Return per action that ended how, and the day as it was written."""
    still = known[known["status"] == "open"]
    if still.empty:
        return {}
    st.markdown(_("**Acties die open staan**"))
    found = {}
    for _at, row in still.iterrows():
        what, when = st.columns([3, 1])
        state = what.selectbox(
            figures.plain(row["description"]), ("open", "done", "dropped"),
            format_func=_state,
            placeholder=_("Kies"), key=f"verslag-stand-{row['action_id']}",
        )  # fmt: skip
        # Told on the evening, whenever the form is filled in.
        day = when.text_input(
            _("Gedaan of vervallen op"),
            value=max(evening, row["asked_on"].date()).isoformat(),
            key=f"verslag-gedaan-{evening}-{row['action_id']}",
            help=_("Zoals 2026-12-31."),
        )  # fmt: skip
        if state != "open":
            found[row["action_id"]] = (state, day.strip())
    return found


def _days(
    known: pd.DataFrame, ended: dict[str, tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the days that were written, with what they belong to."""
    described = known.set_index("action_id")["description"]
    return [(described[at], day) for at, (_status, day) in ended.items()]


def _wrong(
    present: dict[str, int | None],
    points: list[str] | None,
    texts: list[str],
    days: list[tuple[str, str]],
) -> list[str]:
    """Return what is wrong with what was filled in; days with what they belong to."""
    wrong = []
    if all(count is None for count in present.values()):
        wrong.append(_("Vul van ten minste één groep in hoeveel er waren."))
    if points is None:
        wrong.append(
            _(
                "Er staan geen punten meer. Zet ze terug, of kruis aan dat ze uit het "
                "verslag gaan."
            )
        )
    if any(len(point) > minutes.LONGEST_TEXT for point in points or []):
        wrong.append(_("Een punt is langer dan 200 tekens. Kort het in."))
    for text, day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            wrong.append(
                _("“{text}”: schrijf de dag als 2026-12-31.").format(text=text)
            )
    for text in texts:
        wrong += [f"“{text}”: {why}" for why in minutes.findings(text)]
    return wrong


def put() -> None:
    """Say that the minutes wait, and begin anew."""
    st.session_state[_SAID] = _(
        "Opgeslagen. Het verslag en de acties wachten in de inbox. Na de volgende "
        "verwerking staan ze hier en op de dia’s. Wat er eerder stond blijft bewaard."
    )
    st.rerun()
