"""Answers to the questions about schools that are given apart from a load, before the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import CodeSystem
from app.models.intake import SkippedSchool
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolValue
from app.services.changes import ChangeSet, Topic
from app.services.importing.answers import (
    RememberedAnswer,
    list_answers,
    skipped_keys,
    take_back_alias,
)
from app.services.importing.applying import first_free_id, school_row
from app.services.importing.asked import (
    StoredQuestion,
    find_asked,
    named_so,
    stored_questions,
)
from app.services.importing.describe import ref_text
from app.services.importing.facts import SchoolRef
from app.services.importing.matching import Directory, Match
from app.services.importing.names import name_key
from app.services.importing.plan import Answer
from app.services.importing.state import load_stored
from app.services.journal import Action
from app.services.workspace import Workspace

_BY_HAND: Mapping[str, Any] = {"block_id": None, "rows": None, "replaced_id": None}
"""Columns of an observation that no file gave."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was remembered of a school of the files; ``school`` None is «не наша»."""

    title: str
    school: str | None
    replaced: bool
    """There was another answer; what was loaded by it stays."""
    changes: ChangeSet


def open_questions(workspace: Workspace) -> tuple[StoredQuestion, ...]:
    """Return the schools that loads asked about and that still wait for an answer."""
    with workspace.database.read() as session:
        return _waiting(session, load_stored(session).directory)


def question_named(workspace: Workspace, text: str) -> StoredQuestion:
    """Return the question that a person names by a name, a code or a key; see ``find_asked``."""
    with workspace.database.read() as session:
        waiting = _waiting(session, load_stored(session).directory)
        return find_asked(text, waiting, stored_questions(session))


def answer_named(workspace: Workspace, text: str) -> RememberedAnswer:
    """Return the one remembered answer about a name or a code of the files; UserError otherwise.

    A school that was added as new is in the register: there is no answer left to forget.
    """
    key = name_key(text)
    answers = list_answers(workspace)
    found = [one for one in answers if one.name == text or (key and name_key(one.name) == key)]
    if not found:
        with workspace.database.read() as session:
            asked = named_so(text, stored_questions(session))
        titles = {ref_text(one.ref) for one in asked}
        found = [one for one in answers if one.name in titles]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"«{one.name}» – {one.school or 'не наша'}" for one in found)
        raise UserError(
            f"Под «{text}» подходит несколько ответов: {listed}.",
            "Забудьте нужный в окне программы: «Загрузки», «Ответы о школах…».",
        )
    raise UserError(f"Ответа о школе «{text}» нет.", "Посмотрите ответы командой answers list.")


def school_meant(workspace: Workspace, text: str) -> int:
    """Return the id of the school of the register with this code or name.

    UserError when there is none (with schools that look alike) or several.
    """
    with workspace.database.read() as session:
        directory = load_stored(session).directory
    owners = {directory.owner(system, text.strip()) for system in CodeSystem}
    found = sorted({one for one in owners if one is not None} or directory.named(text))
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(
            f"«{text}» подходит нескольким школам: {_listed(directory, found)}.",
            "Назовите школу кодом.",
        )
    alike = [one.school_id for one in directory.candidates(SchoolRef((), text))]
    hint = f"Похожи: {_listed(directory, alike)}." if alike else "Коды видны на вкладке «Школы»."
    raise UserError(f"Школы с кодом или названием «{text}» в реестре нет.", hint)


def remember_answer(workspace: Workspace, key: str, answer: int | Answer) -> Remembered:
    """Remember an answer to an earlier question about a school, as a load with it would.

    ``answer`` is the id of a school or an Answer; NEW adds the school to the register at once.
    Another answer takes the place of an earlier one.  One action, undone through the journal; rows
    that wait go in with the next load of their file.  UserError when the question is not known,
    or the program knows the school without an answer.
    """
    with workspace.database.write() as session:
        question = next((one for one in stored_questions(session) if one.key == key), None)
        if question is None:
            raise UserError("Этого вопроса о школе больше нет.", "Посмотрите answers list.")
        with Action(session, f"Ответ о школе «{ref_text(question.ref)}»") as action:
            replaced = _Memory(session, action, question).take(answer)
        school = None if answer is Answer.SKIP else _school_of(session, question)
    changes = ChangeSet.of(Topic.SCHOOLS, Topic.IMPORTS)
    return Remembered(question.title, school, replaced, changes)


