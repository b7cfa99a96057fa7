"""What the data say for the tags of one document; only the tags that a template holds are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from app.errors import UserError
from app.models.enums import SchoolStatus
from app.services import settings
from app.services.documents.blocks import (
    Addressee,
    Align,
    Annex,
    ApprovalStamp,
    Block,
    Column,
    Content,
    Contents,
    DocumentName,
    Heading,
    Letterhead,
    NewPage,
    Paragraph,
    Registration,
    Role,
    Run,
    Signature,
    Table,
    Title,
)
from app.services.documents.cases import (
    organisation_genitive,
    person_accusative,
    person_dative,
    post_accusative,
)
from app.services.documents.language import (
    date_in_words,
    initials,
    inside,
    surname_first,
    typeset,
    typeset_lines,
)
from app.services.documents.own_templates.tags import field_word, words
from app.services.documents.own_templates.types import Values
from app.services.documents.papers import build_paper
from app.services.documents.papers.library import papers
from app.services.documents.papers.sources import Sources
from app.services.documents.papers.types import Field, FieldKind, PaperRequest
from app.services.documents.requests import Request, build
from app.services.documents.types import OrderRequest, ProgrammeRequest
from app.services.programmes import programme
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_HEAD = (Letterhead, DocumentName, Registration, Addressee, ApprovalStamp, Title, Contents)
"""What a template has of its own: it stays out of the text of the document."""
_OWN_ROLES = (Role.PLACE, Role.EXECUTOR)


def gather(workspace: Workspace, request: Request, wanted: Iterable[str]) -> Values:
    """Return the values of the wanted tags, by their words.

    UserError where the document itself cannot be made yet: no requisites, no school chosen.
    """
    request, content = _made(workspace, request)
    asked = set(wanted)
    plain = {
        **_office(workspace),
        **_document(content),
        **_fields(request),
        **_school(workspace, request),
        **_programme(workspace, request),
    }
    blocks = {
        word: make() for word, make in _blocks(workspace, request, content).items() if word in asked
    }
    texts = {word: text for word, text in plain.items() if word in asked}
    return Values(texts, blocks, content.profile, content.long_storage)


def _made(workspace: Workspace, request: Request) -> tuple[Request, Content]:
    """Return the document and its request with what was left open chosen."""
    if isinstance(request, PaperRequest):
        draft = build_paper(workspace, request)
        return draft.request, draft.content
    return request, build(workspace, request)


def _office(workspace: Workspace) -> Mapping[str, str]:
    details = settings.office(workspace)
    if details is None:
        raise UserError(
            "Не заполнены реквизиты учреждения, без них документ не составить.",
            "Заполните их в окне («Файл», «Реквизиты учреждения…») или командой office.",
        )
    made = {
        "genitive": organisation_genitive(typeset(details.full_name)) or details.full_name,
        "head_initials": initials(details.head_name),
        "executor_name": initials(details.executor_name) if details.executor_name else "",
    }
    return {
        word: typeset(made[key] if key in made else str(getattr(details, key)))
        for key, word in words("office").items()
    }


def _document(content: Content) -> Mapping[str, str]:
    meta = content.meta
    known = {
        "title": content.title,
        "year": str(meta.year),
        "number": meta.number,
        "date": date_in_words(meta.date) if meta.date else "",
        "today": date_in_words(date.today()),  # noqa: DTZ011 - the day on the wall
    }
    return {word: known[key] for key, word in words("document").items()}


def _fields(request: Request) -> Mapping[str, str]:
    if not isinstance(request, PaperRequest):
        return {}
    spec = papers()[request.kind]
    return {
        field_word(one.title): _field(one, request.values.get(one.key, "").strip())
        for one in spec.fields
    }


def _field(one: Field, text: str) -> str:
    match one.kind:
        case _ if not text:
            return ""
        case FieldKind.DATE:
            return date_in_words(date.fromisoformat(text))
        case FieldKind.PERSON:
            return _person(text)
        case _:
            return typeset_lines(text)


def _person(text: str) -> str:
    """Return «должность; фамилия имя отчество» as papers name the person, in the accusative."""
    post, _, name = (part.strip() for part in text.rpartition(";"))
    shown = (
        inside(post_accusative(post) or post) if post else "",
        surname_first(person_accusative(name) or name),
    )
    return " ".join(part for part in shown if part)


def _school(workspace: Workspace, request: Request) -> Mapping[str, str]:
    chosen = request.school_id if isinstance(request, PaperRequest) else None
    if chosen is None:
        return {}
    row = next((one for one in list_schools(workspace) if one.id == chosen), None)
    if row is None:
        raise UserError("Такой школы больше нет.", "Выберите школу, для которой документ.")
    known = _of_school(row)
    return {word: typeset(known[key]) for key, word in words("school").items()}


def _of_school(row: SchoolRow) -> Mapping[str, str]:
    director = row.director or ""
    dative = person_dative(director) if director else None
    return {
        "full_name": row.full_name or row.short_name,
        "short_name": row.short_name,
        "settlement": row.settlement or "",
        "director": director,
        "director_initials": initials(director) if director else "",
        "director_dative": surname_first(dative) if dative else "",
        "pupils": "" if row.pupils is None else str(row.pupils),
        "code": row.fisoko or "",
    }


def _programme(workspace: Workspace, request: Request) -> Mapping[str, str]:
    chosen = None if isinstance(request, OrderRequest) else request.programme_id
    if chosen is None:
        return {}
    found = programme(workspace, chosen)
    known = {
        "title": found.title,
        "first_year": str(found.first_year),
        "last_year": str(found.last_year),
    }
    return {word: typeset(known[key]) for key, word in words("programme").items()}


def _blocks(
    workspace: Workspace, request: Request, content: Content
) -> Mapping[str, Callable[[], tuple[Block, ...]]]:
    """Return what makes each block; nothing is read for a tag that no template holds."""
    whole = words("whole")
    made: dict[str, Callable[[], tuple[Block, ...]]] = {
        whole["body"]: partial(_body, content),
        whole["annexes"]: partial(_annexes, content),
    }
    sources = Sources(workspace, _as_paper(request, content))
    for group in ("year", "programme", "school"):
        for key, word in words("tables", group).items():
            made[word] = partial(sources.blocks, key)
    made[words("tables", "year")["register"]] = partial(_register, workspace)
    return made


def _as_paper(request: Request, content: Content) -> PaperRequest:
    if isinstance(request, PaperRequest):
        return request
    chosen = request.programme_id if isinstance(request, ProgrammeRequest) else None
    return PaperRequest("", content.meta.year, programme_id=chosen)


def _body(content: Content) -> tuple[Block, ...]:
    """Return the text without what stands over it, the closing, and the annexes."""
    made: list[Block] = []
    titled = any(isinstance(one, DocumentName | Registration) for one in content.blocks)
    for block in content.blocks:
        if isinstance(block, Annex):
            break
        if isinstance(block, (*_HEAD, Signature)):
            continue
        if isinstance(block, Paragraph) and block.role in _OWN_ROLES:
            continue
        if isinstance(block, Heading) and titled and not made:
            titled = False
            continue
        made.append(block)
    return tuple(made)


def _annexes(content: Content) -> tuple[Block, ...]:
    first = next(
        (index for index, one in enumerate(content.blocks) if isinstance(one, Annex)), None
    )
    if first is None:
        # A paper without annexes is whole: its tag leaves an empty line, not a gap to fill.
        return (Paragraph((Run(""),)),)
    return tuple(one for one in content.blocks[first:] if not isinstance(one, NewPage))


def _register(workspace: Workspace) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(number),
            typeset(one.full_name or one.short_name),
            typeset(one.settlement or ""),
            initials(one.director) if one.director else "",
            "" if one.pupils is None else str(one.pupils),
        )
        for number, one in enumerate(
            (one for one in list_schools(workspace) if one.status is SchoolStatus.ACTIVE), start=1
        )
    )
    columns = (
        Column("№", 6.0, Align.CENTER),
        Column("Общеобразовательная организация", 40.0),
        Column("Населённый пункт", 20.0),
        Column("Директор", 20.0),
        Column("Обучающихся", 14.0, Align.CENTER),
    )
    return (Table(columns, rows),) if rows else ()
