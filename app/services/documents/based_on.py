"""A new paper on the base of one in the register: its fields and sentences, not its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.errors import UserError
from app.services import settings
from app.services.documents.papers import FieldKind, PaperRequest, papers
from app.services.documents.register import document_row, stored_request
from app.services.documents.requests import Request
from app.services.documents.types import OrderRequest, ProgrammeRequest
from app.services.programmes import list_programmes
from app.services.roadmap import years_named
from app.services.schools import list_schools
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BasedOn:
    """What the new paper is asked for with; ``notes`` are what to look at, Russian sentences."""

    request: OrderRequest | PaperRequest
    notes: tuple[str, ...]


def based_on(workspace: Workspace, document_id: int, year: int) -> BasedOn:
    """Return the request of a paper of the register as that of a new one of the year.

    People, texts and own sentences come along as they were; number, date and deadlines are those
    of the old paper alone and stay empty.  UserError for a programme, which has a copy of its own,
    and where it is not known what the paper was made from.
    """
    match stored_request(workspace, document_id):
        case OrderRequest() as order:
            new: OrderRequest | PaperRequest = replace(
                order, year=year, number="", date=None, deadline=None
            )
        case PaperRequest(kind=kind) as paper if kind in papers():
            new = _paper(paper, year)
        case ProgrammeRequest():
            raise UserError(
                "Программа берётся за основу не здесь.",
                "Откройте её на вкладке «Программа»: «Ещё», «На новый период…».",
            )
        case other:
            raise _unknown(other)
    notes = _notes(workspace, new)
    if isinstance(new, PaperRequest):
        new = _without_gone(workspace, new)
    return BasedOn(new, (_first_note(workspace, document_id), *notes))


def _paper(old: PaperRequest, year: int) -> PaperRequest:
    dates = {"date", *(one.key for one in papers()[old.kind].fields if one.kind is FieldKind.DATE)}
    values = {key: text for key, text in old.values.items() if key not in dates and key != "number"}
    return replace(old, year=year, number="", date=None, amends=None, values=values)


def _unknown(request: Request) -> UserError:
    kind = request.kind if isinstance(request, PaperRequest) else ""
    return UserError(
        f"Документы вида «{kind}» программа больше не составляет.", "Составьте другой документ."
    )


def _first_note(workspace: Workspace, document_id: int) -> str:
    row = document_row(workspace, document_id)
    number = f" № {row.number}" if row.number else ""
    return f"За основу взят документ{number} «{row.title}»: номер, дата и сроки не перенесены."


def _notes(workspace: Workspace, new: OrderRequest | PaperRequest) -> Iterator[str]:
    """Tell what of the old paper may not be true of the new one."""
    years = sorted({year for text in _texts(new) for year in years_named(text)} - {new.year})
    if years:
        named = ", ".join(map(str, years))
        yield f"В перенесённых словах названы годы: {named}. Проверьте, те ли это."
    unseen = ", ".join(_unseen(new))
    if unseen:
        yield f"Из прежнего документа взято и то, чего в полях нет: {unseen}."
    if isinstance(new, PaperRequest):
        yield from _gone(workspace, new)
        yield from _other_period(workspace, new)


def _texts(new: OrderRequest | PaperRequest) -> tuple[str, ...]:
    said: Mapping[str, str] = new.sentences if isinstance(new, OrderRequest) else new.values
    return tuple(said.values())


def _unseen(new: OrderRequest | PaperRequest) -> Iterator[str]:
    """Name what a paper may be asked for with, and no form has a field for."""
    if new.profile:
        yield f"оформление по {(settings.DOCUMENT_STANDARD.choices or {})[new.profile]}"
    if isinstance(new, OrderRequest) and new.office_genitive:
        yield f"название учреждения в грифе «{new.office_genitive}»"
    if isinstance(new, OrderRequest) and new.long_storage:
        yield "левое поле 30 мм для долгого хранения"


def _gone(workspace: Workspace, new: PaperRequest) -> Iterator[str]:
    kept = _without_gone(workspace, new)
    if kept.programme_id != new.programme_id:
        yield "Программы, по которой составлен прежний документ, больше нет: выберите другую."
    if kept.school_id != new.school_id:
        yield "Школы, для которой составлен прежний документ, больше нет: выберите другую."


def _other_period(workspace: Workspace, new: PaperRequest) -> Iterator[str]:
    for one in list_programmes(workspace):
        if one.id == new.programme_id and not one.first_year <= new.year <= one.last_year:
            yield (
                f"Программа «{one.title}» – на {one.first_year}–{one.last_year} годы, "
                f"а документ – за {new.year} год: проверьте, та ли она."
            )


def _without_gone(workspace: Workspace, new: PaperRequest) -> PaperRequest:
    known = {one.id for one in list_programmes(workspace)}
    schools = {one.id for one in list_schools(workspace)}
    return replace(
        new,
        programme_id=new.programme_id if new.programme_id in known else None,
        school_id=new.school_id if new.school_id in schools else None,
    )
