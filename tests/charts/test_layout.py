"""Pictures laid out: nothing overlaps or leaves the page, missing is told, axes begin at zero."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.charts import (
    Bars,
    Box,
    Chart,
    Heat,
    Label,
    Lines,
    Scene,
    Series,
    Spot,
    Stack,
    StackRow,
    Unit,
    lay_out,
    pages,
)
from app.services.charts.dots import spread
from app.services.charts.sketch import wrap
from tests.charts import samples
from tests.charts.samples import measure

SIZE = 9.0
WIDTH = 480.0
HEIGHT = 700.0

Area = tuple[float, float, float, float]


def labels(scene: Scene) -> list[Label]:
    return [shape for shape in scene.shapes if isinstance(shape, Label)]


def texts(scene: Scene) -> list[str]:
    return [label.text for label in labels(scene)]


def tips(scene: Scene) -> list[str]:
    return [s.tip for s in scene.shapes if isinstance(s, Box | Spot) and s.tip]


def area(label: Label) -> Area:
    """Return left, top, right, bottom of the letters without descenders."""
    width = measure(label.text, label.size, label.bold)
    if label.turned:
        return label.x - label.size * 0.7, label.y - width, label.x, label.y
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - label.size * 0.7, left + width, label.y


def overlap(one: Area, other: Area) -> bool:
    slack = 0.05
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def parts(chart: Chart, width: float = WIDTH) -> tuple[Scene, ...]:
    return pages(chart, width, HEIGHT, measure, SIZE)


@pytest.mark.parametrize("name", samples.EVERY)
@pytest.mark.parametrize("width", [360.0, 480.0, 900.0])
def test_labels_never_overlap_and_stay_inside(name: str, width: float) -> None:
    for scene in parts(samples.EVERY[name], width):
        areas = [(label.text, area(label)) for label in labels(scene)]
        clashes = [
            (one, other)
            for (one, first), (other, second) in combinations(areas, 2)
            if overlap(first, second)
        ]
        assert clashes == []
        outside = [
            text
            for text, (left, top, right, bottom) in areas
            if left < -0.5 or top < 0 or right > scene.width + 0.5 or bottom > scene.height
        ]
        assert outside == []


@pytest.mark.parametrize("name", samples.EVERY)
def test_every_part_fits_its_page(name: str) -> None:
    for scene in parts(samples.EVERY[name]):
        assert scene.width <= WIDTH
        assert scene.height <= HEIGHT


def test_parts_show_every_school_once() -> None:
    shown = [text for scene in parts(samples.bars(40)) for text in texts(scene)]
    numbers = [text for text in shown if "СОШ №" in text]
    assert len(numbers) == 40
    assert sum("(часть 1 из" in text for text in shown) == 1
    boxes = [tip for scene in parts(samples.heat(40, 30)) for tip in tips(scene)]
    assert len(boxes) == len(set(boxes)) == 40 * 30


def test_parts_keep_one_axis() -> None:
    counts = tuple(float(n) for n in range(40))
    chart = Bars("Участников", samples.schools(40), (Series("2025", counts),), Unit.COUNT)
    both = pages(chart, WIDTH, 400, measure, SIZE)
    assert len(both) > 1
    assert all("40" in texts(scene) for scene in both)


def test_lanes_are_divided_and_keep_their_axis() -> None:
    lanes = tuple(replace(samples.dots().lanes[0], title=f"Процедура {n}") for n in range(12))
    found = pages(replace(samples.dots(), lanes=lanes), WIDTH, 220, measure, SIZE)
    assert len(found) > 1
    shown = [text for scene in found for text in texts(scene) if text.startswith("Процедура")]
    assert shown == [lane.title for lane in lanes]
    assert all("100 %" in texts(scene) for scene in found)


def test_what_cannot_be_divided_stays_whole() -> None:
    for chart in (samples.lines(), samples.histogram(), samples.columns()):
        (scene,) = pages(chart, WIDTH, 50, measure, SIZE)
        assert scene.height > 50
    (wide,) = pages(samples.heat(1, 1), 20, HEIGHT, measure, SIZE)
    assert wide.width > 20


def test_a_row_higher_than_the_page_is_drawn_alone() -> None:
    found = pages(samples.stack(3), WIDTH, 20, measure, SIZE)
    assert len(found) == 3


def test_a_histogram_without_a_scale_has_one_colour_and_no_legend() -> None:
    bare = replace(samples.histogram(), boundaries=(), unit=Unit.PERCENT)
    scene = lay_out(bare, WIDTH, measure, SIZE)
    assert {s.fill for s in scene.shapes if isinstance(s, Box) and s.tip} == {"series 1"}
    assert "Доля участников по первичным баллам" in texts(scene)


def test_missing_is_told_and_never_a_bar() -> None:
    chart = Bars("Доля", samples.schools(2), (Series("2025", (None, 0.0)),), in_rows=True)
    scene = lay_out(chart, WIDTH, measure, SIZE)
    assert "нет данных" in texts(scene)
    assert "0 %" in texts(scene)
    assert [tip.rpartition(": ")[2] for tip in tips(scene)] == ["0 %"]
    upright = lay_out(replace(chart, in_rows=False), WIDTH, measure, SIZE)
    assert "–" in texts(upright)
    assert len(tips(upright)) == 1
    empty = Stack("Отметки", ("«2»",), (StackRow("СОШ", (), None),))
    assert "нет данных" in texts(lay_out(empty, WIDTH, measure, SIZE))
    gap = lay_out(Lines("Доля", ("2024",), (Series("Школа", (None,)),)), WIDTH, measure, SIZE)
    assert "–" in texts(gap)
    assert any(text.startswith("Пропуск") for text in texts(gap))


def test_a_share_keeps_its_side_of_the_threshold() -> None:
    shown = texts(lay_out(samples.columns(), WIDTH, measure, SIZE))
    assert "29,96" in shown
    assert "56" in shown  # 55,5: halves go up, no border is near


def test_bars_begin_at_zero_and_scale_is_stable() -> None:
    small = Bars("Доля", ("А", "Б"), (Series("2025", (1.0, 2.0)),))
    scene = lay_out(small, WIDTH, measure, SIZE)
    assert {"0 %", "100 %"} <= set(texts(scene))
    bars = [s for s in scene.shapes if isinstance(s, Box) and s.tip]
    assert bars[1].height == pytest.approx(2 * bars[0].height)
    assert len({bar.y + bar.height for bar in bars}) == 1
    beyond = replace(small, series=(Series("2025", (120.0, 2.0)),))
    assert {"120", "150 %"} <= set(texts(lay_out(beyond, WIDTH, measure, SIZE)))


def test_few_bars_stand_upright_many_lie() -> None:
    upright = list(lay_out(samples.columns(), WIDTH, measure, SIZE).shapes)
    bars = [s for s in upright if isinstance(s, Box) and s.tip and s.height]
    assert len({round(bar.width, 3) for bar in bars}) == 1
    lying = list(lay_out(samples.bars(12), WIDTH, measure, SIZE).shapes)
    assert len({round(s.height, 3) for s in lying if isinstance(s, Box) and s.tip}) == 1


def test_a_stack_of_rounded_shares_stays_as_long_as_its_axis() -> None:
    rows = (StackRow("А", (50.1, 50.1), 9), StackRow("Б", (50.0, 50.0), 9))
    scene = lay_out(Stack("Отметки", ("«2»", "«3»"), rows), WIDTH, measure, SIZE)
    ends = [s.x + s.width for s in scene.shapes if isinstance(s, Box) and s.tip]
    assert ends[1] == pytest.approx(ends[3])


def test_a_border_of_the_heat_belongs_to_the_darker_ground() -> None:
    heat = Heat("Доля", ("А", "Б"), ("СОШ",), ((30.0, 29.96),), (10.0, 20.0, 30.0, 50.0))
    scene = lay_out(heat, WIDTH, measure, SIZE)
    grounds = [s.fill for s in scene.shapes if isinstance(s, Box) and s.tip]
    assert grounds == ["heat 3", "heat 2"]
    success = Heat("Успеваемость", ("А", "Б"), ("СОШ",), ((70.0, 70.1),), (50.0, 70.0, 80.0, 90.0),
                   low_is_dark=True)  # fmt: skip
    scene = lay_out(success, WIDTH, measure, SIZE)
    assert [s.fill for s in scene.shapes if isinstance(s, Box) and s.tip] == ["heat 3", "heat 2"]
    assert {"до 50 %", "больше 90 %"} <= set(texts(scene))


@given(st.lists(st.floats(0, 300), max_size=40))
def test_dots_stay_in_their_lane_and_none_is_lost(values: list[float]) -> None:
    xs = sorted(values)
    placed = spread(xs, 3.0, 30.0)
    assert [x for x, _ in placed] == xs
    assert all(abs(y) <= 15.0 for _, y in placed)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="series"):
        Bars("Доля", ("А",), (Series("2025", (1.0, 2.0)),))
    with pytest.raises(ValueError, match="stack"):
        Stack("Отметки", ("«2»",), (StackRow("А", (1.0, 2.0)),))
    with pytest.raises(ValueError, match="heat table has a value"):
        Heat("Доля", ("А",), ("Б",), ((1.0, 2.0),), (1.0, 2.0, 3.0, 4.0))
    with pytest.raises(ValueError, match="borders"):
        Heat("Доля", ("А",), ("Б",), ((1.0,),), (4.0, 3.0, 2.0, 1.0))


def test_a_number_is_never_parted_from_its_sign() -> None:
    """«МБОУ Гимназия №» above a lone «2» would read as another school."""
    whole = measure("МБОУ Гимназия № 2", SIZE, False)
    lines = wrap("МБОУ Гимназия № 2", whole - 1, measure, SIZE, most=2)
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] == ["МБОУ Гимназия", "№ 2"]


def test_the_place_of_a_school_never_reads_as_a_per_cent_it_has_not_reached() -> None:
    scene = lay_out(samples.dots(), WIDTH, measure, SIZE)
    assert "29,96 %" in texts(scene)
    assert any(tip.endswith(": 29,96 %") for tip in tips(scene))


def test_the_hint_of_a_score_agrees_with_its_number() -> None:
    found = tips(lay_out(samples.histogram(), WIDTH, measure, SIZE))
    assert [tip.split(":")[0] for tip in found][:4] == ["1 балл", "2 балла", "3 балла", "4 балла"]
    assert any(tip.startswith("11 баллов") for tip in found)
