"""Rows of the three tables of the page, with their chips and columns."""

from __future__ import annotations

from typing import NamedTuple

from app.models.enums import FileStatus, Severity
from app.services.importing.plan import Change, ChangeKind, CorrectedCell, FilePlan, Finding
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.numbers import whole
from app.ui.office_words import said
from app.ui.pages.importing.sheet_model import note_of
from app.ui.theme.colors import Tone

PLANNED = {
    FileStatus.IMPORTED: Chip(Tone.SUCCESS, Sign.CHECK, "к загрузке"),
    FileStatus.UNCHANGED: Chip(Tone.NEUTRAL, Sign.DASH, "без изменений"),
    FileStatus.NEEDS_DECISION: Chip(Tone.WARNING, Sign.ALERT, "ждёт решения"),
    FileStatus.REFUSED: Chip(Tone.DANGER, Sign.DOWN, "не принят"),
}
DONE = PLANNED | {FileStatus.IMPORTED: Chip(Tone.SUCCESS, Sign.CHECK, "загружен")}

_SEVERITIES = {
    Severity.ERROR: Chip(Tone.DANGER, Sign.DOWN, "ошибка"),
    Severity.WARNING: Chip(Tone.WARNING, Sign.ALERT, "внимание"),
}
_CHANGES = {
    ChangeKind.NEW: Chip(Tone.SUCCESS, Sign.CHECK, "новое"),
    ChangeKind.CHANGED: Chip(Tone.INFO, Sign.DOT, "изменится"),
    ChangeKind.UNCHANGED: Chip(Tone.NEUTRAL, Sign.DASH, "без изменений"),
    ChangeKind.QUARANTINED: Chip(Tone.WARNING, Sign.ALERT, "в карантине"),
}
_CHANGED = _CHANGES | {ChangeKind.CHANGED: Chip(Tone.INFO, Sign.DOT, "изменено")}

_IMPORTANCE = {
    FileStatus.REFUSED: 0,
    FileStatus.NEEDS_DECISION: 1,
    FileStatus.IMPORTED: 2,
    FileStatus.UNCHANGED: 3,
}


_CONFIRMED = Chip(Tone.SUCCESS, Sign.CHECK, "подтверждено")


def _severity(line: FindingLine) -> Chip:
    finding = line.finding
    return _CONFIRMED if finding.soft and finding.note else _SEVERITIES[finding.severity]


class FindingLine(NamedTuple):
    """A finding with its number: two findings of a file may read the same."""

    number: int
    finding: Finding


class ChangeLine(NamedTuple):
    """A change with its number."""

    number: int
    change: Change


def file_columns(done: bool) -> tuple[Column[FilePlan], ...]:
    """Return the columns of the list of files, before (plan) or after the load."""
    chips = DONE if done else PLANNED
    return (
        Column(
            "status",
            "Состояние",
            lambda f: chips[f.status].word,
            width=160,
            sort_key=lambda f: _IMPORTANCE[f.status],
            chip=lambda f: chips[f.status],
        ),
        Column("path", "Файл", lambda f: f.path, width=380),
        Column("read", "Строк", lambda f: f.rows.read, whole, Align.RIGHT, 64),
        Column("new", "Новых", lambda f: f.rows.stored - f.rows.changed, whole, Align.RIGHT, 68),
        Column(
            "changed",
            "Изменено" if done else "Изме-\nнится",
            lambda f: f.rows.changed,
            whole,
            Align.RIGHT,
            80,
        ),
        Column("unchanged", "Без из-\nменений", lambda f: f.rows.unchanged, whole, Align.RIGHT, 84),
        Column("waiting", "В каран-\nтине", lambda f: f.rows.quarantined, whole, Align.RIGHT, 80),
        Column("findings", "Заме-\nчаний", lambda f: len(f.findings), whole, Align.RIGHT, 72),
        Column("layout", "Что это", lambda f: said(f.layout_title), width=240),
    )


FINDINGS: tuple[Column[FindingLine], ...] = (
    Column(
        "severity",
        "Важность",
        lambda line: _severity(line).word,
        width=128,
        chip=lambda line: _severity(line),
    ),
    Column("sheet", "Лист", lambda line: line.finding.sheet, width=110),
    Column("cell", "Ячейка", lambda line: line.finding.cell, width=84, link=True),
    Column(
        "message",
        "Что не так и что сделать",
        lambda line: note_of(line.finding),
        width=420,
    ),
)

CORRECTIONS: tuple[Column[CorrectedCell], ...] = (
    Column("sheet", "Лист", lambda c: c.sheet, width=140),
    Column("cell", "Ячейка", lambda c: c.cell, width=84, link=True),
    Column("old", "В файле", lambda c: c.old, width=160),
    Column("new", "Исправлено на", lambda c: c.new, width=160),
    Column("reason", "Почему", lambda c: c.reason, width=320),
)


def _differences(line: ChangeLine) -> str:
    told = [
        f"{d.field}: {d.old} → {d.new}" if d.old else f"{d.field}: {d.new}"
        for d in line.change.differences
    ]
    return "; ".join((*told, line.change.reason) if line.change.reason else told)


def change_columns(done: bool) -> tuple[Column[ChangeLine], ...]:
    """Return the columns of the changes: what would become of the rows, or what became of them."""
    chips = _CHANGED if done else _CHANGES
    return (
        Column(
            "kind",
            "Что стало" if done else "Что будет",
            lambda line: chips[line.change.kind].word,
            width=128,
            chip=lambda line: chips[line.change.kind],
        ),
        Column("school", "Школа", lambda line: line.change.school, width=180),
        Column("item", "Сведения", lambda line: line.change.item, width=190),
        Column("rows", "Строки", lambda line: line.change.rows, width=64, link=True),
        Column(
            "differences",
            "Было → стало; почему ждёт" if done else "Было → станет; почему ждёт",
            _differences,
            width=320,
        ),
    )
