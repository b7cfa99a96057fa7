"""Building the document of a programme from what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.errors import UserError
from app.models.enums import ProgrammeKind
from app.models.programmes import Programme
from app.services import settings
from app.services.documents import blanks
from app.services.documents.blocks import (
    ApprovalStamp,
    Block,
    Content,
    Meta,
    Paragraph,
    Role,
    Run,
    Title,
)
from app.services.documents.cases import organisation_genitive
from app.services.documents.language import Agreement, approved, date_in_words, typeset
from app.services.documents.office_words import in_office_words
from app.services.documents.programme.building import TitleFacts, build
from app.services.documents.programme.gathering import gather
from app.services.documents.programme.keeping import KeptFacts
from app.services.documents.programme.outline import printed_outline
from app.services.documents.programme.types import OutlineBlock, ProgrammeDraft
from app.services.documents.texts import Sentences, sentences
from app.services.workspace import Workspace

KIND = "programme"
_AGREEMENT = {
    ProgrammeKind.PROGRAMME: Agreement.FEMININE,
    ProgrammeKind.SUBPROGRAMME: Agreement.FEMININE,
    ProgrammeKind.ROADMAP: Agreement.FEMININE,
    ProgrammeKind.PLAN: Agreement.MASCULINE,
}


@in_office_words
def build_programme(
    workspace: Workspace,
    programme_id: int,
    profile: str | None = None,
    kept: KeptFacts | None = None,
) -> ProgrammeDraft:
    """Return the whole programme by its outline; without one, by the preset of its kind.

    ``kept`` are facts that were read before and still hold.  UserError when the requisites of the
    office are missing or the programme is gone.
    """
    details = settings.office(workspace)
    if details is None:
        raise UserError(
            "Не заполнены реквизиты учреждения, без них программу не напечатать.",
            "Заполните их в окне («Файл», «Реквизиты учреждения…») или командой office.",
        )
    programme, outline = _stored(workspace, programme_id)
    say = sentences(KIND)
    facts = (kept or KeptFacts(workspace, programme_id)).facts(_wanted(outline))
    front = TitleFacts(_title_lines(programme, say), f"{details.place}, {_year(programme)}")
    built = build(outline, facts, front)
    head = _head(programme, details, say, built.blocks)
    blocks: tuple[Block, ...] = (*head, *built.blocks)
    return ProgrammeDraft(
        Content(
            title=typeset(programme.title),
            kind=KIND,
            profile=profile or str(settings.get(workspace, settings.DOCUMENT_STANDARD)),
            blocks=blocks,
            meta=Meta(typeset(details.full_name), programme.first_year),
            long_storage=True,
        ),
        tuple(built.empty),
        {block_id: place + len(head) for block_id, place in built.places.items()},
        built.numbers,
        outline,
        facts.texts,
        {key: one.title for key, one in facts.roadmaps.items()},
    )


@in_office_words
def programme_blocks(workspace: Workspace, programme_id: int, top_level: int) -> tuple[Block, ...]:
    """Return the programme as part of another document: without stamp, title sheet and contents."""
    programme, outline = _stored(workspace, programme_id)
    inner = tuple(block for block in outline if block.kind not in ("title", "contents"))
    facts = gather(workspace, programme_id, _wanted(inner))
    front = TitleFacts((programme.title,), "")
    return tuple(build(inner, facts, front, top_level).blocks)


def newest_programme(workspace: Workspace, year: int | None = None) -> int:
    """Return the programme in force in a year, or the latest; UserError when there is none."""
    query = select(Programme.id).order_by(Programme.last_year.desc(), Programme.id.desc())
    if year is not None:
        query = query.where(Programme.first_year <= year, Programme.last_year >= year)
    with workspace.database.read() as session:
        found = session.scalars(query.limit(1)).first()
    if found is None:
        raise UserError(
            "В базе нет ни одной программы." if year is None else f"Нет программы на {year} год.",
            "Создайте программу или загрузите её таблицы из файла Word или Excel.",
        )
    return found


def _stored(workspace: Workspace, programme_id: int) -> tuple[Programme, tuple[OutlineBlock, ...]]:
    with workspace.database.read() as session:
        programme = session.get(Programme, programme_id)
        if programme is None:
            raise UserError("Такой программы больше нет.", "Обновите список программ.")
        outline = printed_outline(session, programme)
        session.expunge(programme)
    return programme, outline


def _wanted(outline: tuple[OutlineBlock, ...]) -> set[str]:
    """Return the keys of tables, pictures and texts that the outline asks for."""
    wanted: set[str] = set()
    for block in outline:
        if block.included:
            wanted |= {
                str(block.body[key]) for key in ("table", "chart", "auto") if key in block.body
            }
            wanted |= _wanted(block.blocks)
    return wanted


def _head(
    programme: Programme, details: settings.OfficeDetails, say: Sentences, body: Sequence[Block]
) -> tuple[Block, ...]:
    """Return the stamp, and the name of the programme where no title sheet says it."""
    stamp = ApprovalStamp(_stamp(programme, details, say))
    if any(isinstance(block, Title) for block in body):
        return (stamp,)
    names = (typeset(line) for line in _title_lines(programme, say))
    return (stamp, *(Paragraph((Run(name, bold=True),), Role.CENTER) for name in names))


def _title_lines(programme: Programme, say: Sentences) -> tuple[str, ...]:
    """Return the kind in capitals, the title and the years, none of them said twice."""
    years = say("years", first=str(programme.first_year), last=str(programme.last_year))
    kind, title = programme.kind.value, programme.title.strip()
    for opening in (kind, kind.split()[-1]):
        if title.casefold().startswith(f"{opening} "):
            # The kind goes on into the title: «МУНИЦИПАЛЬНАЯ ПРОГРАММА», «поддержки школ…».
            title = title[len(opening) :].strip()
    period = () if str(programme.last_year) in title else (years,)
    return (kind.upper(), title, *period)


def _year(programme: Programme) -> str:
    day = _approval_day(programme)
    return str(day.year if day else programme.first_year)


def _approval_day(programme: Programme) -> date | None:
    written = programme.approval.get("date")
    return date.fromisoformat(written) if written else None


def _stamp(
    programme: Programme, details: settings.OfficeDetails, say: Sentences
) -> tuple[str, ...]:
    """Return «УТВЕРЖДЕНА приказом … от … № …»; what is not known is a blank to fill by hand."""
    approval = programme.approval
    by = approval.get("by") or organisation_genitive(details.full_name) or details.full_name
    day = _approval_day(programme)
    shown = date_in_words(day) if day else blanks.DATE
    document = approval.get("document") or "приказ"
    number = approval.get("number") or blanks.NUMBER
    lines = (
        approved(_AGREEMENT[programme.kind]),
        _stamp_line(document, by, say),
        say("date_number", date=shown, number=number),
    )
    return tuple(typeset(line) for line in lines)


def _stamp_line(document: str, by: str, say: Sentences) -> str:
    """Return «приказом …»; the document may be named in either case, or be one of nobody's list."""
    for key, text in say.templates.items():
        named = key == f"stamp_{document}" or text.startswith(f"{document} ")
        if key.startswith("stamp_") and named:
            return say(key, organisation=by)
    return f"{document} {by}"
