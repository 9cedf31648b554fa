"""Words of Streamlit itself, which has no setting for them, in the reader's language.

A style sheet takes the size from what Streamlit wrote and puts ours after it. What it
cannot reach are attributes: names that only a reader aloud hears stay English.
"""

import json

import streamlit as st

from dashboards.locales import translate as _

_SIZE = "0.875rem"
_TIP = "body:has({over}:is(:hover, :focus-visible)) [data-testid=stTooltipContent] p"
_BUTTON = "[data-testid=stElementToolbarButton] button[aria-label^='{name}']"
_ERROR_TIP = "body:has({over}:hover) [data-testid=stTooltipErrorContent]"
_NO_NUMBER = "[data-testid=stNumberInput] [data-testid=stTooltipErrorHoverTarget]"
# A dialog of ours has a block in it; one in which Streamlit reports has none.
_REPORT = "[data-testid=stDialog] section:not(:has([data-testid=stVerticalBlock]))"
_MENU = "[data-testid=stDataFrameColumnMenu] [role=menu]"
_ENTRY = _MENU + " > [role=menuitem]:nth-{place}"
_TYPED = (
    "[data-testid={widget}] [data-testid=InputInstructions]"
    ":not([data-testid=stForm] *) > span:first-child"
)
_NOT_OFFERED = (
    # How a chart is written is of no use to who reads it.
    "[data-testid=stElementToolbarButton]:has([aria-label^='Copy Vega-Lite spec'])",
    # Menus of figures and notations, by the dozen, each in English.
    f"{_MENU} > [role=presentation]:has(> [aria-haspopup])",
)


def replace() -> None:
    """Put our words in the place of those of Streamlit, on the whole page."""
    # Fixed texts, without data.
    st.html(f"<style>{style()}</style>")


def style() -> str:
    """Return the style sheet in the language of this session."""
    hidden = f"{', '.join(_NOT_OFFERED)} {{display: none}}"
    return "\n".join([hidden, *(_said(*pair) for pair in words().items())])


def words() -> dict[str, str]:
    """Return what is said in place of the text of each selector."""
    return _tips() | {
        "[data-testid=stSkipToContent]": _("Naar de inhoud"),
        "[data-testid=stTopNavSection] p": _("meer"),
        "[role=listbox][data-empty=true] [role=option] > span": _("Niets gevonden"),
        "[role=option][data-key=__select_all__] > div": _("Alles kiezen"),
        _TYPED.format(widget="stTextArea"): _("toepassen met Ctrl+Enter"),
        _TYPED.format(widget="stTextInput"): _("toepassen met Enter"),
        ".gdg-search-status label": _("Typ om te zoeken"),
        # The name of the column comes first; what is not offered, in the middle.
        _ENTRY.format(place="child(2)"): _("Oplopend sorteren"),
        _ENTRY.format(place="child(3)"): _("Aflopend sorteren"),
        _ENTRY.format(place="last-child(3)"): _("Breedte passend maken"),
        _ENTRY.format(place="last-child(2)"): _("Kolom vastzetten of losmaken"),
        _ENTRY.format(place="last-child(1)"): _("Kolom verbergen"),
        _ERROR_TIP.format(over="[data-testid=stFileChip][aria-invalid=true]"): _(
            "Dit bestand kan niet: het is van een andere soort, of te groot."
        ),
        f"{_ERROR_TIP.format(over=_NO_NUMBER)} p": _(
            "Dit getal is te klein of te groot."
        ),
        f"{_REPORT} > h2": _("Dat lukt nu niet"),
        f"{_REPORT} > div > div": _(
            "Deze bladzijde bestaat niet, of de server antwoordt niet. Sluit dit "
            "venster, of ververs de bladzijde over een ogenblik."
        ),
    }


def _tips() -> dict[str, str]:
    buttons = {
        "Show data": _("Cijfers tonen"),
        "Show chart": _("Grafiek tonen"),
        "Download as PNG": _("Bewaren als PNG"),
        "Fullscreen": _("Over het hele scherm"),
        "Close fullscreen": _("Terug naar de bladzijde"),
        "Show/hide columns": _("Kolommen kiezen"),
        "Search": _("Zoeken"),
        "Copy to clipboard": _("Kopiëren"),
        "Copied!": _("Gekopieerd"),
    }
    tips = {_BUTTON.format(name=name): said for name, said in buttons.items()}
    return {_TIP.format(over=over): said for over, said in tips.items()}


def _said(selector: str, text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return (
        f"{selector} {{font-size: 0 !important}}\n"
        f"{selector}::after {{content: {quoted}; font-size: {_SIZE}}}"
    )
