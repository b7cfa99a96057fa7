"""One door to every kind of paper: what a request gives, with what to know before signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services import programmes
from app.services.documents.blocks import Content
from app.services.documents.order import build_order
from app.services.documents.papers import PaperRequest, build_paper
from app.services.documents.programme import build_programme
from app.services.documents.requests import Request
from app.services.documents.types import OrderRequest, ProgrammeRequest
from app.services.schools import list_schools
from app.services.workspace import Workspace

_NAMED = 3
"""So many empty blocks of a programme are named over its pages."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished document and what to look at, each as a Russian sentence."""

    content: Content
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A school or a programme to choose from."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that forms of papers let choose from."""

    schools: tuple[Choice, ...]
    programmes: tuple[Choice, ...]


def draft(workspace: Workspace, request: Request) -> Draft:
    """Return the document of any request; UserError where it cannot be made yet."""
    match request:
        case OrderRequest():
            order = build_order(workspace, request)
            return Draft(order.content, (*order.warnings, *_left(order.blanks)))
        case ProgrammeRequest(programme_id, profile):
            programme = build_programme(workspace, programme_id, profile)
            return Draft(programme.content, _not_printed([one.title for one in programme.empty]))
        case PaperRequest():
            paper = build_paper(workspace, request)
            return Draft(paper.content, (*paper.warnings, *_left(paper.blanks)))


def choices(workspace: Workspace) -> Choices:
    """Return the schools and programmes of the database, by name and newest first."""
    return Choices(
        tuple(Choice(one.id, one.short_name) for one in list_schools(workspace)),
        tuple(Choice(one.id, one.title) for one in programmes.list_programmes(workspace)),
    )


def _not_printed(titles: Sequence[str]) -> tuple[str, ...]:
    """Return how many blocks of a programme are empty; few are named, the builder marks all."""
    named = [f"«{title}»" for title in dict.fromkeys(titles)]
    if not named:
        return ()
    more = len(named) - _NAMED
    listed = ", ".join(named[:_NAMED]) + (f" и ещё {more}" if more > 0 else "")
    where = " Все отмечены в «Собрать по блокам…»." if more > 0 else ""
    return (f"Не заполнено и не напечатано разделов: {len(named)} – {listed}.{where}",)


def _left(blanks: tuple[str, ...]) -> tuple[str, ...]:
    return (f"Останется заполнить от руки: {', '.join(blanks)}.",) if blanks else ()
