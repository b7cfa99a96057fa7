"""The office's own Word templates: taken in only when right, kept, filled, given back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import OutputError, UserError, reason
from app.models.papers import OwnTemplate
from app.services.changes import ChangeSet
from app.services.documents.office_words import in_office_words
from app.services.documents.own_templates.engine import example_of, filled, report_of
from app.services.documents.own_templates.office_pdf import as_pdf
from app.services.documents.own_templates.package import LARGEST, open_template
from app.services.documents.own_templates.tags import kinds
from app.services.documents.own_templates.types import (
    Filled,
    TemplateError,
    TemplateReport,
    TemplateRow,
)
from app.services.documents.own_templates.values import gather
from app.services.documents.register import stored_request
from app.services.documents.rendering import check_pdf
from app.services.documents.requests import Request
from app.services.documents.types import OrderRequest, ProgrammeRequest
from app.services.journal import Action
from app.services.output import unreadable, write_safely
from app.services.workspace import Workspace

_LONGEST_TITLE = 300


def list_templates(workspace: Workspace) -> tuple[TemplateRow, ...]:
    """Return the templates of the office by title."""
    with workspace.database.read() as session:
        found = session.scalars(select(OwnTemplate).order_by(OwnTemplate.title))
        return tuple(_row(one) for one in found)


def check_file(kind: str, path: Path) -> TemplateReport:
    """Return the tags of a file and its faults; UserError for a file that is no safe template."""
    return report_of(kind, _read(path), path.name)


def add_template(workspace: Workspace, title: str, kind: str, path: Path) -> ChangeSet:
    """Take a template in under a title of its own.

    UserError for a hostile or broken file, TemplateError for wrong tags: nothing is stored.
    """
    name = _title(title)
    body = _checked(kind, path)
    with workspace.database.write() as session, Action(session, f"шаблон «{name}»") as action:
        _refuse_second(session, name, None)
        values = {"title": name, "kind": kind, "body": body, "added_at": datetime.now(UTC)}
        action.insert(OwnTemplate, values)
        return action.changes


def replace_template(workspace: Workspace, template_id: int, path: Path) -> ChangeSet:
    """Put another file in the place of a template; the old one stays where the new is refused."""
    old = template_row(workspace, template_id)
    body = _checked(old.kind, path)
    title = f"замена шаблона «{old.title}»"
    with workspace.database.write() as session, Action(session, title) as action:
        values = {"body": body, "added_at": datetime.now(UTC)}
        action.update(OwnTemplate, template_id, values)
        return action.changes


def rename_template(workspace: Workspace, template_id: int, title: str) -> ChangeSet:
    """Give a template another title."""
    name, old = _title(title), template_row(workspace, template_id)
    told = f"название шаблона «{old.title}»"
    with workspace.database.write() as session, Action(session, told) as action:
        _refuse_second(session, name, template_id)
        action.update(OwnTemplate, template_id, {"title": name})
        return action.changes


def remove_template(workspace: Workspace, template_id: int) -> ChangeSet:
    """Take a template out; undoing puts it back."""
    old = template_row(workspace, template_id)
    title = f"удаление шаблона «{old.title}»"
    with workspace.database.write() as session, Action(session, title) as action:
        action.delete(OwnTemplate, template_id)
        return action.changes


def template_row(workspace: Workspace, template_id: int) -> TemplateRow:
    """Return one template of the list; UserError when it is not there."""
    with workspace.database.read() as session:
        return _row(_found(session, template_id))


def save_template(workspace: Workspace, template_id: int, path: Path) -> None:
    """Write the template out as it was taken in, to be changed in Word."""
    with workspace.database.read() as session:
        body = _found(session, template_id).body
    write_safely(_docx(path), body, _reopened)


def save_example(kind: str, path: Path) -> None:
    """Write a working template of a kind to begin with, the list of its tags on a last page."""
    write_safely(_docx(path), example_of(kind), _reopened)


@in_office_words
def fill_template(workspace: Workspace, template_id: int, request: Request) -> Filled:
    """Return the template filled from the data; UserError where the document cannot be made."""
    with workspace.database.read() as session:
        stored = _found(session, template_id)
        kind, title, body = stored.kind, stored.title, stored.body
    if kind != _kind_of(request):
        raise UserError(
            f"Шаблон «{title}» сделан для документа «{kinds().get(kind, kind)}».",
            "Выберите документ этого вида.",
        )
    report = report_of(kind, body, title)
    if report.faults:
        raise TemplateError(title, report.faults)
    values = gather(workspace, request, {one.word for one in report.tags})
    return filled(body, title, values)


def write_filled(
    workspace: Workspace, template_id: int, request: Request, path: Path
) -> tuple[str, ...]:
    """Write the filled template as a .docx, or a .pdf where LibreOffice is on this computer.

    Return the tags that are left as blanks; OutputError where the file cannot be made.
    """
    if path.suffix.casefold() == ".pdf":
        made = fill_template(workspace, template_id, request)
        write_safely(path, as_pdf(made.body), check_pdf)
        return made.blanks
    target = _docx(path)
    made = fill_template(workspace, template_id, request)
    write_safely(target, made.body, _reopened)
    return made.blanks


def write_registered(
    workspace: Workspace, template_id: int, document_id: int, path: Path
) -> tuple[str, ...]:
    """Write the template filled for a document of the register, with the data as they are now."""
    return write_filled(workspace, template_id, stored_request(workspace, document_id), path)


def _kind_of(request: Request) -> str:
    match request:
        case OrderRequest():
            return "order"
        case ProgrammeRequest():
            return "programme"
        case _:
            return request.kind


def _checked(kind: str, path: Path) -> bytes:
    body = _read(path)
    report = report_of(kind, body, path.name)
    if report.faults:
        raise TemplateError(path.name, report.faults)
    return body


def _read(path: Path) -> bytes:
    if path.suffix.casefold() != ".docx":
        raise UserError(
            f"Файл «{path.name}» – не .docx.",
            "Откройте его в Word или LibreOffice и сохраните как «Документ Word (.docx)».",
        )
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(
            f"Файл {path} не читается: {reason(error)}.", "Проверьте путь и повторите."
        ) from error


def _docx(path: Path) -> Path:
    if path.suffix.casefold() != ".docx":
        raise OutputError(f"Шаблон – это файл Word, а не «{path.name}».", "Укажите имя на .docx.")
    return path


def _reopened(path: Path) -> None:
    try:
        open_template(path.read_bytes()[: LARGEST + 1], path.name)
    except UserError as error:
        raise unreadable(path) from error


def _title(title: str) -> str:
    name = " ".join(title.split())
    if not name:
        raise UserError("У шаблона нет названия.", "Назовите его так, чтобы узнать в списке.")
    if len(name) > _LONGEST_TITLE:
        raise UserError(
            f"Название шаблона длиннее {_LONGEST_TITLE} знаков.", "Сократите его и повторите."
        )
    return name


def _refuse_second(session: Session, title: str, own: int | None) -> None:
    other = session.scalar(select(OwnTemplate).where(OwnTemplate.title == title))
    if other is not None and other.id != own:
        raise UserError(
            f"Шаблон «{title}» уже есть.", "Назовите новый иначе или замените файл прежнего."
        )


def _found(session: Session, template_id: int) -> OwnTemplate:
    stored = session.get(OwnTemplate, template_id)
    if stored is None:
        raise UserError("Такого шаблона больше нет.", "Обновите список шаблонов.")
    return stored


def _row(one: OwnTemplate) -> TemplateRow:
    title = kinds().get(one.kind, f"неизвестный вид ({one.kind})")
    return TemplateRow(one.id, one.title, one.kind, title, len(one.body), one.added_at)
