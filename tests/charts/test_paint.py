"""Numbers, palettes, hatching and SVG of pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from app.services.charts import Box, Ink, as_svg, hatch_lines, lay_out, print_palette, words
from app.services.charts.figures import axis_for, bare_text, free_axis, number_text, value_text
from app.services.charts.palettes import (
    COLOR_PRINT,
    DARK,
    GREY_PRINT,
    LIGHT,
    Hatch,
    Palette,
    contrast_with_white,
    luminance,
)
from app.services.charts.scene import HEATS, MARKS, SERIES, YEARS
from app.services.charts.types import Unit
from tests.charts import samples


@pytest.mark.parametrize(
    ("unit", "largest", "top", "step"),
    [
        (Unit.PERCENT, 3.0, 100.0, 20.0),
        (Unit.PERCENT, 140.0, 150.0, 50.0),
        (Unit.MARK, 4.2, 5.0, 1.0),
        (Unit.SCORE, 71.5, 100.0, 20.0),
        (Unit.COUNT, 3.0, 3.0, 1.0),
        (Unit.COUNT, 26.0, 30.0, 10.0),
        (Unit.COUNT, 0.0, 1.0, 1.0),
        (Unit.NUMBER, 0.7, 0.8, 0.2),
        (Unit.NUMBER, 1234.0, 1500.0, 500.0),
    ],
)
def test_axes(unit: Unit, largest: float, top: float, step: float) -> None:
    axis = axis_for(unit, [None, largest])
    assert (axis.top, axis.step) == (pytest.approx(top), pytest.approx(step))
    assert axis.ticks()[0] == 0


def test_a_free_axis_follows_the_values() -> None:
    assert free_axis(Unit.PERCENT, [12.0]).top == 15.0


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12.5, Unit.PERCENT, "13 %"),
        (3.425, Unit.MARK, "3,43"),
        (64.25, Unit.SCORE, "64,3"),
        (7.0, Unit.COUNT, "7"),
        (None, Unit.PERCENT, "нет данных"),
    ],
)
def test_values_as_people_write_them(value: float | None, unit: Unit, text: str) -> None:
    assert value_text(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(29.96, "29,96"), (29.4, "29"), (30.0, "30"), (30.4, "30"), (29.5, "29,5"),
     (29.9999999, "29,99999")],
)  # fmt: skip
def test_decimals_keep_a_value_on_its_side(value: float, text: str) -> None:
    assert bare_text(value, Unit.PERCENT, [30.0]) == text


def test_a_picture_has_no_negative_zero() -> None:
    assert [number_text(value, 1) for value in (-0.04, -0.25, 6.25)] == ["0,0", "−0,3", "6,3"]


def test_grey_print_is_grey_and_keeps_the_order() -> None:
    for ink in Ink:
        color = GREY_PRINT.paint(ink).color
        assert color[1:3] == color[3:5] == color[5:7]
    marks = [luminance(GREY_PRINT.paint(ink).color) for ink in MARKS]
    assert marks == sorted(marks)
    heats = [luminance(GREY_PRINT.paint(ink).color) for ink in HEATS]
    assert heats == sorted(heats, reverse=True)
    for palette in (LIGHT, GREY_PRINT, COLOR_PRINT):
        years = [luminance(palette.paint(ink).color) for ink in YEARS]
        assert years == sorted(years, reverse=True)
    hatched = [GREY_PRINT.paint(ink).hatch for ink in MARKS]
    assert hatched == [Hatch.NONE, Hatch.RISING, Hatch.FALLING, Hatch.NONE]


@pytest.mark.parametrize("palette", [LIGHT, DARK, COLOR_PRINT, GREY_PRINT], ids=lambda p: p.name)
def test_texts_are_read_on_every_ground(palette: object) -> None:
    assert hasattr(palette, "paint")
    for ink in HEATS:
        ground = luminance(palette.paint(ink).color)
        text = luminance(palette.text_on(ink))
        high, low = max(ground, text) + 0.05, min(ground, text) + 0.05
        assert high / low >= 4.5
    page = luminance(palette.paint(Ink.GROUND).color) + 0.05
    for ink in (Ink.TEXT, Ink.MUTED):
        text = luminance(palette.paint(ink).color) + 0.05
        assert max(page, text) / min(page, text) >= 4.5
    assert contrast_with_white("#000000") == pytest.approx(21)


@pytest.mark.parametrize("hatch", list(Hatch))
def test_hatching_stays_inside_its_box(hatch: Hatch) -> None:
    box = Box(10.3, 20.7, 33.0, 9.5, Ink.MARK_3)
    found = hatch_lines(box, hatch)
    assert bool(found) is (hatch is not Hatch.NONE)
    for x1, y1, x2, y2 in found:
        for x, y in ((x1, y1), (x2, y2)):
            assert box.x - 1e-9 <= x <= box.x + box.width + 1e-9
            assert box.y - 1e-9 <= y <= box.y + box.height + 1e-9
        assert abs(x2 - x1) == pytest.approx(abs(y2 - y1))


@pytest.mark.parametrize("name", samples.EVERY)
@pytest.mark.parametrize("grey", [False, True])
def test_svg_is_sound_and_says_everything(name: str, grey: bool) -> None:
    scene = lay_out(samples.EVERY[name], 480, samples.measure, 9)
    root = ET.fromstring(as_svg(scene, print_palette(grey=grey)))
    found = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(found) > 5
    assert root.findtext("{http://www.w3.org/2000/svg}title") == samples.EVERY[name].title


def test_svg_escapes_what_a_name_may_hold() -> None:
    bad = samples.columns()
    named = type(bad)('<&">', bad.groups, bad.series)
    root = ET.fromstring(as_svg(lay_out(named, 480, samples.measure, 9), print_palette(grey=False)))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == '<&">'


@pytest.mark.parametrize("name", samples.EVERY)
def test_words_hold_every_text_of_the_data(name: str) -> None:
    chart = samples.EVERY[name]
    found = " ".join(words(chart))
    assert chart.title in found
    for title in samples.schools(1) if "of" in name and "100" not in name else ():
        assert title in found


@pytest.mark.parametrize("palette", [LIGHT, COLOR_PRINT, GREY_PRINT], ids=lambda p: p.name)
def test_lines_and_spots_are_seen_on_paper(palette: Palette) -> None:
    """Bars of a light ground are hatched and bordered; a line or a spot has its colour alone."""
    for ink in SERIES:
        assert 1.05 / (luminance(palette.stroke(ink)) + 0.05) >= 2.5, ink
