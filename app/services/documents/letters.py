"""Building letters to schools from the requisites of the office and what others found out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.errors import UserError
from app.services import settings
from app.services.documents.cases import person_dative
from app.services.documents.content.letter import (
    REMINDER,
    RETURN,
    Fault,
    LetterFacts,
    Owed,
    reminder_content,
    return_content,
)
from app.services.documents.language import surname_first
from app.services.documents.office import office_facts
from app.services.documents.office_words import in_office_words
from app.services.documents.texts import sentences
from app.services.documents.types import Letter, Recipient
from app.services.workspace import Workspace

_BLANKS = ("дата письма", "номер письма")


@in_office_words
def reminder_letter(
    workspace: Workspace,
    year: int,
    owed: Sequence[Owed],
    to: Recipient | None,
    deadline: date | None,
    today: date,
) -> Letter:
    """Return the letter to a school that owes something; ``to`` None writes to all heads.

    UserError when the requisites of the office are not filled in.
    """
    facts, warnings = _facts(workspace, year, to, deadline)
    content = reminder_content(facts, tuple(owed), today, sentences(REMINDER))
    return Letter(content, warnings, _blanks(deadline))


@in_office_words
def return_letter(
    workspace: Workspace,
    file: str,
    faults: Sequence[Fault],
    to: Recipient,
    deadline: date | None,
    today: date,
    no_copy: str = "",
) -> Letter:
    """Return the letter that goes with a file sent back; ``no_copy`` says why it goes alone.

    UserError when the requisites of the office are not filled in.
    """
    facts, warnings = _facts(workspace, today.year, to, deadline)
    content = return_content(facts, file, tuple(faults), no_copy, sentences(RETURN))
    return Letter(content, warnings, _blanks(deadline))


def _facts(
    workspace: Workspace, year: int, to: Recipient | None, deadline: date | None
) -> tuple[LetterFacts, tuple[str, ...]]:
    details = settings.office(workspace)
    if details is None:
        raise UserError(
            "Не заполнены реквизиты учреждения, без них письмо не составить.",
            "Заполните их в окне («Файл», «Реквизиты учреждения…») или командой office.",
        )
    lines, warnings = _address(to)
    profile = str(settings.get(workspace, settings.DOCUMENT_STANDARD))
    return LetterFacts(office_facts(details), year, profile, lines, deadline), warnings


def _address(to: Recipient | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of the addressee, the director in the dative where that is certain."""
    if to is None:
        return (), ()
    if not to.director:
        return (to.school,), ()
    dative = person_dative(to.director)
    if dative is None:
        return (to.school,), (
            f"Директор школы «{to.school}» в адресе не назван: «{to.director}» не удалось "
            "поставить в дательный падеж.",
        )
    return (to.school, surname_first(dative)), ()


def _blanks(deadline: date | None) -> tuple[str, ...]:
    return _BLANKS if deadline else (*_BLANKS, "срок для школы")
