"""What a table would become, in lines that a person reads, before anything is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.models.enums import Severity
from app.services.figures import figure_title
from app.services.importing.checking import check
from app.services.importing.describe import (
    FIELD_TITLES,
    MARK_TITLES,
    procedure_title,
    value_text,
)
from app.services.importing.facts import (
    Fact,
    MeasureFact,
    MonitoringFact,
    PlanFact,
    Problem,
    RecordFact,
    ReferenceFact,
    RegisterFact,
    ResultFact,
    SupportFact,
)
from app.services.importing.grid import Sheet
from app.services.importing.mapped.body import TableMap
from app.services.importing.mapped.interpret import interpret
from app.services.importing.mapped.rows import Tally

SHOWN = 50
"""Facts in a preview; a person checks the first ones."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One fact: its rows in the sheet (1-based), whose it is, what about, and its figures."""

    rows: str
    who: str
    item: str
    figures: str


@dataclass(frozen=True)
class Preview:
    """The first facts, all problems, and how many rows are what."""

    lines: tuple[PreviewLine, ...]
    facts: int
    problems: tuple[Problem, ...]
    tally: Tally

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def preview(sheet: Sheet, mapping: TableMap, shown: int = SHOWN) -> Preview:
    """Return what the sheet becomes under a whole mapping, control rules included."""
    read = interpret(sheet, mapping)
    facts = [fact for block in read.extract.blocks for fact in block.facts]
    lines = tuple(_line(fact) for fact in facts[:shown])
    problems = (*read.extract.problems, *check(read.extract))
    return Preview(lines, len(facts), problems, read.tally)


def _line(fact: Fact) -> PreviewLine:
    return PreviewLine(fact.rows, _who(fact), _item(fact), "; ".join(_figures(fact)))


def _who(fact: Fact) -> str:
    if isinstance(fact, ReferenceFact) or (isinstance(fact, RecordFact) and fact.ref is None):
        scope = fact.scope.value if fact.scope else ""
        return f"{fact.name} ({scope})"
    if fact.ref is None:
        return ""
    codes = fact.ref.codes_text
    return " · ".join(part for part in (fact.ref.name, codes) if part)


def _item(fact: Fact) -> str:
    if isinstance(fact, RegisterFact):
        return "Реестр школ"
    if isinstance(fact, MeasureFact):
        return "Показатели программы"
    if isinstance(fact, MonitoringFact):
        return "Мониторинг программы"
    if isinstance(fact, PlanFact):
        return "Дорожная карта"
    if isinstance(fact, SupportFact):
        return "Поддержка школ"
    if isinstance(fact, RecordFact):
        about = f", {procedure_title(fact.procedure)}" if fact.procedure else ""
        return f"{fact.kind.value}, {fact.year} год{about}"
    return procedure_title(fact.procedure)


def _figures(fact: Fact) -> Iterator[str]:
    if isinstance(fact, RegisterFact):
        for name, value in fact.fields.items():
            if value is not None:
                yield f"{FIELD_TITLES.get(name, name)}: {value_text(value)}"
    elif isinstance(fact, RecordFact):
        for name, figure in fact.data.items():
            yield f"{figure_title(fact.kind, name)}: {value_text(figure)}"
    elif isinstance(fact, (ReferenceFact, ResultFact)):
        source = fact if isinstance(fact, ReferenceFact) else fact.marks
        for name, title in MARK_TITLES.items():
            value = getattr(source, name, None)
            if value is not None:
                yield f"{title}: {value_text(value)}"
