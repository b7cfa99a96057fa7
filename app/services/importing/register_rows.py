"""Rows of a register: they create schools, change their fields, and give them codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.models.enums import CodeSystem, Severity
from app.services.importing.describe import (
    CODE_FIELDS,
    FIELD_TITLES,
    REGISTER,
    place_text,
    ref_text,
    value_text,
)
from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import Problem, RegisterFact, SchoolRef
from app.services.importing.matching import Match, otherwise_written
from app.services.importing.places import is_same_place
from app.services.importing.plan import Answer, ChangeKind, Difference
from app.services.importing.resolving import Resolver
from app.services.importing.state import Stored, field_text
from app.services.importing.writes import ValueWrite
from app.services.source import first_row

_LISTED = 5
"""So many districts are called by name in one sentence."""
_SAME_SCHOOL = 80
"""A stored school may be renamed; below this likeness its code has gone to another school."""


@dataclass(frozen=True, slots=True)
class _Row(Spot):
    """One row of a register in its place."""

    fact: RegisterFact

    @property
    def ref(self) -> SchoolRef:
        """How the row names its school."""
        return self.fact.ref

    @property
    def title(self) -> str:
        """How the row names its school, as text."""
        return ref_text(self.fact.ref)


@dataclass
class RegisterRows:
    """Plans the rows of all registers of one load, in two passes per file.

    ``find_conflicts`` comes first, because an error in one row makes the whole file wait.
    """

    stored: Stored
    resolver: Resolver
    _before: frozenset[int] = field(init=False)
    _said: dict[tuple[int, str], tuple[str, Spot]] = field(default_factory=dict)
    """What this load said of a field or a code of a school, and where it did so first."""

    def __post_init__(self) -> None:
        self._before = frozenset(self.resolver.directory.schools)

    def find_conflicts(self, draft: Draft) -> None:
        """Report rows whose codes belong to another row or to another stored school."""
        rows = list(_rows(draft))
        for row in rows:
            self._check_owner(row)
        self._check_doubles(rows)
        draft.settle()

    def plan(self, draft: Draft) -> None:
        """Plan the rows of one register; rows of one sheet never match each other by name."""
        own: dict[str, set[int]] = {}
        for row in _rows(draft):
            if row.sheet.sheet not in own and not self._before:
                _tell_districts(row)
            mine = own.setdefault(row.sheet.sheet, set())
            if draft.keeps_out(row):
                draft.record(row, ChangeKind.QUARANTINED, row.title, REGISTER)
            else:
                self._plan_row(row, mine)

    def _check_doubles(self, rows: list[_Row]) -> None:
        first: dict[tuple[CodeSystem, str], _Row] = {}
        for row in rows:
            for system, code in row.ref.codes:
                other = first.setdefault((system, code), row)
                if other is not row:
                    self._report_double(other, row, system, code)
                    self._report_double(row, other, system, code)

    def _report_double(self, row: _Row, other: _Row, system: CodeSystem, code: str) -> None:
        other_place = place_text(other.path, other.sheet.sheet, other.cell(CODE_FIELDS[system]))
        message = (
            f"Код {system.value} «{code}» стоит у двух строк: здесь у «{row.title}», "
            f"а также у «{other.title}» ({other_place})."
        )
        hint = "Узнайте, чей это код, исправьте файл и загрузите его снова."
        _report(row, message, hint, row.cell(CODE_FIELDS[system]))

    def _check_owner(self, row: _Row) -> None:
        """A code of a stored school at the name of another one."""
        directory = self.resolver.directory
        match = directory.match(row.ref)
        answer = self.resolver.answer(row.ref)
        if answer is Answer.SKIP or isinstance(answer, int) or directory.answered(row.ref):
            return
        for system, code in row.ref.codes:
            owner = directory.owner(system, code)
            if owner is not None and (match.clash or not self._may_be(owner, row.ref)):
                self._report_owner(row, system, code, owner)
                doubt = match.doubt or f"её код у школы «{self.resolver.name(owner)}»"
                suspects = match.suspects or (owner,)
                self.resolver.ask(row, row.ref, Match(None, doubt, suspects, clash=True), False)
                return

    def _may_be(self, school: int, ref: SchoolRef) -> bool:
        named = self.resolver.directory.named(ref.name)
        if named or not ref.name:
            return school in named or not ref.name
        return self.resolver.directory.likeness(school, ref.name).score >= _SAME_SCHOOL

    def _report_owner(self, row: _Row, system: CodeSystem, code: str, owner: int) -> None:
        message = (
            f"Код {system.value} «{code}» стоит у школы «{row.title}», "
            f"а в базе он принадлежит школе «{self.resolver.name(owner)}»."
        )
        hint = (
            "Исправьте код в файле и загрузите его снова; если это та же школа под новым "
            "названием, укажите её в ответе на вопрос о школе."
        )
        _report(row, message, hint, row.cell(CODE_FIELDS[system]))

    def _plan_row(self, row: _Row, mine: set[int]) -> None:
        found = self._known(row, mine)
        known = found if isinstance(found, int) else None
        if found is Answer.SKIP or (known is not None and self._contradicts(row, known)):
            row.draft.record(row, ChangeKind.QUARANTINED, row.title, REGISTER)
            return
        if known in mine:
            message = f"Строка «{row.title}» повторяет более раннюю строку реестра."
            row.draft.warn(row, message, row.cell("name", "short_name"))
        school = self._create(row, mine) if known is None else known
        differences = (*self._fields(row, school), *self._codes(row, school))
        if known is None:
            row.draft.record(row, ChangeKind.NEW, self.resolver.name(school), REGISTER)
        else:
            kind = ChangeKind.CHANGED if differences else ChangeKind.UNCHANGED
            name = self.resolver.name(school)
            row.draft.record(row, kind, name, REGISTER, differences)

    def _known(self, row: _Row, mine: set[int]) -> int | Answer:
        """Return the school that exists already; NEW to create one, SKIP to leave the row out."""
        match = self.resolver.directory.match(row.ref)
        answer = self.resolver.answer(row.ref)
        if answer is Answer.SKIP:
            self.resolver.skip(row, row.ref)
            return Answer.SKIP
        if isinstance(answer, int):
            if answer != match.school:
                self.resolver.remember(row, row.ref, match, answer)
            return answer
        if match.school is not None:
            return match.school
        asks = self._before and answer is None
        if asks and self.resolver.of_other_district(row, row.ref):
            return Answer.SKIP
        others = tuple(one for one in match.suspects if one not in mine)
        likely = others or tuple(one for one in self._likely(row.ref) if one not in mine)
        if likely and answer is not Answer.NEW:
            doubt = match.doubt if others else "в базе есть школа с похожим названием"
            can_create = self.resolver.directory.can_create(row.ref)
            self.resolver.ask(row, row.ref, Match(None, doubt, likely), can_create)
            return Answer.SKIP
        return Answer.NEW

    def _likely(self, ref: SchoolRef) -> tuple[int, ...]:
        """Only schools from before this load: rows of one register are different schools."""
        if not self._before:
            return ()
        return tuple(one for one in self.resolver.directory.likely(ref) if one in self._before)

    def _create(self, row: _Row, mine: set[int]) -> int:
        fields = row.fact.fields
        names = (fields.get("short_name"), fields.get("full_name"), row.ref.name)
        spellings = tuple(dict.fromkeys(str(name) for name in names if name))
        settlement = fields.get("settlement") or fields.get("place")
        if any(one in mine for one in self.resolver.directory.named(spellings[0])):
            row.draft.warn(
                row,
                f"«{spellings[0]}» встречается в реестре дважды с разными кодами: "
                "заведены две школы.",
                row.cell("name", "short_name"),
                "Если это одна школа, отмените загрузку и исправьте файл.",
            )
        school = self.resolver.create(
            row, row.ref, spellings, str(settlement) if settlement else None
        )
        mine.add(school)
        self._said[school, "short_name"] = (spellings[0], row)
        for system, code in row.ref.codes:
            self._said[school, CODE_FIELDS[system]] = (code, row)
        return school

    def _contradicts(self, row: _Row, school: int) -> bool:
        """Another row of this load says something else of the same school: this one waits."""
        for name, value in self._given(row):
            said = self._said.get((school, name))
            if said is not None and not _is_same(name, said[0], field_text(value)):
                self._report_contradiction(row, name, value, said)
                row.draft.waits = True
                return True
        return False

    def _given(self, row: _Row) -> Iterator[tuple[str, str | int | bool]]:
        for name in FIELD_TITLES:
            value = row.fact.fields.get(name)
            if value is not None:
                yield name, value
        for system, code in row.ref.codes:
            yield CODE_FIELDS[system], code

    def _report_contradiction(
        self, row: _Row, name: str, value: str | int | bool, said: tuple[str, Spot]
    ) -> None:
        text, first = said
        title = FIELD_TITLES.get(name, "Код")
        place = place_text(first.path, first.sheet.sheet, first.cell(name))
        message = (
            f"«{row.title}», {title.lower()}: здесь «{value_text(value)}», "
            f"а раньше в этой загрузке «{text}» ({place})."
        )
        hint = "Оставьте верную строку, другую удалите и загрузите файл снова."
        problem = Problem(Severity.ERROR, message, hint, cell=row.cell(name))
        row.draft.report(problem, row.sheet.sheet)
        row.draft.explain(row, message)

    def _fields(self, row: _Row, school: int) -> Iterator[Difference]:
        for name in FIELD_TITLES:
            value = row.fact.fields.get(name)
            if value is not None and (school, name) not in self._said:
                self._said[school, name] = (field_text(value), row)
                yield from self._field(row, school, name, value)
        yield from self._place(row, school)

    def _place(self, row: _Row, school: int) -> Iterator[Difference]:
        """Take the settlement of the address for a school of which none is known."""
        place = row.fact.fields.get("place")
        known = (school, "settlement") in self._said or (school, "settlement") in self.stored.values
        if place and not known:
            self._said[school, "settlement"] = (field_text(place), row)
            yield from self._field(row, school, "settlement", place)

    def _field(
        self, row: _Row, school: int, name: str, value: str | int | bool
    ) -> Iterator[Difference]:
        old = self.stored.values.get((school, name))
        if old is not None and old.text == field_text(value):
            return
        self.resolver.writes.values.append(
            ValueWrite(
                school,
                name,
                value,
                self.resolver.place(row),
                replaces=old.id if old else None,
                unobserved=old.text if old and old.id is None else None,
            )
        )
        if name in ("short_name", "full_name"):
            self.resolver.directory.add_spelling(school, str(value))
        if name == "settlement":
            self.resolver.directory.settle(school, str(value))
        before = old.text if old else value_text(None)
        yield Difference(FIELD_TITLES[name], before, value_text(value), row.cell(name))

    def _codes(self, row: _Row, school: int) -> Iterator[Difference]:
        for system, code in row.ref.codes:
            if (school, CODE_FIELDS[system]) not in self._said:
                self._said[school, CODE_FIELDS[system]] = (code, row)
                yield from self._code(row, school, system, code)

    def _code(self, row: _Row, school: int, system: CodeSystem, code: str) -> Iterator[Difference]:
        directory, cell = self.resolver.directory, row.cell(CODE_FIELDS[system])
        known, current = directory.known_code(system, code), directory.current_code(school, system)
        if known is None:
            replaces = self.stored.codes.get((school, system))
            self.resolver.learn_code(row, school, system, code, in_force=True, replaces=replaces)
            yield Difference(f"Код {system.value}", value_text(current), code, cell)
        elif directory.owner(system, code) != school:
            owner = self.resolver.name(directory.owner(system, code) or 0)
            message = f"Код {system.value} «{code}» не записан: он принадлежит школе «{owner}»."
            row.draft.warn(row, message, cell)
        elif known != code:
            row.draft.warn(row, otherwise_written(row.ref, system, code, known), cell)
        elif current != code:
            row.draft.warn(
                row,
                f"Код {system.value} «{code}» был у школы раньше; действует «{current}».",
                cell,
                "Если школе вернули прежний код, исправьте его в карточке школы.",
            )


def _is_same(name: str, said: str, value: str) -> bool:
    """Return whether two registers say the same; «Лесное» and «с. Лесное» are one settlement."""
    places = name == "settlement" and is_same_place(said, value) and is_same_place(value, said)
    return places or said == value


def _rows(draft: Draft) -> Iterator[_Row]:
    for sheet in draft.file.sheets:
        for block in sheet.extract.blocks:
            for fact in block.facts:
                if isinstance(fact, RegisterFact):
                    yield _Row(draft, sheet, block, fact)


def _tell_districts(row: _Row) -> None:
    """Warn of a register of several districts in an empty base: nothing tells which is one's own.

    ``row`` is the first of its sheet.
    """
    names = sorted(set(row.sheet.districts.values()))
    if len(names) > 1:
        listed = ", ".join(f"«{name}»" for name in names[:_LISTED])
        more = f" и ещё {len(names) - _LISTED}" if len(names) > _LISTED else ""
        message = f"В реестре школы нескольких муниципалитетов: {listed}{more}; заведены все."
        hint = "Если ваш один, отмените загрузку, оставьте в файле его школы и загрузите снова."
        row.draft.warn(row, message, row.cell("name", "short_name"), hint)


def _report(row: _Row, message: str, hint: str, cell: str | None) -> None:
    problem = Problem(Severity.ERROR, message, hint, cell=cell, row=first_row(row.fact.rows))
    row.draft.report(problem, row.sheet.sheet)
