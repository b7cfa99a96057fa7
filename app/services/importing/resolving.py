"""From a way to name a school to the school itself: answers, questions, new schools, memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.models.enums import CodeSystem
from app.services.importing.cells import expand_rows
from app.services.importing.describe import (
    CODE_FIELDS,
    place_text,
    ref_cell,
    ref_text,
)
from app.services.importing.drafts import Spot
from app.services.importing.facts import AppealFact, Fact, RecordFact, ResultFact, SchoolRef
from app.services.importing.loaded import LoadedFile
from app.services.importing.matching import Directory, KnownSchool, Match, ref_key
from app.services.importing.municipalities import (
    Municipalities,
    district_in,
    district_ref,
    is_district,
)
from app.services.importing.plan import Answer, Decisions, SchoolQuestion
from app.services.importing.writes import (
    AliasWrite,
    AskedWrite,
    CodeWrite,
    Place,
    SkipWrite,
    ValueWrite,
    Writes,
)
from app.services.russian import counted

_DISTRICT_HINT = (
    "Если муниципалитет не ваш, ответьте так один раз: все его школы будут пропущены, и в "
    "следующих файлах тоже. Если ваш, сначала загрузите реестр его школ отдельным файлом."
)


@dataclass
class _Open:
    """A question in the making."""

    ref: SchoolRef
    match: Match
    where: str
    can_create: bool
    rows: int = 0
    schools: int = 0
    """Of a question about a whole district: how many schools it has."""


@dataclass
class Resolver:
    """Finds the school of a fact, and remembers what people answered.

    ``create_freely`` is set for the very first load of an office that has no register: then code
    and name together make a school, with a warning.
    """

    directory: Directory
    writes: Writes
    decisions: Decisions
    create_freely: bool = False
    skipped: Collection[str] = ()
    """Keys of schools that a person called none of ours in an earlier load."""
    files: Sequence[LoadedFile] = ()
    """The files of the load: what they say of the districts of their schools."""
    _open: dict[str, _Open] = field(default_factory=dict)
    _skipped_districts: set[tuple[str, str]] = field(default_factory=set)
    """Keys and files of districts that were told to be skipped: once for all their rows."""

    @cached_property
    def _municipalities(self) -> Municipalities:
        return Municipalities(
            self.directory,
            lambda: ((one.districts, one.extract) for file in self.files for one in file.sheets),
        )

    def name(self, school: int) -> str:
        """Return the short name of a known school."""
        return self.directory.schools[school].name

    def answer(self, ref: SchoolRef) -> int | Answer | None:
        """Return what the person answered about ``ref``; an id that is no school is no answer."""
        key = ref_key(ref)
        remembered = Answer.SKIP if key in self.skipped else None
        answer = self.decisions.schools.get(key, remembered)
        if isinstance(answer, int) and answer not in self.directory.schools:
            return None
        return answer

    def surely(self, ref: SchoolRef) -> int | None:
        """Return the school that ``ref`` means where nothing has to be said or learned of it.

        None where it has to be, or may have to be: then ``resolve`` looks closer.
        """
        schools = self.all_surely((ref,))
        return schools[0] if schools else None

    def all_surely(self, refs: Iterable[SchoolRef]) -> list[int] | None:
        """Return the schools of many references, None where one of them needs a closer look."""
        if self.directory.ended:
            return None
        schools = []
        for match in map(self.directory.match, refs):
            if match.school is None or match.warnings or match.new_codes:
                return None
            schools.append(match.school)
        return schools

    def resolve(self, spot: Spot, ref: SchoolRef, *, stores: bool) -> int | None:
        """Return the school of a row, or None when it waits for a person or is to be skipped.

        A row that is kept out for another reason (``stores`` False) asks its question all the
        same, so that one round of answers is enough, but it neither creates nor remembers.
        """
        match = self.directory.match_in(ref, _year_of(spot.fact))
        if match.school is not None:
            self._found(spot, ref, match, match.school, stores=stores)
            return match.school
        answer = self.answer(ref)
        if answer is Answer.SKIP:
            self.skip(spot, ref)
            return None
        if isinstance(answer, int):
            if stores:
                self._answered(spot, ref, match, answer)
            return answer
        if answer is None and self._skips_district(spot, ref):
            return None
        creatable = self.directory.may_become(ref, _year_of(spot.fact))
        if creatable and (answer is Answer.NEW or self._creates_itself(spot, ref)):
            return self.create(spot, ref, (ref.name or "",)) if stores else None
        if not self._asks_district(spot, ref):
            self.ask(spot, ref, match, creatable)
        return None

    def of_other_district(self, spot: Spot, ref: SchoolRef) -> bool:
        """Skip or ask about a row of a register of several districts, where its own is unknown.

        A register of one district is the way to say that the district is one's own.
        """
        if None in spot.sheet.districts:
            return False
        if self._skips_district(spot, ref):
            return True
        district = district_in(spot.sheet.districts, ref)
        return self._ask_district(spot, district, self._municipalities.strange(district))

    def _skips_district(self, spot: Spot, ref: SchoolRef) -> bool:
        """Skip a school of a district that a person called not theirs, once for all its schools.

        The answer comes before any doubt: a school that comes later, or alone, is none of ours.
        """
        district = district_in(spot.sheet.districts, ref)
        whole = district_ref(district) if district else None
        if whole is None or self.answer(whole) is not Answer.SKIP:
            return False
        self.skip(spot, whole)
        return True

    def _asks_district(self, spot: Spot, ref: SchoolRef) -> bool:
        """Ask about all schools of a district none of which is known; say if so."""
        district = district_in(spot.sheet.districts, ref)
        return self._ask_district(spot, district, self._municipalities.foreign(district))

    def _ask_district(self, spot: Spot, district: str | None, schools: int) -> bool:
        if not (district and schools):
            return False
        count = counted(schools, "школы", "школ", "школ")
        doubt = f"ни одной из {count} в базе нет"
        self.ask(spot, district_ref(district), Match(None, doubt), False, schools)
        return True

    def ask(
        self, spot: Spot, ref: SchoolRef, match: Match, can_create: bool, schools: int = 0
    ) -> None:
        """Put the question about ``ref``; its rows wait for the answer, unless dismissed.

        ``schools`` is how many it is about where ``ref`` is a whole district.
        """
        if spot.draft.dismissed(spot):
            return
        cell = ref_cell(spot.block, spot.fact.rows)
        where = place_text(spot.path, spot.sheet.sheet, cell)
        key = ref_key(ref)
        question = self._open.setdefault(key, _Open(ref, match, where, can_create, schools=schools))
        first = (key, spot.path) not in self.writes.asked
        if first:
            self.writes.asked[key, spot.path] = self._asked(spot, ref, where)
        question.rows += len(expand_rows(spot.fact.rows))
        spot.draft.waits = True
        message = f"Школа «{ref_text(ref)}» не определена: {match.doubt}."
        hint = "Ответьте, какая это школа; до ответа её строки ждут в карантине."
        if schools:
            message, hint = f"{ref_text(ref)}: {match.doubt}.", _DISTRICT_HINT
        spot.draft.explain(spot, message)
        if first or not schools:
            spot.draft.warn(spot, message, cell, hint)

    def skip(self, spot: Spot, ref: SchoolRef) -> None:
        """Say that the rows of ``ref`` stay out by the person's own word."""
        message = f"Строки школы «{ref_text(ref)}» пропущены по вашему решению."
        if is_district(ref):
            message = f"{ref_text(ref)}: строки его школ пропущены по вашему решению."
        key = ref_key(ref)
        if key not in self.skipped:
            self.writes.skips.setdefault(key, SkipWrite(key, ref_text(ref)))
        spot.draft.explain(spot, message, skipped=True)
        if not is_district(ref) or (key, spot.path) not in self._skipped_districts:
            self._skipped_districts.add((key, spot.path))
            self._warn(spot, ref, message)

    def questions(self) -> tuple[SchoolQuestion, ...]:
        """Return the questions with their candidates, in the order of the files."""
        return tuple(
            SchoolQuestion(
                key=key,
                ref=one.ref,
                where=one.where,
                rows=one.rows,
                candidates=()
                if one.schools
                else self.directory.candidates(one.ref, one.match.suspects),
                can_create=one.can_create,
                schools=one.schools,
            )
            for key, one in self._open.items()
        )

    def create(
        self, spot: Spot, ref: SchoolRef, spellings: tuple[str, ...], settlement: str | None = None
    ) -> int:
        """Create the school that ``ref`` names and return its provisional id.

        The first of ``spellings`` becomes its short name.
        """
        school = self.writes.new_school()
        self.directory.add_school(KnownSchool(school, spellings[0], spellings, settlement))
        self.writes.values.append(ValueWrite(school, "short_name", spellings[0], self.place(spot)))
        for system, code in ref.codes:
            self.learn_code(spot, school, system, code)
        return school

    def learn_code(
        self,
        spot: Spot,
        school: int,
        system: CodeSystem,
        code: str,
        *,
        in_force: bool = False,
        replaces: int | None = None,
    ) -> None:
        """Remember a code that nobody has; it is in force when told so or when there was none."""
        current = in_force or self.directory.current_code(school, system) is None
        self.directory.add_code(school, system, code, current=current)
        self.writes.codes.append(
            CodeWrite(school, system, code, self.place(spot), current, replaces)
        )

    def remember(self, spot: Spot, ref: SchoolRef, match: Match, school: int) -> None:
        """Keep the answer that ``ref`` means ``school``, so that it is asked only once."""
        key = self.directory.answer_key(ref, match, school)
        if key is not None:
            self.directory.add_alias(school, key)
            self.writes.aliases.append(AliasWrite(school, ref_text(ref), key, self.place(spot)))

    def place(self, spot: Spot) -> Place:
        """Return the place of a fact among the blocks to be stored."""
        return Place(self.writes.block(spot.draft.index, spot.block), spot.fact.rows)

    def _found(
        self, spot: Spot, ref: SchoolRef, match: Match, school: int, *, stores: bool
    ) -> None:
        for warning in match.warnings:
            self._warn(spot, ref, warning)
        for system, code in match.new_codes if stores else ():
            self.learn_code(spot, school, system, code)
            spot.draft.warn(
                spot,
                f"Код {system.value} «{code}» запомнен за школой «{self.name(school)}», "
                "найденной по другому признаку.",
                spot.cell(CODE_FIELDS[system]),
                "Если это не та школа, отмените загрузку и исправьте код.",
            )

    def _answered(self, spot: Spot, ref: SchoolRef, match: Match, school: int) -> None:
        self.remember(spot, ref, match, school)
        for system, code in self.directory.answer_codes(ref, match):
            self.learn_code(spot, school, system, code)

    def _asked(self, spot: Spot, ref: SchoolRef, where: str) -> AskedWrite:
        year = _year_of(spot.fact)
        known = self.directory.match_in(ref, year).school is not None
        return AskedWrite(ref_key(ref), spot.path, ref, year, known, where)

    def _creates_itself(self, spot: Spot, ref: SchoolRef) -> bool:
        """The first load of all, without a register: code and name are enough for a school."""
        if not (self.create_freely and ref.codes and ref.name):
            return False
        if self.directory.named(ref.name) or self.directory.likely(ref):
            return False
        message = f"Школа «{ref.name}» ({ref.codes_text}) создана по этому файлу: реестра ещё нет."
        self._warn(spot, ref, message, "Загрузите реестр школ, чтобы дополнить сведения о ней.")
        return True

    def _warn(self, spot: Spot, ref: SchoolRef, message: str, hint: str = "") -> None:
        spot.draft.warn(spot, message, ref_cell(spot.block, spot.fact.rows), hint)


def _year_of(fact: Fact) -> int | None:
    """Return the year that a row is about; None for a row of a register."""
    if isinstance(fact, RecordFact):
        return fact.year
    if isinstance(fact, (ResultFact, AppealFact)):
        return fact.procedure.year
    return None
