"""What is drawn can be read on a phone, and lies where no app covers it."""

from dataclasses import replace
from datetime import date

import pytest
from PIL import ImageChops
from tests.output import public_files
from tests.output.figures import assert_public
from tests.output.public_files import SMALL
from tests.output.wcag import LEAST_CONTRAST, contrast

from wijkbeeld.demo import places
from wijkbeeld.language import speaking
from wijkbeeld.output import (
    bulletin,
    captions,
    drawing,
    frames,
    icons,
    storyboard,
    tips,
)
from wijkbeeld.output.drawing import (
    INK,
    LEAST_TEXT_PX,
    Box,
    Letters,
    Pen,
    Tone,
    UnfitError,
)
from wijkbeeld.output.frames import CAPTION_PX, SQUARE, TALL
from wijkbeeld.output.redaction import findings
from wijkbeeld.output.slide import Area
from wijkbeeld.output.storyboard import Advice, Count, Opening, Places

OCTOBER = date(2026, 10, 1)
YEARS = {
    "1.1.1": [10] * 24 + [15],
    "1.2.1": [None] * 12 + [SMALL] + [20] * 11 + [SMALL],
    "1.2.3": [30] * 24 + [None],
}
WHERE = {
    code: {"BU05181786": 40, "BU05181795": 25, "BU05181893": SMALL} for code in YEARS
}


def told(folder, years=YEARS, month=OCTOBER, day=date(2026, 11, 15), **named):
    path = public_files.write(folder / "public.duckdb", month, years, **named)
    public_files.judge(path, month, "higher")
    return path, bulletin.of(path, day)


@pytest.fixture(scope="module")
def october(tmp_path_factory):
    return told(tmp_path_factory.mktemp("public"), where=WHERE)


@pytest.fixture(scope="module")
def board(october):
    return storyboard.of(october[1])


def count(board, offence) -> Count:
    return next(
        s for s in board.scenes if isinstance(s, Count) and s.offence == offence
    )


@pytest.mark.parametrize("tone", Tone)
def test_every_pair_of_colours_has_enough_contrast(tone):
    assert contrast(tone.ground, tone.ink) >= LEAST_CONTRAST


def test_contrast_is_as_wcag_defines_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_letters_that_a_phone_does_not_show_are_refused():
    pen = Pen(1080, 100, INK)
    with pytest.raises(UnfitError, match="klein"):
        pen.text((0, 50), "te klein", Letters(LEAST_TEXT_PX - 1, Tone.CAPTION))


def test_a_text_that_does_not_fit_is_named():
    with pytest.raises(UnfitError, match="veel te lang"):
        Pen(1080, 222, INK).block(
            Box(65, 0, 1015, 222),
            "Dit is veel te lang. " * 9,
            Letters(60, Tone.CAPTION, most_lines=3),
        )


def test_a_caption_is_large_and_breaks_after_a_sentence():
    assert CAPTION_PX * 360 / 1080 >= 18
    said = drawing.lines("Is er iets? Bel dan meteen 112.", 60, "Bold", 600)
    assert said == ["Is er iets?", "Bel dan meteen 112."]


def test_what_is_told_lies_where_no_app_covers_it():
    left, top, right, bottom = TALL.safe
    assert top >= 0.14 * TALL.height
    assert bottom <= 0.65 * TALL.height
    assert left >= 0.06 * TALL.width
    assert right <= 0.94 * TALL.width
    assert SQUARE.stage.height > 500


@pytest.mark.parametrize("size", frames.FORMATS, ids=lambda size: size.name)
def test_no_letter_of_any_scene_lies_outside_the_safe_box(board, size, monkeypatch):
    drawn = []
    write = Pen.text

    def remember(pen, at, text, letters, anchor="ls"):
        drawn.append((at, text, letters, anchor))
        write(pen, at, text, letters, anchor)

    monkeypatch.setattr(Pen, "text", remember)
    frames.staged.cache_clear()
    for number, scene in enumerate(board.scenes):
        frames.drawn(board, number, scene.captions[0], size)
    frames.staged.cache_clear()
    for (x, y), text, letters, anchor in drawn:
        width = drawing.font(letters.size, letters.weight).getlength(text)
        begin = x - {"l": 0, "m": width / 2, "r": width}[anchor[0]]
        assert size.safe.left - 1 <= begin, text
        assert begin + width <= size.safe.right + 1, text
        # Captions are drawn in a band of their own.
        if letters.tone is not Tone.CAPTION:
            assert size.safe.top <= y - 0.5 * letters.size, text
            assert y <= size.safe.bottom, text


@pytest.mark.parametrize("size", frames.FORMATS, ids=lambda size: size.name)
def test_every_scene_and_caption_is_a_picture_of_its_own(board, size):
    seen = set()
    for number, scene in enumerate(board.scenes):
        for caption in scene.captions:
            picture = frames.drawn(board, number, caption, size)
            assert picture.size == (size.width, size.height)
            band = picture.crop(tuple(map(round, size.caption)))
            assert band.convert("L").getextrema()[1] > 200
            seen.add(picture.tobytes())
    assert len(seen) == sum(len(scene.captions) for scene in board.scenes)


