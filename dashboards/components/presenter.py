"""The presenter: what is on the wall, and how it is steered.

The address says which briefing and which slide, so a reload comes back. It never says
that the team's figures are shown: those ask for a step that is taken anew each time.
"""

from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from dashboards.components import around, figures, wall
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.queries import presenting
from wijkbeeld.language import speaking
from wijkbeeld.output import choices
from wijkbeeld.output.slide import Presentation, Slide
from wijkbeeld.settings import settings

MONTH, SLIDE, NOTES = "maand", "dia", "notities"
_SEEN, _FOR_TEAM = "presenter-turn", "presenter-for-team"
_FIRST, _LAST = -1_000, 1_000
# What a clicker and a keyboard send besides the arrows.
_KEYS = {
    "PageUp": -1, "Up": -1, "Backspace": -1, "PageDown": 1, "Down": 1, "Space": 1,
    "Enter": 1, "Home": _FIRST, "End": _LAST,
}  # fmt: skip


def is_for_residents_only() -> bool:
    """Tell whether this process is that of the public dashboards."""
    return settings().role == presenting.RESIDENTS


def month(months: list[pd.Timestamp], latest: pd.Timestamp | None) -> date:
    """Return the month in the address, or else the newest complete one."""
    known = {f"{each:%Y-%m}": each.date() for each in months}
    known |= {name: record.month for name, record in presenting.frozen().items()}
    asked = known.get(st.query_params.get(MONTH, ""))
    chosen = asked or (latest or months[0]).date()
    st.query_params[MONTH] = f"{chosen:%Y-%m}"
    return chosen


def presentation(month: date) -> Presentation:
    """Return the briefing as it is shown: of the public file, as the chief chose it."""
    return _chosen(presenting.presentation(month, presenting.RESIDENTS), month)


def _chosen(made: Presentation, month: date) -> Presentation:
    # What the chief chose is for the wall of the evening; residents see all slides.
    if is_for_residents_only():
        return made
    try:
        with speaking(language()):
            return choices.apply(made, choices.read(month))
    except choices.UnreadableChoicesError as reason:
        st.toast(figures.plain(str(reason)), icon=":material/warning:")
        return made


def place(shown: Presentation, month: date) -> int:
    """Return which slide is shown, from 0: that of the wall, or of the address."""
    count = len(shown.slides)
    given = st.query_params.get(SLIDE, "1")
    at = min(max(int(given) if given.isdecimal() else 1, 1), count) - 1
    if not is_for_residents_only():
        at = _with_the_wall(shown, month, at)
    st.query_params[SLIDE] = str(at + 1)
    return at


def _with_the_wall(shown: Presentation, month: date, at: int) -> int:
    """Follow the wall when another session moved it, and move it otherwise."""
    shared = wall.of(f"{month:%Y-%m}")
    key, turn = shared.shown()
    places = {slide.key: place for place, slide in enumerate(shown.slides)}
    if key in places and turn != st.session_state.get(_SEEN):
        at = places[key]
    elif shown.slides[at].key != key:
        turn = shared.show(shown.slides[at].key)
    st.session_state[_SEEN] = turn
    return at


@st.fragment(run_every="1s")
def follow(month: date) -> None:
    """Look whether another session moved the wall."""
    _key, turn = wall.of(f"{month:%Y-%m}").shown()
    if turn != st.session_state.get(_SEEN):
        st.rerun()