class _Memory:
    """Writes one answer inside an action."""

    def __init__(self, session: Session, action: Action, question: StoredQuestion) -> None:
        self._session = session
        self._action = action
        self._question = question
        self._ref = question.ref

    def take(self, answer: int | Answer) -> bool:
        """Write the answer; return whether it takes the place of another."""
        if self._question.of_district and answer is not Answer.SKIP:
            raise UserError(
                f"{ref_text(self._ref)} – не школа: ответить можно только «не наша».",
                "Если муниципалитет ваш, загрузите реестр его школ и эти файлы ещё раз.",
            )
        replaced = self._forget_earlier()
        directory = load_stored(self._session).directory
        match = directory.match_in(self._ref, self._question.year)
        if match.school is not None and not self._question.contested:
            raise UserError(
                f"Программа уже знает эту школу: «{directory.schools[match.school].name}».",
                "Отвечать не нужно: загрузите файл ещё раз.",
            )
        if answer is Answer.SKIP:
            made = {"key": self._question.key, "name": ref_text(self._ref)}
            self._action.insert(SkippedSchool, made | {"made_at": datetime.now(UTC)})
        elif answer is Answer.NEW:
            self._create(directory, match)
        else:
            self._mean(directory, match, answer)
        return replaced

    def _forget_earlier(self) -> bool:
        skips = select(SkippedSchool.id).where(SkippedSchool.key == self._question.key)
        skip = self._session.scalar(skips)
        if skip is not None:
            self._action.delete(SkippedSchool, skip)
        stored = load_stored(self._session)
        if self._question.is_open(stored.directory, skipped_keys(self._session)):
            return skip is not None
        keys = stored.directory.keys_of_answer(self._ref)
        rows = {
            row.key: row
            for row in self._session.scalars(select(SchoolAlias).where(SchoolAlias.key.in_(keys)))
        }
        earlier = next((rows[key] for key in keys if key in rows), None)
        if earlier is None:
            return skip is not None
        take_back_alias(self._session, self._action, earlier)
        return True

    def _create(self, directory: Directory, match: Match) -> None:
        if not directory.may_become(self._ref, self._question.year):
            why = "файл не называет её" if not self._ref.name else "её код уже у другой школы"
            why = "эта школа закрыта или присоединена" if match.ended is not None else why
            raise UserError(
                f"Завести новую школу по этому вопросу нельзя: {why}.",
                'Ответьте: школа "НАЗВАНИЕ или код" либо: не наша.',
            )
        name = self._ref.name or ""
        school = first_free_id(self._session, School)
        self._action.insert(School, school_row(school, {"short_name": name}))
        value = {"school_id": school, "field": "short_name", "value": name, "current": True}
        self._action.insert(SchoolValue, value | dict(_BY_HAND))
        for system, code in self._ref.codes:
            self._learn(directory, school, system, code)

    def _mean(self, directory: Directory, match: Match, school: int) -> None:
        if school not in directory.schools:
            raise UserError("Такой школы в реестре больше нет.", "Выберите школу снова.")
        key = directory.answer_key(self._ref, match, school)
        codes = directory.answer_codes(self._ref, match)
        if key is not None:
            alias = {"school_id": school, "name": ref_text(self._ref), "key": key, "current": True}
            self._action.insert(SchoolAlias, alias | dict(_BY_HAND))
        for system, code in codes:
            self._learn(directory, school, system, code)

    def _learn(self, directory: Directory, school: int, system: CodeSystem, code: str) -> None:
        current = directory.current_code(school, system) is None
        directory.add_code(school, system, code, current=current)
        values = {"school_id": school, "system": system, "code": code, "current": current}
        self._action.insert(SchoolCode, values | dict(_BY_HAND))


def _waiting(session: Session, directory: Directory) -> tuple[StoredQuestion, ...]:
    skipped = skipped_keys(session)
    return tuple(
        replace(one, can_create=not one.of_district and directory.may_become(one.ref, one.year))
        for one in stored_questions(session)
        if one.is_open(directory, skipped)
    )


def _school_of(session: Session, question: StoredQuestion) -> str | None:
    directory = load_stored(session).directory
    school = directory.match_in(question.ref, question.year).school
    return None if school is None else directory.schools[school].name


def _listed(directory: Directory, schools: Iterable[int]) -> str:
    """Return «Имя (код), Имя (код)»."""
    named = []
    for school in schools:
        codes = (directory.current_code(school, system) for system in CodeSystem)
        code = next((one for one in codes if one), None)
        name = directory.schools[school].name
        named.append(f"«{name}» ({code})" if code else f"«{name}»")
    return ", ".join(named)
