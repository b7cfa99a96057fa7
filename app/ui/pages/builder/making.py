"""What the builder reads and makes in the workers: the draft, its pages, the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.errors import UserError
from app.services import settings
from app.services.documents import (
    Choice,
    Content,
    KeptFacts,
    Place,
    ProgrammeDraft,
    ProgrammeFinding,
    build_programme,
    check_programme_document,
    choices,
    lay_out,
)
from app.services.workspace import Workspace
from app.ui.widgets.pdf_view import page_sizes


class OfficeMissingError(UserError):
    """The requisites have never been filled in."""


class Built(NamedTuple):
    """The programmes to choose from, the chosen one and its draft; None where there is none."""

    programmes: tuple[Choice, ...]
    programme_id: int | None
    draft: ProgrammeDraft | None
    kept: KeptFacts | None


class Pages(NamedTuple):
    """A document ready for the screen; ``places`` by block of the outline."""

    content: Content
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    places: Mapping[int, Place]


def build(workspace: Workspace, wanted: int | None, kept: KeptFacts | None) -> Built:
    """Return the draft of the wanted programme, or of the newest where it is gone."""
    listed = choices(workspace).programmes
    ids = [one.id for one in listed]
    programme_id = wanted if wanted in ids else next(iter(ids), None)
    if programme_id is None:
        return Built(listed, None, None, None)
    if settings.office(workspace) is None:
        raise OfficeMissingError(
            "Не заполнены реквизиты учреждения: название, место издания, руководитель.",
            "Заполните их один раз, и они будут во всех документах.",
        )
    if kept is None or kept.programme_id != programme_id:
        kept = KeptFacts(workspace, programme_id)
    return Built(listed, programme_id, build_programme(workspace, programme_id, kept=kept), kept)


def draw(draft: ProgrammeDraft, check: Callable[[], None]) -> Pages:
    """Return the pages of a draft; ``check`` may raise to end the work."""
    laid = lay_out(draft.content, check)
    places = {
        block_id: laid.places[first]
        for block_id, first in draft.places.items()
        if first in laid.places
    }
    return Pages(draft.content, laid.pdf, page_sizes(laid.pdf), places)


def check(
    workspace: Workspace, programme_id: int, draft: ProgrammeDraft
) -> tuple[ProgrammeFinding, ...]:
    """Return what to look at before the programme is printed."""
    return check_programme_document(workspace, programme_id, draft)
