"""Charts and maps as pictures: every value is written, and nothing else is."""

import re
import struct
from dataclasses import replace
from html import unescape
from itertools import chain, combinations

import pytest
import shapely
from output import made

from wijkbeeld.demo import places
from wijkbeeld.output import areas, look, pictures
from wijkbeeld.output.slide import Area, AreaMap, Bars


def texts(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r">([^<>]+)</(?:text|tspan)>", svg)]


@pytest.mark.parametrize("part", [made.BURGLARIES, made.TWO_ROWS])
def test_what_is_told_stands_at_every_bar(part):
    written = texts(pictures.svg(part))
    for told in chain(*part.told):
        written.remove(told)
    for word in " ".join(part.categories).split():
        assert word in " ".join(written)


def test_a_bar_without_words_of_its_own_has_its_value():
    plain = replace(made.TWO_ROWS, told=())
    assert pictures.written(plain) == (("15", "40", "–"), ("20", "35", "10"))


def test_one_to_four_is_an_open_bar_and_unknown_is_none():
    drawn = pictures.svg(made.BURGLARIES)
    # One "<5" and one "–" among thirteen months.
    assert drawn.count('stroke-dasharray="6,4"') == 1
    assert 'stroke-dasharray="6,4"' not in pictures.svg(replace(
        made.BURGLARIES, told=(("–",) * len(made.MONTHS),)
    ))  # fmt: skip


def test_bars_lie_when_their_names_do_not_fit_beside_each_other():
    assert not pictures.lies_down(made.BURGLARIES)
    assert not pictures.lies_down(made.TWO_ROWS)
    by_buurt = replace(made.BURGLARIES, categories=made.NAMES)
    assert pictures.lies_down(by_buurt)


def test_two_bars_never_share_a_name():
    twice = replace(made.TWO_ROWS, categories=("a", "b", "a"))
    with pytest.raises(ValueError, match="two bars have one name"):
        pictures.svg(twice)


def test_a_map_tells_the_figure_of_every_buurt_and_names_it_where_there_is_room():
    written = texts(pictures.svg(made.WHERE))
    for area in made.WHERE.areas:
        written.remove(area.told)
    assert "Houtwijk" in written


def test_words_on_a_map_never_lie_over_each_other():
    close = replace(made.WHERE, areas=tuple(
        replace(area, wkt=shapely.affinity.scale(
            shapely.from_wkt(area.wkt), 0.2, 0.2, origin=(74_000, 450_000)
        ).wkt)
        for area in made.WHERE.areas
    ))  # fmt: skip
    far = made.hexagon(90_000, 460_000)
    close = replace(close, areas=(*close.areas, replace(close.areas[0], wkt=far)))
    laid = areas.placed(close, 400, 300, 12)
    assert any(len(each.words) == 1 for each in laid)
    assert [each.words[-1].text for each in laid] == [a.told for a in close.areas]


def test_darker_is_more_and_grey_is_no_figure():
    unknown = made.area(3, None, "–")
    some = replace(made.WHERE, areas=(*made.WHERE.areas, unknown))
    laid = {each.area.told: each.shade for each in areas.placed(some, 9, 9, 1)}
    assert laid["–"] is None
    assert areas.colour(laid["–"]) == look.NO_FIGURE
    assert 0 < laid["<5"] < laid["5"]
    assert areas.colour(laid["55"]) == look.MOST
    assert 0 < laid["5"] < laid["25"] < laid["55"] == 1


@pytest.mark.parametrize("part", [made.BURGLARIES, made.WHERE])
def test_a_picture_has_the_size_that_was_asked(part):
    drawn = pictures.png(part, 1000, 520, signature="DEMODATA")
    assert struct.unpack(">II", drawn[16:24]) == (1000, 520)


def test_a_picture_says_what_it_shows_in_our_own_letters():
    drawn = pictures.svg(made.BURGLARIES, signature="DEMODATA & meer")
    assert f'role="img" aria-label="{made.BURGLARIES.alt}"' in drawn
    assert set(re.findall(r'font-family="([^"]*)"', drawn)) == {look.FONT}
    assert "DEMODATA & meer" in texts(drawn)


@pytest.mark.parametrize(
    "part", [Bars("Leeg", (), (), "niets"), AreaMap("Leeg", (), "niets")]
)
def test_nothing_to_draw_is_still_a_picture(part):
    assert pictures.svg(part).startswith("<svg")


def test_the_same_part_gives_the_same_bytes():
    assert pictures.png(made.WHERE) == pictures.png(made.WHERE)


@pytest.mark.parametrize(
    ("width", "height", "letter"),
    [(680, 304, 15), (400, 424, 15), (520, 310, 15), (5.9, 3.4, 11 / 72)],
)
def test_every_buurt_is_named_in_it_or_beside_the_map(width, height, letter):
    names, outlines = places.names(), places.polygons()
    drawn = replace(made.WHERE, areas=tuple(
        Area(code, name, 5 * at, str(5 * at), outlines[code].wkt)
        for at, (code, name) in enumerate(sorted(names.items()))
    ))  # fmt: skip
    laid = areas.placed(drawn, width, height, letter)
    for each in laid:
        words = each.words[:-1] + (each.beside.words if each.beside else ())
        said = "".join(word.text for word in words)
        assert re.sub(r"\W", "", said) == re.sub(r"\W", "", each.area.name)
    boxes = [each.beside.box for each in laid if each.beside]
    assert boxes
    boxes += [each.box for each in laid if len(each.words) > 1]
    for one, other in combinations(boxes, 2):
        assert one.intersection(other).area == pytest.approx(0)