def test_the_same_is_drawn_twice(board):
    one = frames.drawn(board, 0, "Hetzelfde.", SQUARE)
    frames.staged.cache_clear()
    other = frames.drawn(board, 0, "Hetzelfde.", SQUARE)
    assert ImageChops.difference(one, other).getbbox() is None


def test_what_is_few_or_unknown_is_told_as_such(board):
    few, unknown = count(board, "Autokraak"), count(board, "Fietsendiefstal")
    assert (few.told, few.bars[1].is_few, few.bars[1].value) == ("<5", True, None)
    assert (unknown.told, unknown.direction) == ("–", None)
    assert "geen cijfer" in unknown.change
    assert "geen cijfer bekend" in unknown.captions[0]


def test_a_change_has_an_arrow_and_a_word(board):
    burglary = count(board, "Woninginbraak")
    assert (burglary.direction, burglary.change) == (1, "meer dan een jaar eerder")
    assert [bar.label for bar in burglary.bars] == ["oktober 2025", "oktober 2026"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_captions_tell_what_residents_may_know(october, language):
    path, _ = october
    with speaking(language):
        board = storyboard.of(bulletin.of(path, date(2026, 11, 15)))
    said = captions.srt(captions.timed(board))
    texts = [text for scene in board.scenes for text in (*scene.captions, scene.words)]
    drawn = [
        text
        for scene in board.scenes
        if isinstance(scene, Count)
        for text in (scene.told, *(f"{bar.label} {bar.told}" for bar in scene.bars))
    ]
    assert_public((*texts, *drawn), path)
    assert findings(said) == []


def test_a_month_without_figures_says_so(tmp_path):
    _, empty = told(tmp_path, years={})
    board = storyboard.of(empty)
    assert not any(isinstance(scene, Count | Places) for scene in board.scenes)
    assert "geen cijfers" in board.scenes[0].captions[1]
    assert captions.timed(board)[-1].end_frame == 45 * captions.RATE


def test_in_january_the_year_before_is_another_one(tmp_path):
    _path, january = told(
        tmp_path, month=date(2027, 1, 1), day=date(2027, 2, 10), where=WHERE
    )
    bars = count(storyboard.of(january), "Woninginbraak").bars
    assert [bar.label for bar in bars] == ["januari 2026", "januari 2027"]


def test_demo_figures_are_marked_in_every_picture(october):
    _, known = october
    real = storyboard.of(replace(known, has_demo=False))
    demo = storyboard.of(replace(known, has_demo=True))
    for number in range(len(real.scenes)):
        one, other = (frames.drawn(b, number, "Tekst", SQUARE) for b in (real, demo))
        head = tuple(map(round, SQUARE.head))
        assert ImageChops.difference(one.crop(head), other.crop(head)).getbbox()
    assert any("verzonnen" in text for text in demo.scenes[0].captions)


def test_every_sentence_of_a_tip_fits_in_a_caption():
    known = {
        tips.tip(code, date.fromordinal(day))
        for code in icons.THEMES
        for day in range(date(2026, 1, 8).toordinal(), date(2029, 1, 1).toordinal(), 14)
    }
    assert len(known) > 20
    for language in ("nl", "en"):
        with speaking(language):
            for tip in known:
                for text in storyboard.sentences(tip.long):
                    width = TALL.caption.width
                    broken = drawing.lines(text, CAPTION_PX, "Semibold", width)
                    assert len(broken) <= frames.CAPTION_LINES, text


def test_the_picture_of_a_tip_differs_by_theme_and_season(board):
    pictures = set()
    for theme in icons.THEMES:
        for season in ("dark", "spring", "summer"):
            scene = Advice(theme, season, "Onze tip", ("Tekst",))
            shown = replace(board, scenes=(scene,))
            pictures.add(frames.drawn(shown, 0, "Tekst", SQUARE).tobytes())
    assert len(pictures) == 9


def areas(*values) -> tuple[Area, ...]:
    return tuple(
        Area(code, name, value, str(value), "")
        for value, (code, name) in zip(values, places.names().items(), strict=False)
    )


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((10, 40, 25, None, 0), [40, 25, 10]),
        ((20, 20, 20, 20, 20), []),
        ((30, 5, 5, 5, 5, 5), [30]),
        ((0, 0, None), []),
    ],
)
def test_a_buurt_is_never_named_before_one_that_has_as_many(values, named):
    assert [area.value for area in frames.most(areas(*values))] == named


def test_a_map_is_darker_where_there_is_more(october):
    _, known = october
    shown = known.areas
    tones = [
        contrast(frames.tone(area, shown).ground, "#ffffff")
        for area in sorted(shown.areas, key=lambda area: area.value or 0)
        if area.value is not None
    ]
    assert tones == sorted(tones)
    assert any(frames.tone(area, shown) is Tone.NO_FIGURE for area in shown.areas)


def test_the_first_picture_says_whose_it_is(board):
    assert isinstance(board.scenes[0], Opening)
    assert board.team in board.scenes[0].captions[0]
