"""Everything stored that a text of a programme or an order can be compared with."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.models.enums import DocumentStatus
from app.models.papers import Document
from app.services import settings
from app.services.cases import Case, normal_forms, organisation_in
from app.services.documents.claims.acts import Issuer, Paper
from app.services.documents.claims.check import Knowledge
from app.services.documents.claims.district_figures import district_figures
from app.services.documents.claims.programme_figures import indicator_titles, programme_figures
from app.services.documents.claims.result_figures import result_figures, subject_phrases
from app.services.documents.claims.tokens import Kind, tokens
from app.services.documents.content.order_list import KIND as ORDER
from app.services.documents.papers.library import papers
from app.services.documents.texts import sentences
from app.services.workspace import Workspace


def gather_knowledge(
    workspace: Workspace, year: int, programme_id: int | None, named: frozenset[int]
) -> Knowledge:
    """Return what the tables say, for texts that name the years ``named``.

    ``year`` is that of the paper or the first of the programme: what the register says now is of
    that year.
    """
    known = [*district_figures(workspace, year, named), *result_figures(workspace)]
    if programme_id is not None:
        known += programme_figures(workspace, programme_id)
    details = settings.office(workspace)
    return Knowledge(
        known=tuple(known),
        titles=indicator_titles(workspace, programme_id) if programme_id is not None else (),
        subjects=subject_phrases(known),
        names=_district_words(details) if details else frozenset(),
        papers=_papers(workspace),
        office=_issuer(details) if details else Issuer(),
    )


def _district_words(details: settings.OfficeDetails) -> frozenset[str]:
    """Return the proper names in the name of the office: «Лукоморский» of its district."""
    return _proper(f"{details.full_name} {details.parent_name}")


def _issuer(details: settings.OfficeDetails) -> Issuer:
    """Return the office as acts name it; places are read from its requisites."""
    where = (details.full_name, details.parent_name, details.place, details.address)
    return Issuer(tuple(_office_names(details)), _proper(" ".join(where)))


def _proper(text: str) -> frozenset[str]:
    """Return the forms of the proper names in a text; its first word is none."""
    words = [one.text for one in tokens(text) if one.kind is Kind.WORD]
    proper = (word for word in words[1:] if word.istitle() and len(word) > 1)
    return frozenset(form for word in proper for form in normal_forms(word))


def _office_names(details: settings.OfficeDetails) -> Iterator[str]:
    """Return the names of the office in the cases in which acts name their issuer."""
    for name in {details.full_name, details.short_name} - {""}:
        yield name
        for case in (Case.GENITIVE, Case.INSTRUMENTAL):
            yield organisation_in(name, case) or name


def _papers(workspace: Workspace) -> tuple[Paper, ...]:
    """Return the papers of the register that have a number and a date, newest first."""
    query = (
        select(Document.title, Document.number, Document.date, Document.kind)
        .where(
            Document.number != "",
            Document.date.is_not(None),
            Document.status.in_((DocumentStatus.REGISTERED, DocumentStatus.SIGNED)),
        )
        .order_by(Document.id.desc())
    )
    with workspace.database.read() as session:
        found = session.execute(query).all()
    return tuple(
        Paper(title, number, day, _word(kind)) for title, number, day, kind in found if day
    )


def _word(kind: str) -> str:
    """Return what a paper of a kind is called in its head: «приказ»; empty where it is nothing."""
    if kind == ORDER:
        return sentences(ORDER)("document").casefold()
    spec = papers().get(kind)
    return spec.word.casefold() if spec else ""
