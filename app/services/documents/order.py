"""Building the order about schools with low results from the stored data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.errors import UserError
from app.models.enums import Category, SchoolStatus
from app.services import settings
from app.services.documents.cases import (
    organisation_genitive,
    person_accusative,
    post_accusative,
)
from app.services.documents.content.facts import ListedSchool
from app.services.documents.content.order_list import KIND, OrderFacts, order_content
from app.services.documents.content.rule import not_printed
from app.services.documents.language import inside, surname_first, typeset
from app.services.documents.office import office_facts
from app.services.documents.office_words import in_office_words
from app.services.documents.own_texts.catalogue import sentence_key
from app.services.documents.own_texts.tags import tidy
from app.services.documents.texts import sentences
from app.services.documents.types import OrderDraft, OrderRequest, Person
from app.services.documents.wording import category_word, in_force, in_terms, terms, using
from app.services.methodology import Classification, RuleSet, SchoolVerdict, classify
from app.services.results import years
from app.services.russian import counted
from app.services.workspace import Workspace

_SCHOOLS = ("школа", "школы", "школ")


@dataclass
class _Remarks:
    """What a person should know before signing; collected while the order is made."""

    warnings: list[str] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)


@in_office_words
def build_order(workspace: Workspace, request: OrderRequest) -> OrderDraft:
    """Return the order of the request's year with what to check before it is signed.

    Listed are the schools whose category in force (decided, else computed) is ШНОР.  UserError
    when the requisites are not filled in or no school belongs to the list.
    """
    details = settings.office(workspace)
    if details is None:
        raise UserError(
            "Не заполнены реквизиты учреждения, без них приказ не составить.",
            "Заполните их в окне («Файл», «Реквизиты учреждения…») или командой office.",
        )
    found = classify(workspace, request.year)
    listed = [school for school in found.schools if school.category.has_shnor]
    if not listed:
        raise _nothing_to_list(found)
    remarks = _Remarks()
    asked = _with_proposals(request, details, remarks)
    if asked.profile is None:
        asked = replace(asked, profile=settings.get(workspace, settings.DOCUMENT_STANDARD))
    risk = found.of(Category.RISK_ZONE) if request.risk_zone else ()
    _remark_on_schools(found, [*listed, *risk], remarks)
    remarks.warnings.extend(not_printed(found.rules.legal_basis))
    _note_blanks(asked, remarks)
    first = _first_year(workspace, found.rules, request.year)
    facts = _facts(asked, details, found, first)
    with using(in_force().saying(_own_sentences(request))):
        content = order_content(facts, sentences(KIND), sentences("rule"))
    return OrderDraft(content, tuple(remarks.warnings), tuple(remarks.blanks), asked)


def _own_sentences(request: OrderRequest) -> dict[str, str]:
    """Return the sentences of this order alone by ``FILE/NAME``; UserError for one it has not."""
    return {
        sentence_key(KIND, name): tidy(text)
        for name, text in request.sentences.items()
        if text.strip()
    }


def _nothing_to_list(found: Classification) -> UserError:
    known = [school for school in found.schools if not school.verdict.no_data]
    if not known:
        return UserError(
            f"За {found.year} год нет результатов, перечень составить не из чего.",
            "Загрузите файлы с результатами или выберите другой год.",
        )
    return UserError(
        f"В {found.year} году ни одна школа не отнесена к ШНОР, утверждать нечего.",
        "Если перечень задан регионом, внесите его решения на странице «Школы».",
    )


def _facts(
    asked: OrderRequest, details: settings.OfficeDetails, found: Classification, first_year: int
) -> OrderFacts:
    risk = found.of(Category.RISK_ZONE)
    return OrderFacts(
        office=office_facts(details, asked.office_genitive),
        year=asked.year,
        first_year=first_year,
        last_year=asked.year,
        schools=tuple(_listed(s, asked) for s in found.schools if s.category.has_shnor),
        rules=found.rules,
        profile=str(asked.profile),
        number=asked.number.strip(),
        deadline=asked.deadline,
        coordinator=asked.coordinator.accusative,
        controller=asked.controller.accusative,
        risk_zone=tuple(_listed(s, asked) for s in risk) if asked.risk_zone and risk else None,
        long_storage=asked.long_storage,
        date=asked.date,
        terms={short: in_terms(short) for term in terms() for short in term.shorts},
    )


def _listed(school: SchoolVerdict, asked: OrderRequest) -> ListedSchool:
    name = school.full_name if asked.full_names and school.full_name else school.school
    return ListedSchool(name, category_word(school.category), school.reason_in(in_terms))


def _first_year(workspace: Workspace, rules: RuleSet, year: int) -> int:
    """Return the earliest year whose results are really there and that the rules looked at."""
    earliest = year - (rules.rule_b_years or 1) + 1
    return min((held for held in years(workspace) if earliest <= held <= year), default=year)


def _with_proposals(
    request: OrderRequest, details: settings.OfficeDetails, remarks: _Remarks
) -> OrderRequest:
    """Fill in the cases that the request leaves to us; what is not certain is remarked on."""
    genitive = request.office_genitive or organisation_genitive(typeset(details.full_name))
    if not genitive:
        genitive = details.full_name
        remarks.warnings.append(
            f"Наименование «{genitive}» в грифе утверждения не поставлено в родительный падеж: "
            "проверьте и задайте его сами."
        )
    return replace(
        request,
        office_genitive=genitive,
        coordinator=_in_accusative(request.coordinator, remarks),
        controller=_in_accusative(request.controller, remarks),
    )


def _in_accusative(person: Person, remarks: _Remarks) -> Person:
    if person.accusative or not person.name:
        return person
    post = post_accusative(person.post) if person.post else ""
    name = person_accusative(person.name)
    if post is None or name is None:
        remarks.warnings.append(
            f"«{person.post} {person.name}»".replace("« ", "«")
            + " в тексте приказа стоит в именительном падеже: проверьте и задайте винительный."
        )
    shown = (inside(post or person.post), surname_first(name or person.name))
    return replace(person, accusative=" ".join(part for part in shown if part))


def _remark_on_schools(
    found: Classification, listed: list[SchoolVerdict], remarks: _Remarks
) -> None:
    waiting = [school for school in listed if school.decision is None]
    if waiting:
        remarks.warnings.append(
            f"Не подтверждены решением {len(waiting)} из {len(listed)}, "
            f"в перечне они стоят по расчёту: {_names(waiting)}."
        )
    changed = [school for school in listed if school.changed or school.disagreement]
    if changed:
        remarks.warnings.append(f"Решение расходится с нынешним расчётом: {_names(changed)}.")
    inactive = [school for school in listed if school.status is not SchoolStatus.ACTIVE]
    if inactive:
        remarks.warnings.append(f"В реестре не значатся действующими: {_names(inactive)}.")
    silent = [s for s in found.schools if s.verdict.no_data and s.status is SchoolStatus.ACTIVE]
    if silent:
        schools = counted(len(silent), *_SCHOOLS)
        remarks.warnings.append(
            f"За {found.year} год нет учитываемых результатов ({schools}): {_names(silent)}."
        )


def _names(schools: list[SchoolVerdict]) -> str:
    return ", ".join(school.school for school in schools)


def _note_blanks(asked: OrderRequest, remarks: _Remarks) -> None:
    given = {
        "дата приказа": asked.date,
        "номер приказа": asked.number.strip(),
        "срок для руководителей": asked.deadline,
        "муниципальный координатор": asked.coordinator.accusative,
    }
    remarks.blanks.extend(title for title, value in given.items() if not value)
