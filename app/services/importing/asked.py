"""The schools that loads asked about: kept, listed while they wait, and found by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import CodeSystem
from app.models.intake import AskedSchool
from app.services.importing.describe import ref_text
from app.services.importing.facts import SchoolRef
from app.services.importing.loaded import LoadedFile
from app.services.importing.matching import Directory
from app.services.importing.municipalities import is_district
from app.services.importing.names import loose_code, name_key
from app.services.importing.writes import AskedWrite

_NOT_FOR_A_SHELL = str.maketrans(dict.fromkeys("\"'`$%!\\^&|<>*?", " "))
"""What a command line of Windows or Linux would take for itself, even inside quotes."""


class Named(Protocol):
    """A question that a person names in a command."""

    @property
    def key(self) -> str:
        """What the answer is kept under."""

    @property
    def ref(self) -> SchoolRef:
        """Codes and name as the file gives them."""


_N = TypeVar("_N", bound=Named)


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A school that a load asked about; ``year`` and ``contested`` as ``AskedSchool`` says.

    ``can_create`` says of a question that waits whether «новая» may be answered.
    """

    key: str
    ref: SchoolRef
    year: int | None
    contested: bool
    where: str
    can_create: bool = False

    @property
    def title(self) -> str:
        """«Имя (ФИС ОКО edu000001)»: all that the file says of the school."""
        codes = self.ref.codes_text
        return f"{self.ref.name} ({codes})" if self.ref.name and codes else ref_text(self.ref)

    @property
    def of_district(self) -> bool:
        """Whether all schools of a district are asked about at once."""
        return is_district(self.ref)

    def is_open(self, directory: Directory, skipped: Collection[str]) -> bool:
        """Return whether the next load would ask again."""
        if self.key in skipped:
            return False
        if self.contested:
            return directory.answered(self.ref) is None and not directory.is_alias(self.ref.name)
        return directory.match_in(self.ref, self.year).school is None


def store_asked(
    session: Session,
    files: Sequence[LoadedFile],
    asked: Iterable[AskedWrite],
    directory: Directory,
    skipped: Collection[str],
) -> None:
    """Keep what the files ask; a file that was read whole asks nothing else any more.

    A question that was answered stays: the answer can be changed.
    """
    now = {(one.key, one.path): one for one in asked}
    whole = (file for file in files if file.known is None and file.failure is None)
    read = {file.path for file in whole if file.only is None}
    known = set()
    for row in session.scalars(select(AskedSchool)).all():
        place = row.key, row.path
        if place in now or row.path not in read or not _question(row).is_open(directory, skipped):
            known.add(place)
        else:
            session.delete(row)
    session.flush()
    new = [_row(one) for place, one in now.items() if place not in known]
    if new:
        session.execute(insert(AskedSchool), new)


def stored_questions(session: Session) -> tuple[StoredQuestion, ...]:
    """Return every school that loads asked about, each once, the first asked first."""
    found: dict[str, StoredQuestion] = {}
    for row in session.scalars(select(AskedSchool).order_by(AskedSchool.id)):
        found.setdefault(row.key, _question(row))
    return tuple(found.values())


def find_asked(
    text: str, waiting: Sequence[StoredQuestion], every: Sequence[StoredQuestion]
) -> StoredQuestion:
    """Return the question that a person means by a name, a code or a key.

    One that waits goes before those answered already.  UserError when nothing was asked so, or
    several questions fit.
    """
    found = named_so(text, waiting) or named_so(text, every)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"О школе «{text}» программа не спрашивала.",
            "Посмотрите вопросы командой answers list. Они появляются после загрузки файлов "
            "(import без --dry-run).",
        )
    lines = "; ".join(f"{one.title} – {one.where}" for one in found)
    words = ", ".join(f'"{wording(one, every)}"' for one in found)
    raise UserError(f"Под «{text}» подходит несколько вопросов: {lines}.", f"Напишите: {words}.")


def wording(question: Named, questions: Sequence[Named]) -> str:
    """Return what to type for a question so that no other of ``questions`` is meant.

    The name where it is enough, else a code, else the key of the question.
    """
    name = " ".join((question.ref.name or "").translate(_NOT_FOR_A_SHELL).split()).lstrip("- ")
    for text in (name, *(code for _, code in question.ref.codes)):
        if [one.key for one in named_so(text, questions)] == [question.key]:
            return text
    return question.key


def named_so(text: str, questions: Sequence[_N]) -> list[_N]:
    """Return the questions named so: by the key alone, or by a code, or else by the name."""
    key, code = name_key(text), loose_code(text)
    tests: tuple[Callable[[Named], bool], ...] = (
        lambda one: one.key == text,
        lambda one: bool(code) and code in {loose_code(own) for _, own in one.ref.codes},
        lambda one: bool(key) and key == name_key(one.ref.name or ""),
    )
    found = ([one for one in questions if fits(one)] for fits in tests)
    return next((some for some in found if some), [])


def _question(row: AskedSchool) -> StoredQuestion:
    codes = tuple((CodeSystem(system), code) for system, code in row.codes)
    ref = SchoolRef(codes, row.name)
    return StoredQuestion(row.key, ref, row.year, row.contested, row.place)


def _row(one: AskedWrite) -> dict[str, object]:
    return {
        "key": one.key,
        "path": one.path,
        "name": one.ref.name,
        "codes": [[system.value, code] for system, code in one.ref.codes],
        "year": one.year,
        "contested": one.contested,
        "place": one.where,
    }
