"""Which school a file means: by code, then by a remembered or an equal name; anything else asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.models.enums import CodeSystem
from app.services.importing.describe import ref_text
from app.services.importing.facts import SchoolRef
from app.services.importing.hints import hint_of_place, hints_of_kind, solid_key
from app.services.importing.inflected import nominative
from app.services.importing.names import (
    Likeness,
    NameParts,
    best_likeness,
    code_letters,
    loose_code,
    name_key,
    parse_name,
    without_honour,
)
from app.services.importing.places import is_same_place, split_place
from app.services.importing.plan import Candidate

LIKELY = 85
"""From here on two names are so alike that a register asks instead of creating a school."""
_UNLIKE = 60
"""Below this a name does not support the code beside it."""
_WORTH_SHOWING = 45
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school that rows can be matched to; ``id`` is negative until it is stored."""

    id: int
    name: str
    spellings: tuple[str, ...]
    settlement: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The school that a file means, or the doubt (a Russian sentence) that a person must settle.

    ``suspects`` are schools that code or name point to; ``clash`` means that they contradict each
    other; ``new_codes`` can be remembered for the school that was found.
    """

    school: int | None
    doubt: str = ""
    suspects: tuple[int, ...] = ()
    clash: bool = False
    warnings: tuple[str, ...] = ()
    new_codes: tuple[tuple[CodeSystem, str], ...] = ()
    ended: int | None = None
    """The school that was found and works no more by the year of the row: whose row is it now?"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A school that works no more: the last calendar year of its own, and where it went."""

    year: int
    successor: int | None


@dataclass(frozen=True, slots=True)
class _ByCode:
    schools: dict[CodeSystem, int]
    warnings: tuple[str, ...]
    unknown: tuple[tuple[CodeSystem, str], ...]


def ref_key(ref: SchoolRef) -> str:
    """Return the key of a way to name a school: its codes and the normal form of its name."""
    codes = [f"{system.value}:{code}" for system, code in ref.codes]
    return "|".join((*codes, name_key(ref.name or "")))


def after_key(school: int, ref: SchoolRef) -> str:
    """Return the key of the answer about rows of a school from after its end."""
    return f"после {school}|{ref_key(ref)}"


def otherwise_written(ref: SchoolRef, system: CodeSystem, code: str, known: str) -> str:
    """Return the warning about a code that was matched although it is not written the same."""
    return (
        f"Код {system.value} «{code}» ({ref_text(ref)}) записан иначе, чем в базе: "
        f"принят за «{known}» (ведущие нули, регистр или похожие буквы)."
    )


def _unknown(ref: SchoolRef) -> str:
    """Return the doubt about a school that the database does not have as it is written."""
    said = {(True, True): "точно таким названием или кодом", (True, False): "точно таким названием"}
    return f"школы с {said.get((bool(ref.name), bool(ref.codes)), 'таким кодом')} в базе нет"


