"""Building a paper of a kind that is described by data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.errors import UserError
from app.models.enums import ProgrammeKind
from app.services import settings
from app.services.documents import blanks
from app.services.documents.blocks import Block
from app.services.documents.cases import (
    organisation_genitive,
    person_accusative,
    person_dative,
    post_accusative,
)
from app.services.documents.content.facts import OfficeFacts
from app.services.documents.language import date_in_words, inside, surname_first, typeset
from app.services.documents.office import office_facts
from app.services.documents.office_words import in_office_words
from app.services.documents.papers.amended import DOCUMENT, amended_name, told_of_amended
from app.services.documents.papers.content import PaperFacts, paper_content
from app.services.documents.papers.filling import Filler
from app.services.documents.papers.library import papers, worded
from app.services.documents.papers.sources import Sources
from app.services.documents.papers.spoken import spoken
from app.services.documents.papers.types import (
    Field,
    FieldKind,
    Form,
    Item,
    Need,
    PaperDraft,
    PaperRequest,
    PaperSpec,
)
from app.services.documents.papers.words import naming_words
from app.services.documents.programme.service import newest_programme
from app.services.programmes import programme
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_LINES = {
    FieldKind.TEXT: blanks.TEXT,
    FieldKind.LINES: blanks.TEXT,
    FieldKind.DATE: blanks.DATE,
    FieldKind.PERSON: blanks.PERSON,
}


@dataclass
class _Remarks:
    """What a person should know before signing; collected while the paper is made."""

    warnings: list[str] = field(default_factory=list)


@in_office_words
def build_paper(workspace: Workspace, request: PaperRequest) -> PaperDraft:
    """Return a paper of the request's kind with what to check before it is signed.

    UserError when the requisites of the office are missing or what the kind needs is not chosen.
    """
    details = settings.office(workspace)
    if details is None:
        raise UserError(
            "Не заполнены реквизиты учреждения, без них документ не составить.",
            "Заполните их в окне («Файл», «Реквизиты учреждения…») или командой office.",
        )
    spec = worded(request)
    asked = _complete(workspace, spec, request)
    school = _school(workspace, asked) if Need.SCHOOL in spec.needs else None
    remarks = _Remarks()
    values, titles, lines = _values(workspace, spec, asked, details, school, remarks)
    named = values.get(Need.PROGRAMME.value, "")
    fill = Filler(spec.name, values, titles, lines, named, _unsaid(spec, values, remarks))
    facts = PaperFacts(
        office=_office(details, remarks),
        year=asked.year,
        profile=str(asked.profile),
        sources=_sources(workspace, spec, asked, remarks),
        lines=_line_fields(spec, asked),
        parties=_parties(spec, details, school),
        addressee=_addressee(school),
        number=asked.number.strip(),
        date=asked.date,
    )
    content = paper_content(spec, facts, fill)
    left_open = (*_requisites(spec, asked), *fill.blanks)
    return PaperDraft(content, tuple(remarks.warnings), left_open, asked)


def _complete(workspace: Workspace, spec: PaperSpec, request: PaperRequest) -> PaperRequest:
    """Choose what the request left open and only one answer is natural for."""
    profile = request.profile or str(settings.get(workspace, settings.DOCUMENT_STANDARD))
    asked = replace(request, profile=profile)
    if Need.PROGRAMME in spec.needs and asked.programme_id is None:
        return replace(asked, programme_id=newest_programme(workspace))
    return asked


def _school(workspace: Workspace, asked: PaperRequest) -> SchoolRow:
    found = next((one for one in list_schools(workspace) if one.id == asked.school_id), None)
    if found is None:
        raise UserError("Не выбрана школа.", "Выберите школу, для которой документ.")
    return found


def _values(
    workspace: Workspace,
    spec: PaperSpec,
    asked: PaperRequest,
    details: settings.OfficeDetails,
    school: SchoolRow | None,
    remarks: _Remarks,
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Return the texts of the tags, the Russian titles of the fields, and their blanks."""
    values = {
        "year": str(asked.year),
        "next_year": str(asked.year + 1),
        "office": details.full_name,
        "annex": "приложение" if len(spec.annexes) == 1 else "приложение № 1",
        "annex2": "приложение № 2",
        "school": school.full_name or school.short_name if school else "",
        **(_programme(workspace, asked) if Need.PROGRAMME in spec.needs else {}),
    }
    for one in spec.fields:
        values[one.key] = _field_text(one, asked.values.get(one.key, ""), remarks)
    if Need.DOCUMENT in spec.needs and asked.amends is not None:
        values[DOCUMENT] = amended_name(workspace, asked.amends)
        remarks.warnings.extend(told_of_amended(workspace, spec, asked.amends))
    titles = {one.key: one.title for one in spec.fields}
    lines = {one.key: _LINES[one.kind] for one in spec.fields}
    return values, titles, lines


