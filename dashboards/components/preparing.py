"""What the chief chooses for one briefing; each choice is kept at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import streamlit as st

from dashboards.components import figures, presenter
from dashboards.locales import language
from dashboards.locales import translate as _
from dashboards.queries import presenting
from wijkbeeld.language import speaking
from wijkbeeld.output import briefing, choices, handout
from wijkbeeld.output.choices import Choices
from wijkbeeld.output.slide import Presentation

_REFUSED, _KEPT = "choices-refused", "choices-kept"
_MADE = "preparing-files"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MIMES = {
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".pdf": "application/pdf",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".csv": "text/csv",
}
_FILES: dict[str, Callable[[], str]] = {
    ".pptx": lambda: _("Dia’s ({kind})"),
    ".pdf": lambda: _("Hand-out ({kind})"),
    ".xlsx": lambda: _("Cijfers ({kind})"),
    ".csv": lambda: _("Cijfers ({kind})"),
}
_WIDTHS = [0.4, 0.4, 0.9, 3, 5]
# What an arrow moves is for whoever hears the page; there is no room to read it.
_ONLY_ARROWS = """<style>
[class*=st-key-up-] p, [class*=st-key-down-] p {font-size: 0}
</style>"""


def links(month: date) -> None:
    """Lead to the wall, and to the notes on a phone."""
    address = {presenter.MONTH: f"{month:%Y-%m}"}
    with st.container(horizontal=True):
        st.page_link(
            "app_pages/presenteren.py",
            label=_("Presenteren"),
            icon=":material/slideshow:",
            query_params=address,
        )
        st.page_link(
            "app_pages/presenteren.py",
            label=_("Notities, op een tweede scherm of telefoon"),
            icon=":material/speaker_notes:",
            query_params=address | {presenter.NOTES: "1"},
        )
        st.page_link(
            "app_pages/verslag.py",
            label=_("Verslag en acties"),
            icon=":material/task_alt:",
        )


def frozen(month: date) -> None:
    """Say whether the figures of this briefing can still change, and what stops it."""
    record = presenting.frozen().get(f"{month:%Y-%m}")
    if record is None:
        st.warning(
            _(
                "**Nog niet bevroren: de cijfers kunnen nog veranderen.** De taak "
                "`monthly_briefing` bevriest ze. Zelf doen kan ook: "
                "`wijkbeeld freeze --month {month}`."
            ).format(month=f"{month:%Y-%m}"),
            icon=":material/lock_open:",
        )
    else:
        st.success(
            _(
                "**Bevroren op {day}**, publicatie {name}. De cijfers op de dia’s "
                "veranderen niet meer. Uw keuzes hieronder wel."
            ).format(
                day=figures.plain(figures.day(record.frozen_at)),
                name=figures.plain(record.publication),
            ),
            icon=":material/ac_unit:",
        )


def read(month: date) -> Choices | None:
    """Return what was chosen; none, and it is said why, when it cannot be read."""
    try:
        with speaking(language()):
            return choices.read(month)
    except choices.UnreadableChoicesError as reason:
        st.error(figures.plain(str(reason)), icon=":material/error:")
        return None


def kept(month: date) -> None:
    """Say that the last choice was kept, or why it was not."""
    if said := st.session_state.pop(_REFUSED, None):
        st.error(
            "\n\n".join([_("**Niet bewaard.**"), *map(figures.plain, said)]),
            icon=":material/block:",
        )
    elif st.session_state.pop(_KEPT, None) == month:
        st.toast(_("Bewaard"), icon=":material/check:")
    place = choices.path(month)
    if place.exists():
        moment = datetime.fromtimestamp(place.stat().st_mtime, UTC)
        st.caption(
            _("Elke keuze wordt meteen bewaard. Het laatst bewaard: {moment}.").format(
                moment=figures.plain(figures.moment(moment))
            )
        )
    else:
        st.caption(_("Elke keuze wordt meteen bewaard. Er is nog niets gekozen."))


def slides(made: Presentation, chosen: Choices, month: date) -> None:
    """Let the chief hide, move and annotate the slides."""
    st.html(_ONLY_ARROWS)
    ordered = choices.in_order(made.slides, chosen.order)
    keys = [str(slide.key) for slide in ordered]
    for at, slide in enumerate(ordered):
        key, name = str(slide.key), figures.plain(slide.title)
        up, down, shown, title, words = st.columns(
            _WIDTHS, vertical_alignment="center", gap="small"
        )
        up.button(
            _("Omhoog: {slide}").format(slide=name), key=f"up-{key}", type="tertiary",
            icon=":material/arrow_upward:", disabled=at == 0,
            on_click=_move, args=(month, keys, at, at - 1),
        )  # fmt: skip
        down.button(
            _("Omlaag: {slide}").format(slide=name), key=f"down-{key}",
            type="tertiary", icon=":material/arrow_downward:",
            disabled=at == len(keys) - 1, on_click=_move,
            args=(month, keys, at, at + 1),
        )  # fmt: skip
        shown.toggle(
            _("Toon: {slide}").format(slide=name), key=f"show-{month:%Y%m}-{key}",
            value=key not in chosen.hidden, label_visibility="collapsed",
            on_change=_show, args=(month, key),
        )  # fmt: skip
        title.markdown(f"**{at + 1}. {name}**")
        words.text_input(
            _("Toevoeging bij {slide}").format(slide=name),
            key=f"added-{month:%Y%m}-{key}",
            value=chosen.annotations.get(key, ""),
            max_chars=choices.LONGEST,
            label_visibility="collapsed",
            placeholder=_("Toevoeging op deze dia"),
            on_change=_annotate,
            args=(month, key),
        )
    if set(keys) <= chosen.hidden:
        st.warning(_("Alle dia’s zijn verborgen: er is niets om te tonen."))


def texts(chosen: Choices, month: date) -> None:
    """Let the chief write what stands on the first slide, and who the guest is."""
    welcome, guest = st.columns(2, gap="large")
    written = [
        (welcome, "welcome", _("Tekst op de eerste dia"), chosen.welcome),
        (guest, "guest", _("Wie is de gast, en waarover?"), chosen.guest),
    ]
    for place, name, label, text in written:
        place.text_area(
            label,
            value=text,
            key=f"{name}-{month:%Y%m}",
            max_chars=choices.LONGEST_TEXT,
            on_change=_write,
            args=(month, name),
        )
    st.caption(
        _(
            "Bewoners lezen wat u hier schrijft. Schrijf geen namen van bewoners, "
            "kentekens, telefoonnummers of huisnummers: die tekst wordt geweigerd."
        )
    )


def files(shown: Presentation) -> None:
    """Make what leaves the house after a click, because it takes seconds, and offer it.

    Args:
        shown: The briefing of residents as it is on the wall, with what was chosen.
    """
    st.caption(
        _(
            "Met de dia’s en toevoegingen die u hierboven koos, en alleen met cijfers "
            "die bewoners mogen zien. Maken duurt even."
        )
    )
    if st.button(
        _("Maak de bestanden"), key="make-files", icon=":material/note_add:",
        disabled=not shown.slides,
    ):  # fmt: skip
        _make(shown)
    # What was chosen since is not in them: they are then made anew.
    of, made = st.session_state.get(_MADE, (None, {}))
    if of != shown:
        return
    with st.container(horizontal=True):
        for name, content in made.items():
            kind = Path(name).suffix
            st.download_button(
                _FILES[kind]().format(kind=kind.removeprefix(".").upper()),
                content,
                file_name=name,
                mime=_MIMES[kind],
                key=f"file-{kind}",
                on_click="ignore",
                icon=":material/download:",
            )


def _make(shown: Presentation) -> None:
    with st.spinner(_("De bestanden worden gemaakt.")), speaking(language()):
        try:
            st.session_state[_MADE] = (shown, briefing.contents(shown))
        except handout.TooMuchError as reason:
            st.session_state.pop(_MADE, None)
            st.error(figures.plain(str(reason)), icon=":material/error:")


def _move(month: date, keys: list[str], at: int, to: int) -> None:
    keys = list(keys)
    keys[at], keys[to] = keys[to], keys[at]
    _keep(month, lambda chosen: replace(chosen, order=tuple(keys)))


def _show(month: date, key: str) -> None:
    is_shown = st.session_state[f"show-{month:%Y%m}-{key}"]

    def change(chosen: Choices) -> Choices:
        hidden = chosen.hidden - {key} if is_shown else chosen.hidden | {key}
        return replace(chosen, hidden=hidden)

    _keep(month, change)


def _annotate(month: date, key: str) -> None:
    text = st.session_state[f"added-{month:%Y%m}-{key}"].strip()

    def change(chosen: Choices) -> Choices:
        rest = {name: said for name, said in chosen.annotations.items() if name != key}
        return replace(chosen, annotations=rest | ({key: text} if text else {}))

    _keep(month, change)


def _write(month: date, name: str) -> None:
    text = st.session_state[f"{name}-{month:%Y%m}"].strip()
    _keep(month, lambda chosen: replace(chosen, **{name: text}))


def _keep(month: date, change: Callable[[Choices], Choices]) -> None:
    with speaking(language()):
        try:
            choices.change(month, change)
        except (choices.RefusedChoicesError, choices.UnreadableChoicesError) as reason:
            st.session_state[_REFUSED] = str(reason).splitlines()
        else:
            st.session_state[_KEPT] = month
