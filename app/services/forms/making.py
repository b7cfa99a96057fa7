"""Making blank forms: which school gets which sheets, in which files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError, reason
from app.models.enums import SchoolStatus
from app.services import settings
from app.services.forms.known import Past, past_figures
from app.services.forms.types import FormsMade, FormsRequest
from app.services.forms.workbook import BlankPage, check_workbook, workbook
from app.services.importing import FormDeclaration, form_declarations
from app.services.output import safe_file_name, unreadable, write_safely
from app.services.progress import Progress
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace


@dataclass(frozen=True)
class _Made:
    """What every page of a request shares."""

    request: FormsRequest
    office: str
    past: Mapping[str, Past]

    def page(self, form: FormDeclaration, school: SchoolRow) -> BlankPage:
        """Return the form of one school."""
        return BlankPage(
            form=form,
            year=self.request.year,
            school=school.short_name,
            fisoko=school.fisoko or "",
            rcoi=school.rcoi or "",
            office=self.office,
            deadline=self.request.deadline,
            past=self.past[form.key].get(school.id, {}),
        )


def make_forms(workspace: Workspace, request: FormsRequest, progress: Progress) -> FormsMade:
    """Write the blanks into the folder of the request, which is made when it is not there.

    A form that a school never hands in (no such grade) is left out for it.  UserError when there
    is no school or no form to make; OutputError when the disk does not take a file; files written
    before stay.  Cancelled when ``progress`` says so.
    """
    forms = chosen_forms(request.forms)
    schools = _schools(workspace, request.school_ids)
    details = settings.office(workspace)
    with workspace.database.read() as session:
        past = {form.key: past_figures(session, form, request.year) for form in forms}
    made = _Made(request, details.full_name if details else "", past)
    notes: list[str] = []
    sets: list[tuple[SchoolRow, list[BlankPage]]] = []
    for school in schools:
        pages = [made.page(form, school) for form in forms if hands_in(form, school)]
        if pages:
            sets.append((school, pages))
        else:
            notes.append(f"{school.short_name}: выбранные формы она не сдаёт.")
    if not sets:
        raise UserError("Ни одна из выбранных школ не сдаёт эти формы.", "Выберите другие формы.")
    return FormsMade(_write(request, sets, progress), tuple(notes))


def chosen_forms(keys: Iterable[str]) -> tuple[FormDeclaration, ...]:
    """Return the forms of the keys, all of them for none; UserError for an unknown key."""
    known = form_declarations()
    wanted = tuple(dict.fromkeys(keys)) or tuple(known)
    strange = [key for key in wanted if key not in known]
    if strange:
        listed = ", ".join(f"{key} ({form.title})" for key, form in known.items())
        raise UserError(f"Бланка «{strange[0]}» нет.", f"Бывают: {listed}.")
    return tuple(form for key, form in known.items() if key in wanted)


def hands_in(form: FormDeclaration, school: SchoolRow) -> bool:
    """Return whether a school of this kind has the grade that the form asks about."""
    return (school.kind or "") not in form.kinds_without


def _schools(workspace: Workspace, ids: Sequence[int]) -> list[SchoolRow]:
    rows = list_schools(workspace)
    if not ids:
        found = [row for row in rows if row.status is SchoolStatus.ACTIVE]
    else:
        found = [row for row in rows if row.id in set(ids)]
    if not found:
        raise UserError(
            "Нет школ, для которых делать бланки.", "Сначала загрузите реестр школ с флешки."
        )
    return found


def _write(
    request: FormsRequest, sets: Sequence[tuple[SchoolRow, list[BlankPage]]], progress: Progress
) -> tuple[Path, ...]:
    _make_folder(request.folder)
    if request.together:
        pages = [page for _, own in sets for page in own]
        name = f"Бланки для школ, {request.year} год"
        return (_store(request.folder, name, pages, together=True),)
    files: list[Path] = []
    names = _names(request.year, [school for school, _ in sets])
    for number, (school, pages) in enumerate(sets):
        progress.check()
        progress.report(number, len(sets), f"Бланки: {school.short_name}")
        files.append(_store(request.folder, names[school.id], pages))
    return tuple(files)


def _names(year: int, schools: Sequence[SchoolRow]) -> dict[int, str]:
    """Return a file name per school; two schools of one name are told apart by their codes."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for school in schools:
        name = safe_file_name(f"{school.short_name}, бланки {year}")
        if name.casefold() in taken:
            code = school.fisoko or school.rcoi or str(school.id)
            name = safe_file_name(f"{school.short_name} {code}, бланки {year}")
        taken.add(name.casefold())
        names[school.id] = name
    return names


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Не удалось создать папку «{folder}»: {reason(error)}.",
            "Выберите другую папку.",
        ) from error


def _store(folder: Path, name: str, pages: Sequence[BlankPage], *, together: bool = False) -> Path:
    path = folder / f"{safe_file_name(name)}.xlsx"

    def check(written: Path) -> None:
        if not check_workbook(written.read_bytes(), len(pages)):
            raise unreadable(path)

    write_safely(path, workbook(pages, together=together), check)
    return path
