"""Back to the school: a marked copy of its file and the letter that says what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from app.errors import UserError
from app.services.clock import local_today
from app.services.documents import Fault, Recipient, return_letter, write
from app.services.forms.cutting import NamesSchool, own_part, schools_in
from app.services.forms.marking import mark
from app.services.forms.types import Returned, ReturnedAll
from app.services.importing import (
    FileToReturn,
    Finding,
    ImportPlan,
    file_of_plan,
    file_of_store,
)
from app.services.output import safe_file_name, unreadable, write_safely
from app.services.progress import Progress
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_MOST_FAULTS = 100
"""Rows of the letter; a file with more is wrong as a whole, and the copy has them all."""


def return_to_school(
    workspace: Workspace,
    source: ImportPlan | int,
    path: str,
    folder: Path,
    progress: Progress,
    deadline: date | None = None,
    school_id: int | None = None,
) -> Returned:
    """Write the marked copy of a file and its covering letter (DOCX and PDF) into ``folder``.

    ``source`` is the plan that holds the file ``path``, or the id of a stored file (then ``path``
    is not asked).  The school is the one whose rows the file holds, unless ``school_id`` names it.
    A copy is made without personal columns, and of a table of several schools with the school's
    own rows only; where none can be made the letter goes alone and says why.
    UserError when there is nothing to mend or the school is not clear.
    """
    file = _file(workspace, source, path, progress)
    school = _school(workspace, file, school_id)
    names = NamesSchool(list_schools(workspace))
    return _give_back(workspace, _of_school(file, school, names), school, folder, deadline)


def return_to_schools(
    workspace: Workspace,
    source: ImportPlan | int,
    path: str,
    folder: Path,
    progress: Progress,
    deadline: date | None = None,
) -> ReturnedAll:
    """Give each school of a table its own rows back: a marked copy and a letter for each.

    Only schools with findings in their rows get something; the others are counted.  UserError
    when nobody does; Cancelled when ``progress`` says so, what was written before stays.
    """
    file = _file(workspace, source, path, progress)
    rows = list_schools(workspace)
    names = NamesSchool(rows)
    held = schools_in(file, names)
    schools = [row for row in rows if row.short_name in held]
    made: list[Returned] = []
    for index, school in enumerate(schools):
        progress.check()
        progress.report(index, len(schools), school.short_name)
        part = _of_school(file, school, names)
        if part.findings:
            made.append(_give_back(workspace, part, school, folder, deadline))
    if not made:
        raise UserError(
            f"В строках школ файла «{file.path}» замечаний нет, возвращать нечего.",
            "Замечания о файле целиком исправляет тот, кто его составил.",
        )
    return ReturnedAll(tuple(made), len(schools) - len(made))


def _file(
    workspace: Workspace, source: ImportPlan | int, path: str, progress: Progress
) -> FileToReturn:
    if isinstance(source, ImportPlan):
        file = file_of_plan(source, path, progress)
    else:
        file = file_of_store(workspace, source, progress)
    if not file.findings:
        raise UserError(
            f"В файле «{file.path}» нет замечаний, возвращать нечего.", "Выберите другой файл."
        )
    return file


def _of_school(file: FileToReturn, school: SchoolRow, names: NamesSchool) -> FileToReturn:
    """Return the part of a shared file that is the school's own; any other file as it is."""
    if not file.shared:
        return file
    if file.book is None:
        own = tuple(one for one in file.findings if school.short_name in one.message)
        return replace(file, findings=own)
    book, findings = own_part(file, school.short_name, names)
    return replace(file, book=book, findings=findings)


def _give_back(
    workspace: Workspace,
    file: FileToReturn,
    school: SchoolRow,
    folder: Path,
    deadline: date | None,
) -> Returned:
    if not file.findings:
        raise UserError(
            f"В строках школы «{school.short_name}» файла «{file.path}» замечаний нет.",
            "Выберите другую школу.",
        )
    letter = return_letter(
        workspace,
        PurePosixPath(file.path).name,
        _faults(file.findings),
        Recipient(school.short_name, school.director),
        deadline,
        local_today(),
        file.note,
    )
    stem = PurePosixPath(file.path).stem
    whose = f"{stem}. {school.short_name}" if file.shared else stem
    copy, marks = _copy(file, folder / f"{safe_file_name(f'{whose}, исправить')}.xlsx")
    name = safe_file_name(f"Письмо. {school.short_name}. {stem}")
    write(letter.content, folder / f"{name}.pdf")
    docx = write(letter.content, folder / f"{name}.docx")
    return Returned(docx, copy, marks, file.note, (*letter.warnings, *_missing(letter.blanks)))


def _missing(blanks: Sequence[str]) -> tuple[str, ...]:
    return (f"В письме осталось вписать: {', '.join(blanks)}.",) if blanks else ()


def _school(workspace: Workspace, file: FileToReturn, school_id: int | None) -> SchoolRow:
    rows = list_schools(workspace)
    if school_id is not None:
        found = [row for row in rows if row.id == school_id]
    else:
        found = [row for row in rows if row.short_name in file.schools]
    if len(found) == 1:
        return found[0]
    raise UserError(
        f"Не ясно, какой школе вернуть файл «{file.path}»: подходит школ – {len(found)}.",
        "Выберите школу, которая прислала файл.",
    )


def _faults(findings: Sequence[Finding]) -> list[Fault]:
    faults = [
        Fault(one.sheet or "", one.cell or "", one.message, one.hint)
        for one in findings[:_MOST_FAULTS]
    ]
    rest = len(findings) - _MOST_FAULTS
    if rest > 0:
        faults.append(Fault("", "", f"И ещё замечаний: {rest}.", ""))
    return faults


def _copy(file: FileToReturn, path: Path) -> tuple[Path | None, int]:
    if file.book is None:
        return None, 0
    marked, count = mark(file.book, file.findings)
    write_safely(path, marked, _check)
    return path, count


def _check(path: Path) -> None:
    # Late: only for a file that goes back.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise unreadable(path) from error
