"""Requisites of the office for its papers: reading, checking, storing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select

from app.errors import UserError
from app.models.office import Office
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.settings.codes import code_remarks
from app.services.settings.emblem import emblem_problem
from app.services.workspace import Workspace

_ROW = 1
_REQUIRED = {
    "full_name": "полное наименование учреждения",
    "short_name": "краткое наименование учреждения",
    "place": "место издания документов",
    "head_post": "должность руководителя",
    "head_name": "фамилию, имя и отчество руководителя",
}
_SPACES = re.compile(r"\s+")
_MIN_PHONE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class OfficeDetails:
    """Requisites as documents print them, see ``models.office.Office``."""

    full_name: str
    short_name: str
    place: str
    head_post: str
    head_name: str
    """Surname, name and patronymic in full, nominative."""
    parent_name: str = ""
    """The administration above the office; may be empty."""
    executor_name: str = ""
    executor_phone: str = ""
    emblem: bytes | None = None
    """PNG or JPEG."""
    address: str = ""
    phones: str = ""
    email: str = ""
    site: str = ""
    okpo: str = ""
    ogrn: str = ""
    inn: str = ""
    kpp: str = ""


class OfficeError(UserError):
    """Requisites that cannot be stored; ``problems`` has a Russian sentence per field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()), "Исправьте отмеченные поля и повторите.")
        self.problems = problems


def office(workspace: Workspace) -> OfficeDetails | None:
    """Return the stored requisites; None before the first-run form was filled in."""
    with workspace.database.read() as session:
        stored = session.scalar(select(Office).where(Office.id == _ROW))
        if stored is None:
            return None
        names = OfficeDetails.__dataclass_fields__
        return OfficeDetails(**{name: getattr(stored, name) for name in names})


def save_office(workspace: Workspace, details: OfficeDetails) -> ChangeSet:
    """Store the requisites, spaces tidied; OfficeError names every field that is wrong."""
    tidy = _tidy(details)
    problems = _problems(tidy)
    if problems:
        raise OfficeError(problems)
    before = office(workspace)
    if tidy == before:
        return ChangeSet()
    with workspace.database.write() as session, Action(session, "данные учреждения") as action:
        if before is None:
            action.insert(Office, {"id": _ROW, **asdict(tidy)})
        else:
            action.update(Office, _ROW, asdict(tidy))
        return action.changes


def office_remarks(details: OfficeDetails) -> Mapping[str, str]:
    """Return by field what looks mistyped, each a Russian sentence; it is stored all the same.

    Control digits tell a slip of the finger from a code; what the office's papers say comes first.
    """
    tidy = _tidy(details)
    return code_remarks(
        inn=tidy.inn, kpp=tidy.kpp, ogrn=tidy.ogrn, okpo=tidy.okpo, email=tidy.email
    )


def _tidy(details: OfficeDetails) -> OfficeDetails:
    texts: dict[str, Any] = {
        name: _SPACES.sub(" ", value).strip()
        for name, value in asdict(details).items()
        if isinstance(value, str)
    }
    return replace(details, **texts)


def _problems(details: OfficeDetails) -> dict[str, str]:
    found = {
        field: f"Укажите {title}."
        for field, title in _REQUIRED.items()
        if not getattr(details, field)
    }
    found |= _too_long(details)
    checks = {
        "head_name": _name_problem("руководителя", details.head_name),
        "executor_name": _name_problem("исполнителя", details.executor_name),
        "executor_phone": _phone_problem(details.executor_phone),
        "emblem": emblem_problem(details.emblem),
    }
    return {field: text for field, text in checks.items() if text} | found


def _too_long(details: OfficeDetails) -> dict[str, str]:
    found = {}
    for column in Office.__table__.columns:
        value = getattr(details, column.name, None)
        limit = getattr(column.type, "length", None)
        if isinstance(value, str) and limit and len(value) > limit:
            found[column.name] = f"Слишком длинный текст: «{value[:40]}…», не более {limit} знаков."
    return found


def _name_problem(whose: str, name: str) -> str | None:
    """A name is needed in full: initials cannot be put into another case."""
    words = name.replace("-", " ").split()
    full = len(words) >= 2 and all(word.isalpha() and len(word) > 1 for word in words)
    if not name or full:
        return None
    return f"Укажите фамилию, имя и отчество {whose} полностью, без инициалов: «{name}»."


def _phone_problem(phone: str) -> str | None:
    if not phone or sum(sign.isdigit() for sign in phone) >= _MIN_PHONE_DIGITS:
        return None
    return f"В телефоне исполнителя слишком мало цифр: «{phone}»."
