"""Rows, columns and details of the lists of the page «Цикл»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.enums import RecommendationState
from app.services.cycle import (
    Break,
    ChainRow,
    DecisionRow,
    Direction,
    EvidenceMatrix,
    EvidenceRow,
    EvidenceState,
    RecommendationRow,
    Step,
)
from app.services.sorting import natural_key
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.theme.colors import Tone
from app.ui.widgets.list_pane import Facts

CHIPS = {
    EvidenceState.PRESENT: Chip(Tone.SUCCESS, Sign.CHECK, "есть"),
    EvidenceState.OVERDUE: Chip(Tone.DANGER, Sign.ALERT, "просрочено"),
    EvidenceState.AWAITED: Chip(Tone.INFO, Sign.DOT, "ждём"),
    EvidenceState.MISSING: Chip(Tone.NEUTRAL, Sign.DASH, "нет"),
}
_STATES = {
    RecommendationState.PROPOSED: Chip(Tone.NEUTRAL, Sign.DOT, "предложена"),
    RecommendationState.GIVEN: Chip(Tone.INFO, Sign.DOT, "направлена"),
    RecommendationState.DONE: Chip(Tone.SUCCESS, Sign.CHECK, "выполнена"),
    RecommendationState.WITHDRAWN: Chip(Tone.NEUTRAL, Sign.DASH, "снята"),
}


@dataclass(frozen=True)
class StepLine:
    """A row of the matrix: a step with its cells."""

    number: int
    step: Step
    matrix: EvidenceMatrix


def step_lines(matrix: EvidenceMatrix) -> list[StepLine]:
    """Return the rows of the matrix."""
    return [StepLine(number, step, matrix) for number, step in enumerate(matrix.steps, start=1)]


def matrix_columns(directions: Sequence[Direction]) -> list[Column[StepLine]]:
    """Return the step and a column for every direction."""
    step: Column[StepLine] = Column(
        "step", "Шаг цикла", lambda r: f"{r.number}. {r.step.title}", width=320,
        sort_key=lambda r: r.number, hint=_kinds,
    )  # fmt: skip
    return [step, *(_direction_column(one) for one in directions)]


def _kinds(row: StepLine) -> str:
    listed = "; ".join(row.step.kinds)
    return f"{row.step.title}: обычно это {listed}" if listed else row.step.title


def _direction_column(direction: Direction) -> Column[StepLine]:
    def state(row: StepLine) -> EvidenceState:
        return row.matrix.cell(row.step.key, direction.key).state

    def hint(row: StepLine) -> str:
        rows = row.matrix.cell(row.step.key, direction.key).rows
        return "\n".join(one.name for one in rows) or f"{direction.title}: документов нет"

    return Column(
        direction.key,
        direction.title,
        lambda row: state(row).value,
        width=190,
        chip=lambda row: CHIPS[state(row)],
        hint=hint,
    )


def evidence_columns(titles: Callable[[str], str], today: date) -> list[Column[EvidenceRow]]:
    """Return the columns of the documents; ``titles`` names a direction by its key."""
    return [
        Column("title", "Документ", lambda r: r.form.title or "без названия", width=320),
        Column("number", "Номер", lambda r: r.form.number, width=80),
        Column("date", "Дата", lambda r: r.form.issued_on, day_text, width=96),
        Column("state", "Состояние", lambda r: r.state(today).value, width=116,
               chip=lambda r: CHIPS[r.state(today)]),
        Column("direction", "Направление", lambda r: titles(r.form.direction), width=170),
        Column("responsible", "Ответственный", lambda r: r.form.responsible, width=150),
    ]  # fmt: skip


def recommendation_chip(row: RecommendationRow, today: date) -> Chip:
    """Return how a recommendation stands on a day."""
    if row.is_overdue(today):
        return Chip(Tone.DANGER, Sign.ALERT, "просрочена")
    return _STATES[row.form.state]


def recommendation_columns(today: date) -> list[Column[RecommendationRow]]:
    """Return the columns of recommendations."""
    return [
        Column("school", "Школа", lambda r: r.school or "весь район", width=204,
               sort_key=lambda r: natural_key(r.school)),
        Column("addressee", "Кому", lambda r: r.addressee, width=176),
        Column("text", "Рекомендация", lambda r: r.form.text, width=320),
        Column("term", "Срок", lambda r: r.form.term, width=140,
               sort_key=lambda r: r.term_end),
        Column("state", "Состояние", lambda r: recommendation_chip(r, today).word, width=116,
               chip=lambda r: recommendation_chip(r, today)),
        Column("deficit", "Дефицит", lambda r: r.form.deficit, width=200, hidden=True),
    ]  # fmt: skip


def decision_columns() -> list[Column[DecisionRow]]:
    """Return the columns of management decisions."""
    return [
        Column("title", "Решение", lambda r: r.form.title, width=280),
        Column("number", "Номер", lambda r: r.form.number, width=80),
        Column("date", "Дата", lambda r: r.form.issued_on, day_text, width=96),
        Column("follows", "На чём основано", lambda r: r.follows, width=260),
        Column("effect", "Что дало", lambda r: r.effect, width=200),
        Column("document", "Документ", lambda r: r.document, width=240, hidden=True),
    ]


def chain_columns() -> list[Column[ChainRow]]:
    """Return the columns of the chain."""
    return [
        Column("gap", "Разрыв", lambda r: r.gap, width=300, chip=_gap_chip),
        Column("analysis", "Анализ", lambda r: r.analysis, width=150),
        Column("recommendation", "Рекомендация", lambda r: r.recommendation, width=250),
        Column("measure", "Мероприятие", lambda r: r.measure, width=120),
        Column("decision", "Решение", lambda r: r.decision, width=100),
        Column("effect", "Эффект", lambda r: r.effect, width=72),
    ]


def describe_recommendation(row: RecommendationRow) -> Facts:
    """Return what the detail panel says of a recommendation."""
    return (
        ("Кому", f"{row.addressee}, {row.school}" if row.school else row.addressee),
        ("Дефицит", row.form.deficit),
        ("Рекомендация", row.form.text),
        ("Срок", row.form.term),
        ("По анализу", row.analysis),
        ("Мероприятий", str(row.measures) if row.measures else "нет"),
        ("Примечание", row.form.note),
    )


def describe_decision(row: DecisionRow) -> Facts:
    """Return what the detail panel says of a decision."""
    return (
        ("Решение", row.form.title),
        ("На чём основано", row.follows or "не указано"),
        ("Документ", row.document),
        ("Что дало", row.effect or "не указано"),
        ("Срок оценки", day_text(row.form.due)),
        ("Примечание", row.form.note),
    )


def describe_chain(breaks: Sequence[Break], row: ChainRow) -> Facts:
    """Return the links of a way, and the breaks that speak of any of them."""
    texts = [one.text for one in breaks if (one.link, one.row_id) in row.links]
    return (
        ("Анализ", row.analysis),
        ("Рекомендация", row.recommendation),
        ("Мероприятие", row.measure),
        ("Решение", row.decision),
        ("Эффект", row.effect),
        ("Что сделать", "\n".join(texts)),
    )


def day_text(value: object) -> str:
    """Return a date as people read it; empty for None."""
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else ""


def _gap_chip(row: ChainRow) -> Chip:
    if not row.gap:
        return Chip(Tone.SUCCESS, Sign.CHECK, "без разрывов")
    return Chip(Tone.WARNING, Sign.ALERT, row.gap)
