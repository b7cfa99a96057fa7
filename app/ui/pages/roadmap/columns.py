"""Columns of the tree of a roadmap: what a cell shows and which field typing into it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.enums import ActivityStatus
from app.services.roadmap import ActivityRow, RoadmapView
from app.ui.itemmodels import Align, Chip, Sign
from app.ui.theme import Tone

NUMBER_COLUMN, TITLE_COLUMN, STATUS_COLUMN = 0, 1, 5

STATUS_CHIPS = {
    ActivityStatus.PLANNED: Chip(Tone.NEUTRAL, Sign.DOT, "запланировано"),
    ActivityStatus.DONE: Chip(Tone.SUCCESS, Sign.CHECK, "выполнено"),
    ActivityStatus.PARTLY: Chip(Tone.WARNING, Sign.DASH, "частично"),
    ActivityStatus.MOVED: Chip(Tone.INFO, Sign.DOWN, "перенесено"),
    ActivityStatus.NOT_NEEDED: Chip(Tone.NEUTRAL, Sign.DASH, "не требуется"),
}
OVERDUE = Chip(Tone.DANGER, Sign.ALERT, "просрочено")


@dataclass(frozen=True)
class TreeColumn:
    """One column; ``field`` is what ``edit_activities`` calls it, empty when it is not typed."""

    key: str
    title: str
    width: int
    text: Callable[[ActivityRow], str]
    field: str = ""
    align: Align = Align.LEFT
    year: int | None = None
    chip: Callable[[ActivityRow], Chip] | None = None


def columns(view: RoadmapView | None) -> tuple[TreeColumn, ...]:
    """Return the columns of a roadmap: the usual ones, then a column for each of its years."""
    years = sorted({cell.year for row in view.activities for cell in row.years}) if view else []
    own = dict.fromkeys(name for row in view.activities for name in row.extra) if view else {}
    return (
        TreeColumn("number", "№", 56, lambda row: row.number, "number"),
        TreeColumn("title", "Мероприятие", 316, lambda row: one_line(row.title), "title"),
        TreeColumn("term", "Срок", 116, lambda row: one_line(row.term), "term"),
        TreeColumn(
            "responsible", "Ответственный", 146, lambda row: one_line(row.responsible),
            "responsible",
        ),
        TreeColumn("result", "Результат", 150, lambda row: one_line(row.result), "result"),
        TreeColumn("status", "Состояние", 154, lambda row: chip_of(row).word, chip=chip_of),
        *(_year(year) for year in years),
        TreeColumn("evidence", "Форма представления", 150, lambda row: one_line(row.evidence),
                   "evidence"),
        *(_own(name) for name in own),
    )  # fmt: skip


def _year(year: int) -> TreeColumn:
    def text(row: ActivityRow) -> str:
        return next((cell.plan for cell in row.years if cell.year == year), "")

    return TreeColumn(f"year-{year}", str(year), 88, text, "year", Align.RIGHT, year)


def _own(name: str) -> TreeColumn:
    return TreeColumn(
        f"extra-{name}", name, 120, lambda row: one_line(row.extra.get(name, "")), f"extra:{name}"
    )


def chip_of(row: ActivityRow) -> Chip:
    """Return the chip of a status; an overdue one says so."""
    return OVERDUE if row.overdue else STATUS_CHIPS[row.status]


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())


def day(value: date | None) -> str:
    """Return a date as people write it; a dash when there is none."""
    return value.strftime("%d.%m.%Y") if value else "–"


def period(row: ActivityRow) -> str:
    """Return what the program understood of a deadline, as a sentence."""
    if row.term_problem:
        return row.term_problem
    if row.start is None and row.end is None:
        return "Дат в этом сроке нет." if row.term else "Срок не указан."
    parts = [f"с {day(row.start)}" if row.start else "", f"до {day(row.end)}" if row.end else ""]
    text = " ".join(part for part in parts if part)
    repeat = f", {row.recurrence}" if row.recurrence else ""
    return f"Понято: {text}{repeat}." + (" Даты введены вручную." if row.term_by_hand else "")


def names(rows: Sequence[ActivityRow]) -> list[str]:
    """Return everybody who answers in some row, once, in the order of the alphabet."""
    found: dict[str, str] = {}
    for row in rows:
        for name in row.responsible.replace("\n", ",").replace(";", ",").split(","):
            text = one_line(name)
            if text:
                found.setdefault(text.casefold().replace("ё", "е"), text)
    return sorted(found.values(), key=str.casefold)
