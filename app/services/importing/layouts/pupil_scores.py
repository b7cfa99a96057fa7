"""Scores of the pupils of a table counted by school: how many have which, and nothing of any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.models.enums import RecordKind
from app.services.importing.cells import compact_rows, read_number
from app.services.importing.facts import Block, Procedure, RecordFact
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.protocols import MARKS, SCORES, Pupils, ScoreRule
from app.services.importing.tables import Header
from app.services.score_counts import PRIMARY, TEST, counts_text, figure_name

_MOST = 1000
"""No work gives more points."""


def scores_block(
    sheet: Sheet,
    places: Mapping[str, str],
    column: int,
    name: str,
    read: Sequence[tuple[Pupils, Mapping[int, int]]],
    procedure: Procedure,
) -> Block:
    """Return the distribution of each school as a record; ``places`` are the cells of the rest.

    ``read`` gives the scores by 0-based row.  A school of whose pupils one has no readable score
    is left out: a distribution that lacks somebody would look whole.
    """
    facts = tuple(
        RecordFact(
            RecordKind.SCORES,
            procedure.year,
            {name: counts_text(scores.values())},
            compact_rows(row + 1 for row in school.rows),
            ref=school.ref,
            procedure=procedure,
        )
        for school, scores in read
        if school.scores and len(scores) == len(school.scores)
    )
    return Block(sheet.name, {**places, name: column_letters(column)}, facts)


def score_column(header: Header, counted: int, rule: ScoreRule) -> int | None:
    """Return where scores stand: the primary ones beside marks, else the column that is counted."""
    return header.columns.get("primary") if rule is MARKS else counted


def score_name(rule: ScoreRule, day: date | None) -> str:
    """Return the name of the figure: test scores of the ЕГЭ, primary ones of all else."""
    return figure_name(TEST if rule is SCORES else PRIMARY, day)


def scores_of_pupils(
    sheet: Sheet, column: int, school: Pupils, findings: Findings
) -> Mapping[int, int]:
    """Return the score by row of the pupils who have a result; a gap among scores is told."""
    found: dict[int, int] = {}
    gaps: list[int] = []
    for row, _ in school.scores:
        score = read_number(sheet.at(row, column)).whole
        if score is None or not 0 <= score <= _MOST:
            gaps.append(row)
        else:
            found[row] = score
    if found and gaps:
        findings.rows_warning(
            gaps,
            column,
            f"Нет первичного балла: {len(gaps)} чел. из {len(school.scores)}. Отметки приняты, "
            "распределение баллов этой школы не сохранено.",
            "Если баллы есть, впишите их и загрузите файл снова.",
        )
    return found