def bar(shown: Presentation, month: date, at: int) -> None:
    """Draw what steers: two large buttons, the place, and what is seldom needed."""
    count = len(shown.slides)
    with st.container(
        key="bar",
        horizontal=True,
        wrap=False,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        _steer(at, count)
        with st.popover(_("Meer"), icon=":material/more_horiz:", key="more"):
            _more(month)
    with st.container(key="keys"):
        for name, step in _KEYS.items():
            st.button(
                name, key=f"key-{name}", shortcut=name, on_click=_go,
                args=(at + step, count),
            )  # fmt: skip
        if st.button("Esc", key="key-Esc", shortcut="Esc"):
            _leave()


def _steer(at: int, count: int) -> None:
    st.button(
        _("Vorige"), key="back", shortcut="Left", icon=":material/arrow_back:",
        on_click=_go, args=(at - 1, count), disabled=at == 0,
    )  # fmt: skip
    st.html(f'<p class="place">{at + 1} / {count}</p>')
    st.button(
        _("Volgende"), key="on", shortcut="Right", icon=":material/arrow_forward:",
        icon_position="right", type="primary", on_click=_go, args=(at + 1, count),
        disabled=at == count - 1,
    )  # fmt: skip


def _go(to: int, count: int) -> None:
    st.query_params[SLIDE] = str(min(max(to, 0), count - 1) + 1)


def _leave() -> None:
    st.session_state.pop(_FOR_TEAM, None)
    st.switch_page("app_pages/briefing.py")


def _more(month: date) -> None:
    st.caption(
        _(
            "Pijltjes, spatie, Page Up en Page Down: verder of terug. Home en End: "
            "eerste en laatste dia. F11: heel scherm. Esc: stoppen."
        )
    )
    if not is_for_residents_only():
        address = {MONTH: f"{month:%Y-%m}", NOTES: "1"}
        st.page_link(
            "app_pages/presenteren.py",
            label=_("Notities voor de spreker"),
            icon=":material/speaker_notes:",
            query_params=address,
        )
        if is_for_team(month):
            st.button(
                _("Terug naar de openbare briefing"),
                key="public-again",
                icon=":material/public:",
                on_click=_show_residents,
            )
        elif st.button(
            _("Cijfers van de politie tonen"), key="team", icon=":material/lock:"
        ):
            _ask(month)
    if st.button(_("Stoppen"), key="leave", icon=":material/close:"):
        _leave()


def is_for_team(month: date) -> bool:
    """Tell whether the step to the team's figures was taken, for this briefing."""
    return not is_for_residents_only() and st.session_state.get(_FOR_TEAM) == month


def for_team(month: date) -> Presentation:
    """Return the briefing with the team's figures, which residents may not see."""
    return _chosen(presenting.presentation(month, settings().role), month)


def warning() -> str:
    """Return what stands over every slide with the team's figures."""
    return _("Alleen voor de politie: niet tonen aan bewoners")


def _show_residents() -> None:
    st.session_state.pop(_FOR_TEAM, None)


def _ask(month: date) -> None:
    st.dialog(_("Staat er niemand anders bij het scherm?"))(_question)(month)


def _question(month: date) -> None:
    st.markdown(
        _(
            "U gaat cijfers tonen die **alleen voor de politie** zijn. Bewoners mogen "
            "ze niet zien. Op elke dia staat dan een rode rand."
        )
    )
    yes, no = st.columns(2)
    if yes.button(
        _("Ja, toon de cijfers"), key="team-yes", type="primary", width="stretch",
        on_click=_show_team, args=(month,),
    ):  # fmt: skip
        st.rerun()
    if no.button(_("Nee"), key="team-no", width="stretch"):
        st.rerun()


def _show_team(month: date) -> None:
    st.session_state[_FOR_TEAM] = month


def all_hidden() -> None:
    """Say that there is no slide left to show."""
    with st.container(key="empty"):
        st.title(_("Alle dia’s zijn verborgen"), anchor=False)
        around.missing(
            _("Toon bij *Briefing voorbereiden* ten minste één dia, en kom dan terug.")
        )
        if st.button(_("Stoppen"), key="leave", shortcut="Esc"):
            _leave()


def notes(shown: Presentation, month: date, at: int) -> None:
    """Draw what the speaker sees on a screen of his own."""
    slide: Slide = shown.slides[at]
    count = len(shown.slides)
    with st.container(key="notes"):
        st.caption(
            _("Nu op het scherm: {at} van {count}").format(at=at + 1, count=count)
        )
        st.title(figures.plain(slide.title), anchor=False)
        st.markdown(f"**{figures.plain(slide.message)}**")
        said = slide.notes or _("Bij deze dia zijn geen notities.")
        st.markdown("\n\n".join(map(figures.plain, filter(None, said.splitlines()))))
        if slide.annotation:
            st.info(figures.plain(slide.annotation), icon=":material/edit_note:")
        rest = shown.slides[at + 1 : at + 2]
        st.caption(
            _("Hierna: {title}").format(title=figures.plain(rest[0].title))
            if rest
            else _("Dit is de laatste dia.")
        )
        _clock(month)
    with st.container(
        key="bar", horizontal=True, wrap=False, horizontal_alignment="distribute",
        vertical_alignment="center",
    ):  # fmt: skip
        _steer(at, count)


@st.fragment(run_every="1s")
def _clock(month: date) -> None:
    shared = wall.of(f"{month:%Y-%m}")
    seconds = int((datetime.now(UTC) - shared.began).total_seconds())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{seconds // 60}:{seconds % 60:02d}**")
        st.button(
            _("Klok op nul"), key="clock", icon=":material/timer:",
            on_click=shared.restart_clock,
        )  # fmt: skip
    if shared.shown()[1] != st.session_state.get(_SEEN):
        st.rerun()
