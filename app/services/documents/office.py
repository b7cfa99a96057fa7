"""The requisites of the office as documents print them."""

from __future__ import annotations

from app.services.documents.content.facts import OfficeFacts
from app.services.documents.language import typeset
from app.services.settings import OfficeDetails


def office_facts(details: OfficeDetails, genitive: str = "") -> OfficeFacts:
    """Return the facts of the office; ``genitive`` is its name as the stamps need it."""
    return OfficeFacts(
        name=details.full_name,
        genitive=genitive,
        place=details.place,
        head_post=details.head_post,
        head_name=details.head_name,
        parent=details.parent_name,
        executor_name=details.executor_name,
        executor_phone=details.executor_phone,
        emblem=details.emblem,
        contacts=_contacts(details),
    )


def _contacts(details: OfficeDetails) -> tuple[str, ...]:
    """Return the lines of requisite 08 that are filled in."""
    reach = [details.address, f"тел. {details.phones}" if details.phones else ""]
    reach += [f"e-mail: {details.email}" if details.email else "", details.site]
    codes = {"ОКПО": details.okpo, "ОГРН": details.ogrn, "ИНН": details.inn, "КПП": details.kpp}
    lines = (
        ", ".join(part for part in reach if part),
        ", ".join(f"{name} {code}" for name, code in codes.items() if code),
    )
    return tuple(typeset(line) for line in lines if line)
