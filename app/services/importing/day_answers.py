"""The remembered answers about days of exams: listed, changed, and the results counted anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import AssessmentKind, DaysAnswer, PartKind
from app.models.intake import ExamDaysAnswer
from app.models.results import Assessment, Result, ResultPart
from app.services.changes import ChangeSet, Topic
from app.services.importing import subjects
from app.services.importing.days_rules import DaysKey, key_text, read_key
from app.services.importing.describe import days_title
from app.services.importing.parts import part_from, settled, sum_of
from app.services.journal import Action
from app.services.workspace import Workspace

_FIGURES = ("participants", "n2", "n3", "n4", "n5", "below", "mean")

ANSWER_TITLES: Mapping[DaysAnswer, str] = {
    DaysAnswer.LATEST: "сложить дни; кто сдавал дважды – по последней отметке",
    DaysAnswer.FIRST: "сложить дни; кто сдавал дважды – по первой отметке",
    DaysAnswer.MAIN: "считать только первый (основной) день",
}
"""The answers as people read them, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class RememberedDays:
    """What a person said of the days of an exam; ``key`` names it in decisions and commands."""

    id: int
    key: str
    item: str
    """«ОГЭ 2026, математика»."""
    answer: DaysAnswer
    made_at: datetime


def list_days(workspace: Workspace) -> tuple[RememberedDays, ...]:
    """Return every remembered answer, newest year first."""
    table = ExamDaysAnswer
    query = select(table).order_by(table.year.desc(), table.kind, table.subject)
    with workspace.database.read() as session:
        return tuple(
            RememberedDays(
                row.id,
                key_text((row.kind, row.year, row.subject)),
                days_title(row.kind, row.year, row.subject),
                row.answer,
                row.made_at,
            )
            for row in session.scalars(query)
        )


def days_key_of(kind: AssessmentKind, year: int, subject: str) -> str:
    """Return the key of an exam by its subject as people write it; UserError for no subject."""
    name = subjects.by_title(subject, kind)
    if name is None:
        raise UserError(
            f"Предмет «{subject}» в списке предметов {kind.value} не найден.",
            "Напишите его так, как он назван в плане загрузки.",
        )
    return key_text((kind, year, name))


def answer_days(workspace: Workspace, key: str, answer: DaysAnswer) -> ChangeSet:
    """Remember how the days of an exam are counted, and count the stored results so.

    One action, undone through the journal; the earlier results stay in their history.
    """
    with workspace.database.write() as session:
        _remember(session, read_key(key), answer, datetime.now(UTC))
    return ChangeSet.of(Topic.IMPORTS, Topic.RESULTS)


def forget_days(workspace: Workspace, row: RememberedDays) -> ChangeSet:
    """Forget an answer: the next file with several days of the exam asks again.

    Stored results stay as they are.  UserError when it was forgotten already.
    """
    title = f"Удаление ответа о днях экзамена «{row.item}»"
    with workspace.database.write() as session, Action(session, title) as action:
        if session.get(ExamDaysAnswer, row.id) is None:
            raise UserError(f"Ответа о «{row.item}» больше нет.", "Обновите список.")
        action.delete(ExamDaysAnswer, row.id)
    return ChangeSet.of(Topic.IMPORTS)


def known_answers(session: Session) -> dict[DaysKey, DaysAnswer]:
    """Return the remembered answers."""
    return {
        (row.kind, row.year, row.subject): row.answer
        for row in session.scalars(select(ExamDaysAnswer))
    }


def store_answers(session: Session, decided: Mapping[str, DaysAnswer], moment: datetime) -> int:
    """Remember the answers of a load and count earlier results so; return how many are new."""
    known = known_answers(session)
    new = {
        key: answer
        for text, answer in decided.items()
        if known.get(key := read_key(text)) is not answer
    }
    for key, answer in new.items():
        _remember(session, key, answer, moment)
    return len(new)


def _remember(session: Session, key: DaysKey, answer: DaysAnswer, moment: datetime) -> None:
    kind, year, subject = key
    table = ExamDaysAnswer
    query = select(table.id).where(table.kind == kind, table.year == year, table.subject == subject)
    with Action(session, f"Дни экзамена: {days_title(*key)}") as action:
        known = session.scalar(query)
        values: dict[str, Any] = {"answer": answer, "made_at": moment}
        if known is None:
            action.insert(table, {"kind": kind, "year": year, "subject": subject, **values})
        else:
            action.update(table, known, values)
        for result, parts in list(_of_several_days(session, key)):
            _count_anew(action, result, parts, answer)


def _of_several_days(
    session: Session, key: DaysKey
) -> Iterator[tuple[Result, tuple[ResultPart, ...]]]:
    """Yield the results in force of an exam that are made of several days."""
    kind, year, subject = key
    query = (
        select(Result, ResultPart)
        .join(ResultPart, ResultPart.result_id == Result.id)
        .join(Assessment, Assessment.id == Result.assessment_id)
        .where(Result.current, Assessment.kind == kind, Assessment.year == year)
        .where(Assessment.subject == subject)
        .order_by(Result.id, ResultPart.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, tuple[Result, list[ResultPart]]] = {}
    for result, part in session.execute(query):
        found.setdefault(result.id, (result, []))[1].append(part)
    for result, parts in found.values():
        if sum(part.kind is PartKind.DAY for part in parts) > 1:
            yield result, tuple(parts)


def _count_anew(
    action: Action, result: Result, parts: tuple[ResultPart, ...], answer: DaysAnswer
) -> None:
    """Put the figures by the answer in force; the earlier observation stays, replaced by them."""
    new = settled((part_from(part) for part in parts), answer)
    if [part.counted for part in new] == [part.counted for part in parts]:
        return
    marks = sum_of(new)
    figures = {name: getattr(marks, name) for name in _FIGURES}
    copied = _values(result) | {"replaced_id": result.id} | figures
    action.update(Result, result.id, {"current": False})
    made = action.insert(Result, copied)
    for old, part in zip(parts, new, strict=True):
        action.insert(ResultPart, _values(old) | {"result_id": made, "counted": part.counted})


def _values(row: Result | ResultPart, without: Iterable[str] = ("id",)) -> dict[str, Any]:
    names = (column.key for column in row.__mapper__.column_attrs)
    return {name: getattr(row, name) for name in names if name not in without}