def _programme(workspace: Workspace, asked: PaperRequest) -> Mapping[str, str]:
    """Return the tags of the programme; a roadmap is one of a programme, or a paper by itself."""
    if asked.programme_id is None:
        return {"programme": "", "roadmap": ""}
    chosen = programme(workspace, asked.programme_id)
    by_itself = chosen.kind in (ProgrammeKind.ROADMAP, ProgrammeKind.PLAN)
    of = "" if by_itself else f"{naming_words().of_programme} "
    return {"programme": chosen.title, "roadmap": f"{of}«{chosen.title}»"}


def _unsaid(spec: PaperSpec, values: Mapping[str, str], remarks: _Remarks) -> Mapping[str, str]:
    """Return the sentences said in place of those that name a field left empty on purpose.

    A sentence that the office or the person wrote is not put aside without a word.
    """
    unsaid = {
        one.key: one.empty.sentence for one in spec.fields if one.empty and not values[one.key]
    }
    ours = {one.name: one.text for one in spoken(papers()[spec.key])}
    for tag, sentence in unsaid.items():
        for one in spoken(spec):
            if f"{{{tag}}}" in one.text and one.text != ours[one.name]:
                remarks.warnings.append(
                    f"Вместо своего предложения «{one.text}» напечатано «{sentence}»: "
                    "в поле никто не назван."
                )
    return unsaid


def _field_text(one: Field, given: str, remarks: _Remarks) -> str:
    text = given.strip()
    if not text:
        return ""
    match one.kind:
        case FieldKind.DATE:
            return date_in_words(_day(one, text))
        case FieldKind.PERSON:
            return _accusative(text, remarks)
        case FieldKind.LINES:
            return "; ".join(line.strip() for line in text.split("\n") if line.strip())
        case FieldKind.TEXT:
            return text


def _day(one: Field, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            f"Поле «{one.title}»: «{text}» не дата.", "Напишите дату как 2026-03-01."
        ) from error


def _accusative(text: str, remarks: _Remarks) -> str:
    """Return «должность; фамилия имя отчество» as the order names the person."""
    post, _, name = (part.strip() for part in text.rpartition(";"))
    shown_post = post_accusative(post) if post else ""
    shown_name = person_accusative(name)
    if shown_post is None or shown_name is None:
        remarks.warnings.append(
            f"«{text}» в тексте стоит в именительном падеже: проверьте и задайте винительный."
        )
    parts = (inside(shown_post or post), surname_first(shown_name or name))
    return " ".join(part for part in parts if part)


def _office(details: settings.OfficeDetails, remarks: _Remarks) -> OfficeFacts:
    genitive = organisation_genitive(typeset(details.full_name))
    if not genitive:
        remarks.warnings.append(
            f"Наименование «{details.full_name}» не поставлено в родительный падеж: проверьте гриф."
        )
    return office_facts(details, genitive or details.full_name)


def _sources(
    workspace: Workspace,
    spec: PaperSpec,
    asked: PaperRequest,
    remarks: _Remarks,
) -> Mapping[str, tuple[Block, ...]]:
    reader = Sources(workspace, asked)
    items = [*spec.body, *(item for annex in spec.annexes for item in annex.items)]
    found = {item.source: reader.blocks(item.source) for item in items if item.source}
    remarks.warnings.extend(reader.remarks)
    for annex in spec.annexes:
        if not any(_prints(item, found) for item in annex.items):
            remarks.warnings.append(
                f"Приложение «{annex.title}» пусто: в базе нет данных для него."
            )
    return found


def _prints(item: Item, found: Mapping[str, tuple[Block, ...]]) -> bool:
    return not item.source or bool(found[item.source])


def _line_fields(spec: PaperSpec, asked: PaperRequest) -> Mapping[str, tuple[str, ...]]:
    return {
        one.key: tuple(line for line in asked.values.get(one.key, "").split("\n") if line.strip())
        for one in spec.fields
        if one.kind is FieldKind.LINES
    }


def _parties(
    spec: PaperSpec, details: settings.OfficeDetails, school: SchoolRow | None
) -> tuple[tuple[str, ...], ...]:
    if spec.form is not Form.CONTRACT:
        return ()
    office = (details.full_name, details.address, details.head_name)
    if school is None:
        return (office,)
    return ((school.full_name or school.short_name, "", school.director or ""),)


def _addressee(school: SchoolRow | None) -> tuple[str, ...]:
    if school is None:
        return ("Руководителям", "общеобразовательных организаций")
    director = person_dative(school.director) if school.director else None
    lines = ("Руководителю", school.short_name)
    return (*lines, surname_first(director)) if director else lines


def _requisites(spec: PaperSpec, asked: PaperRequest) -> list[str]:
    if spec.form is Form.REPORT:
        return []
    left_open = [] if asked.date else ["дата документа"]
    return left_open if asked.number.strip() else [*left_open, "номер документа"]