@dataclass
class Directory:
    """All schools that are known so far, and the ways to find them; grows while a load is planned.

    A code belongs to one school for ever, also after the school got another one, so that old files
    still match.
    """

    schools: dict[int, KnownSchool] = field(default_factory=dict)
    ended: dict[int, Ended] = field(default_factory=dict)
    _codes: dict[tuple[CodeSystem, str], int] = field(default_factory=dict)
    _loose: dict[tuple[CodeSystem, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _current: dict[tuple[int, CodeSystem], str] = field(default_factory=dict)
    _owned: dict[tuple[int, CodeSystem], set[str]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _solid: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Schools by their names without hyphens."""
    _parts: dict[int, list[NameParts]] = field(default_factory=lambda: defaultdict(list))
    _aliases: dict[str, int] = field(default_factory=dict)
    _found: dict[SchoolRef, Match] = field(default_factory=dict)

    def add_school(self, school: KnownSchool) -> None:
        """Make a school known under all its spellings, with and without its settlement."""
        self.schools[school.id] = school
        for spelling in school.spellings:
            self.add_spelling(school.id, spelling)

    def add_spelling(self, school: int, name: str) -> None:
        """Make one more name of a known school known, alone and with the school's settlement."""
        self._spell(school, name)
        settlement = self.schools[school].settlement
        if settlement:
            self._names[name_key(f"{name} {settlement}")].add(school)
            self._solid[solid_key(f"{name} {settlement}")].add(school)
        self._found.clear()

    def settle(self, school: int, settlement: str) -> None:
        """Make the settlement of a known school known, and its names with it."""
        self.schools[school] = replace(self.schools[school], settlement=settlement)
        for spelling in self.schools[school].spellings:
            self.add_spelling(school, spelling)

    def add_code(self, school: int, system: CodeSystem, code: str, *, current: bool) -> None:
        """Make a code of a school known."""
        self._codes[system, code] = school
        self._owned[school, system].add(code)
        self._loose[system, loose_code(code)].add(code)
        if current:
            self._current[school, system] = code
        self._found.clear()

    def add_alias(self, school: int, key: str) -> None:
        """Make an answer of a person known: the normal form of a name, or a ``ref_key``."""
        self._aliases[key] = school
        self._found.clear()

    def answered(self, ref: SchoolRef) -> int | None:
        """Return the school that a person said ``ref``, codes and name together, means."""
        return self._aliases.get(ref_key(ref))

    def is_alias(self, name: str | None) -> bool:
        """Return whether a person said which school bears this name."""
        return name_key(name or "") in self._aliases

    def keys_of_answer(self, ref: SchoolRef) -> tuple[str, ...]:
        """Return the keys under which an answer about ``ref`` may stand, the narrowest first."""
        school = self.match(ref).school
        after = () if school is None else (after_key(school, ref),)
        return (*after, ref_key(ref), name_key(ref.name or ""))

    def answer_key(self, ref: SchoolRef, match: Match, school: int) -> str | None:
        """Return the key under which the answer that ``ref`` means ``school`` is remembered.

        Where code or name belong to another school, only the two together are remembered.  None
        where the codes alone say it.
        """
        if match.ended is not None:
            return after_key(match.ended, ref)
        owners = {self.owner(system, code) for system, code in ref.codes}
        foreign = bool(owners - {None, school})
        if match.clash or foreign or (ref.name and self.knows_name(ref.name)):
            return ref_key(ref)
        if ref.name:
            return name_key(ref.name) or ref_key(ref)
        return None

    def answer_codes(self, ref: SchoolRef, match: Match) -> tuple[tuple[CodeSystem, str], ...]:
        """Return the codes that the answer about ``ref`` gives to the school: those of nobody."""
        if match.clash:
            return ()
        return tuple(one for one in ref.codes if self.owner(*one) is None)

    def can_create(self, ref: SchoolRef) -> bool:
        """Return whether ``ref`` can become a school: it has a name, and its codes are free."""
        free = all(self.owner(system, code) is None for system, code in ref.codes)
        return bool(ref.name) and free

    def may_become(self, ref: SchoolRef, year: int | None) -> bool:
        """Return whether the answer «новая» may be given about a row of ``year``."""
        return self.match_in(ref, year).ended is None and self.can_create(ref)

    def match_in(self, ref: SchoolRef, year: int | None) -> Match:
        """Return the school that ``ref`` means in a row of ``year``; None for a register's row."""
        return self.unless_ended(ref, self.match(ref), year)

    def unless_ended(self, ref: SchoolRef, match: Match, year: int | None) -> Match:
        """Return the match, or the doubt whose row it is when the school had ended by the year.

        A row of the school's own years is its history, and asks nobody.  An answer about later
        years is kept apart from them.
        """
        ended = self.ended.get(match.school or 0)
        if match.school is None or ended is None or year is None or year <= ended.year:
            return match
        answered = self._aliases.get(after_key(match.school, ref))
        if answered is not None:
            return Match(answered)
        known = [one for one in (ended.successor, match.school) if one in self.schools]
        gone = "присоединена к другой" if ended.successor else "закрыта"
        doubt = f"с {ended.year} года она {gone}, а строка за {year} год"
        return Match(None, doubt, tuple(one for one in known if one), ended=match.school)

    def owner(self, system: CodeSystem, code: str) -> int | None:
        """Return the school that has or had this code, also when it is written otherwise."""
        known = self.known_code(system, code)
        return None if known is None else self._codes[system, known]

    def known_code(self, system: CodeSystem, code: str) -> str | None:
        """Return the known code that ``code`` means: itself, or the only one alike.

        Alike are codes that differ by zeros in front, case, or look-alike letters.
        """
        if (system, code) in self._codes:
            return code
        alike = self._loose.get((system, loose_code(code)), set())
        owners = {self._codes[system, one] for one in alike}
        return min(alike) if len(owners) == 1 else None

    def current_code(self, school: int, system: CodeSystem) -> str | None:
        """Return the code of the school that is in force."""
        return self._current.get((school, system))

    def knows_name(self, name: str) -> bool:
        """Return whether some school bears exactly this name, or a person said which one does."""
        key = name_key(name)
        return bool(self._names.get(key)) or key in self._aliases

    def match(self, ref: SchoolRef) -> Match:
        """Return the school that ``ref`` means, or why the program will not say."""
        found = self._found.get(ref)
        if found is None:
            found = self._found[ref] = self._match(ref)
        return found

    def named(self, name: str | None) -> tuple[int, ...]:
        """Return the schools that bear exactly this name, or the one a person chose for it."""
        key = name_key(name or "")
        if not key:
            return ()
        if key in self._aliases:
            return (self._aliases[key],)
        return tuple(sorted(self._names.get(key, ())))

    def likeness(self, school: int, name: str) -> Likeness:
        """Return how alike ``name`` is to the known spellings of a school."""
        return best_likeness(parse_name(name), self._parts[school])

    def candidates(self, ref: SchoolRef, suspects: Iterable[int] = ()) -> tuple[Candidate, ...]:
        """Return up to three known schools that the file may mean, the likeliest first."""
        scored = {one: self._candidate(one, ref, suspect=True) for one in suspects}
        if ref.name:
            others = [one for one in self.schools if one not in scored]
            scored |= {one: self._candidate(one, ref, suspect=False) for one in others}
            scored |= self._hinted(ref.name, scored)
        worth = [c for c in scored.values() if c.score >= _WORTH_SHOWING or c.school_id in suspects]
        return tuple(sorted(worth, key=lambda c: (-c.score, c.name))[:_SHOWN])

    def _hinted(self, name: str, scored: Mapping[int, Candidate]) -> dict[int, Candidate]:
        """Return the candidates for which place, number or kind say more than their letters."""
        parts = parse_name(name)
        of_kind = hints_of_kind(parts, [(one, self._parts[one]) for one in scored])
        found = {}
        for one, candidate in scored.items():
            place = hint_of_place(parts, self._parts[one], self.schools[one].settlement)
            best = max(of_kind.get(one, place), place, key=lambda hint: hint.score)
            if best.score > candidate.score:
                found[one] = replace(candidate, score=best.score, why=best.why)
        return found

    def likely(self, ref: SchoolRef) -> tuple[int, ...]:
        """Return schools so alike by name that a second one needs a person's word.

        A school whose own code in the same system differs is another school.
        """
        if not ref.name:
            return ()
        parts = parse_name(ref.name)
        return tuple(
            one
            for one in self.schools
            if not self._other_code(one, ref)
            and best_likeness(parts, self._parts[one]).score >= LIKELY
        )

    def _spell(self, school: int, spelling: str) -> None:
        parts = parse_name(spelling)
        if parts.key:
            self._names[parts.key].add(school)
            self._solid[solid_key(spelling)].add(school)
            self._parts[school].append(parts)
            short = parse_name(without_honour(spelling))
            # «СОШ № 5» may be «СОШ № 5 имени …»: likely enough to be offered, not to be taken.
            if short.key and short.key != parts.key:
                self._parts[school].append(short)

    def _match(self, ref: SchoolRef) -> Match:
        answered = self._aliases.get(ref_key(ref))
        if answered is not None:
            return Match(answered)
        by_code, named = self._by_code(ref), self.named(ref.name)
        coded = tuple(dict.fromkeys(by_code.schools.values()))
        if len(coded) > 1:
            return self._clash(ref, coded, "коды принадлежат разным школам")
        if coded:
            return self._coded(ref, coded[0], named, by_code)
        if len(named) == 1:
            return self._named(ref, named[0])
        if named:
            return Match(None, "так называются несколько школ", named)
        close = self._hyphenated(ref) or self._inflected(ref) or self._placed(ref)
        return close or Match(None, _unknown(ref))

    def _hyphenated(self, ref: SchoolRef) -> Match | None:
        """Return the only school whose name differs by hyphens alone; that it does is told."""
        found = self._solid.get(solid_key(ref.name or ""), set()) if ref.name else set()
        if len(found) != 1:
            return None
        (school,) = found
        return self._named_so(ref, school, "только дефисом")

    def _inflected(self, ref: SchoolRef) -> Match | None:
        """Return the only school whose name stands in the genitive; that it does is told."""
        plain = nominative(ref.name or "")
        found = self.named(plain) if plain != ref.name else ()
        return self._named_so(ref, found[0], "только падежом") if len(found) == 1 else None

    def _named_so(self, ref: SchoolRef, school: int, how: str) -> Match:
        """Return the school by a name that differs from its own one so little, which is told."""
        match = self._named(ref, school)
        if match.school is None:
            return match
        told = (
            f"Название «{ref.name}» отличается от «{self.schools[school].name}» {how}: "
            "строка отнесена к ней."
        )
        return replace(match, warnings=(*match.warnings, told))

    def _placed(self, ref: SchoolRef) -> Match | None:
        """Return the only school of a name with its settlement, where none is known or that one.

        A kind and a number alone are borne by schools of many districts, so there a settlement
        that nothing confirms makes no match.
        """
        parts = split_place(ref.name or "")
        found = self._names.get(name_key(parts[0]), set()) if parts else set()
        if parts is None or len(found) != 1:
            return None
        (school,) = found
        settlement = self.schools[school].settlement
        if settlement:
            return self._named(ref, school) if is_same_place(parts[1], settlement) else None
        match = self._named(ref, school) if parse_name(parts[0]).words else None
        if match is None or match.school is None:
            return match
        told = (
            f"«{ref.name}»: строка отнесена к «{self.schools[school].name}»; населённый пункт "
            "школы в базе не указан, сравнить его не с чем."
        )
        return replace(match, warnings=(*match.warnings, told))

    def _coded(
        self, ref: SchoolRef, school: int, named: tuple[int, ...], by_code: _ByCode
    ) -> Match:
        if named and school not in named:
            return self._clash(ref, (school, *named), "код одной школы, а название другой")
        warnings = by_code.warnings
        if ref.name and not named and self.likeness(school, ref.name).score < _UNLIKE:
            warnings += (
                f"Название «{ref.name}» не похоже на «{self.schools[school].name}», "
                "но код принадлежит этой школе: строка отнесена к ней по коду.",
            )
        return Match(school, warnings=warnings, new_codes=by_code.unknown)

    def _named(self, ref: SchoolRef, school: int) -> Match:
        if self._other_code(school, ref):
            return self._clash(ref, (school,), "название совпадает, но код у школы другой")
        return Match(school, new_codes=ref.codes)

    def _clash(self, ref: SchoolRef, schools: tuple[int, ...], why: str) -> Match:
        names = ", ".join(f"«{self.schools[one].name}»" for one in schools)
        return Match(None, f"{why}: {names}", schools, clash=True)

    def _by_code(self, ref: SchoolRef) -> _ByCode:
        schools: dict[CodeSystem, int] = {}
        warnings: list[str] = []
        unknown: list[tuple[CodeSystem, str]] = []
        for system, code in ref.codes:
            known = self.known_code(system, code)
            if known is None:
                unknown.append((system, code))
                continue
            schools[system] = self._codes[system, known]
            if known != code:
                warnings.append(otherwise_written(ref, system, code, known))
        return _ByCode(schools, tuple(warnings), tuple(unknown))

    def _other_code(self, school: int, ref: SchoolRef) -> bool:
        """Return whether a code of the same system and generation says "another school".

        A login of the older generation (``sch77171506``) beside a newer one (``edu123456``) is no
        contradiction: ФИС ОКО renamed all logins (domain.md §4).
        """
        return any(
            loose_code(code) not in known
            for system, code in ref.codes
            if (known := self._generation(school, system, code))
        )

    def _generation(self, school: int, system: CodeSystem, code: str) -> set[str]:
        """Return the codes of a school that begin with the same letters as ``code``."""
        letters = code_letters(code)
        owned = self._owned.get((school, system), ())
        return {loose_code(own) for own in owned if code_letters(own) == letters}

    def _candidate(self, school: int, ref: SchoolRef, *, suspect: bool) -> Candidate:
        alike = self.likeness(school, ref.name) if ref.name else Likeness(0, "")
        by_code = [s for s, code in ref.codes if self._codes.get((s, code)) == school]
        reasons = [f"код {system.value} принадлежит этой школе" for system in by_code]
        if ref.name:
            reasons.append(alike.why)
        if self._other_code(school, ref):
            reasons.append("но код у школы другой")
        score = max(alike.score, 90 if by_code else 0) if suspect else alike.score
        return Candidate(school, self.schools[school].name, score, ", ".join(reasons))
