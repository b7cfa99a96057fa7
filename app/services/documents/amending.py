"""The order that changes a signed one, made from what the data say otherwise now."""

from __future__ import annotations

import re
from itertools import groupby

from app.errors import UserError
from app.services.documents.differences import Change, Difference
from app.services.documents.language import inside
from app.services.documents.office_words import in_office_words
from app.services.documents.papers import PaperDraft, PaperRequest, build_paper, refuse_unsigned
from app.services.documents.papers.sources import AMENDMENTS
from app.services.documents.register import changed_data, document_row
from app.services.documents.texts import Sentences, sentences
from app.services.workspace import Workspace

KIND = "order-amend"
_SHORT_AT_END = re.compile(r"\b\w{1,2}\.$")
_KEYS = {Change.ADDED: "added", Change.REMOVED: "removed", Change.CHANGED: "changed"}


@in_office_words
def amending_order(workspace: Workspace, document_id: int) -> PaperDraft:
    """Return the draft of «О внесении изменений…» to a signed document.

    UserError when the document is not signed or its data have not changed.
    """
    row = document_row(workspace, document_id)
    refuse_unsigned(row.title, row.status)
    found = changed_data(workspace, document_id)
    if not found:
        raise UserError(
            f"Данные документа «{row.title}» не изменились.", "Вносить изменения не нужно."
        )
    values = {AMENDMENTS: "\n".join(amendments(found))}
    request = PaperRequest(KIND, row.year, values=values, amends=document_id)
    return build_paper(workspace, request)


def amendments(found: tuple[Difference, ...]) -> list[str]:
    """Return the changes that the order makes, a line per difference.

    A row is named by what it says: its number follows from its place, and where rows come or go
    those below are numbered anew, which the order says once for each table.
    """
    say = sentences("amendments")
    told: list[str] = []
    for place, group in groupby(found, _place):
        listed = list(group)
        told += [_sentence(one, say) for one in listed]
        if any(one.numbered and one.change is not Change.CHANGED for one in listed):
            told.append(_capital(say("rows_numbered", place=place)))
    return told


def _sentence(one: Difference, say: Sentences) -> str:
    what = "row" if one.cells else "text"
    old, new = _quoted(one.old), _quoted(one.new)
    return _capital(say(f"{what}_{_KEYS[one.change]}", place=_place(one), old=old, new=new))


def _place(one: Difference) -> str:
    return f"{inside(one.annex)}, {one.place}" if one.annex else one.place


def _quoted(text: str) -> str:
    """Return a text as it stands between quotation marks: on one line, without its last stop.

    The stop of an initial or of a short word («2026 г.») belongs to the word and stays.
    """
    line = " ".join(text.split())
    return line if _SHORT_AT_END.search(line) else line.removesuffix(".")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
