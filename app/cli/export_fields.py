"""What ``--set`` and ``--sentence`` say of a paper, and which kinds have such things to be said."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from app.errors import UserError
from app.services.documents import (
    FieldKind,
    Kind,
    Need,
    Person,
    heeds_school,
    paper,
    paper_sentence,
    papers,
    template_kinds,
)

_PROGRAMME, _ROADMAP = "programme", "roadmap"
ORDER = "order"


def refuse_unheeded(kind: Kind, arguments: argparse.Namespace) -> None:
    """UserError for a parameter that the kind would take no notice of."""
    districts = kind.key == _PROGRAMME or (kind.key in papers() and not heeds_school(kind.key))
    if arguments.school and districts:
        raise UserError(f"«{kind.title}» – документ не одной школы.", "Уберите параметр --school.")
    for option, (kinds, why) in _HEEDED.items():
        given = getattr(arguments, option.removeprefix("--"))
        if given and kind.key not in kinds():
            raise UserError(why.format(title=kind.title), f"Уберите параметр {option}.")


def order_fields(given: Iterable[str]) -> Mapping[str, Any]:
    """Return the fields of the order as its request takes them; UserError for a wrong one."""
    pairs = _pairs(given, _ORDER_FIELDS)
    return {key: _ORDER_FIELDS[key](text) for key, text in pairs.items()}


def paper_fields(kind: str, given: Iterable[str]) -> Mapping[str, str]:
    """Return the fields of a paper; a field that the kind has not is refused."""
    kinds = {field.key: field.kind for field in paper(kind).fields}
    pairs = _pairs(given, {"number", "date", *kinds})
    dates = {"date", *(key for key, is_a in kinds.items() if is_a is FieldKind.DATE)}
    return {
        key: day(text).isoformat() if key in dates else text.replace("\\n", "\n")
        for key, text in pairs.items()
    }


def own_sentences(kind: str, given: Iterable[str]) -> Mapping[str, str]:
    """Return the sentences of ``--sentence`` by name, with the keys of their tags; checked."""
    found = {}
    for one in given:
        name, sign, text = one.partition("=")
        if not sign or not text.strip():
            raise UserError(
                f"Предложение «{one}» задано не полностью.", "Пишите так: title=О сотрудничестве."
            )
        found[name.strip()] = paper_sentence(kind, name.strip(), text)
    return found


def day(text: str) -> date:
    """Return the date, written 2026-03-01 or 01.03.2026."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise UserError(f"«{text}» не дата.", "Напишите дату как 2026-03-01 или 01.03.2026.")


def _pairs(given: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in given:
        key, sign, text = one.partition("=")
        if not sign or key not in known:
            raise UserError(
                f"Поля «{key}» у этого документа нет.", f"Есть: {', '.join(sorted(known))}."
            )
        values[key] = text
    return values


def _person(text: str) -> Person:
    """Return «должность; фамилия имя отчество»; without a post, the name alone."""
    post, _, name = (part.strip() for part in text.rpartition(";"))
    return Person(post, name)


def _yes(text: str) -> bool:
    word = text.strip().casefold()
    if word not in ("да", "нет"):
        raise UserError(f"Вместо «{text}» ждём ответ «да» или «нет».", "Исправьте параметр --set.")
    return word == "да"


def _with_sentences() -> tuple[str, ...]:
    return (ORDER, *papers())


def _with_programme() -> tuple[str, ...]:
    by_need = (key for key, spec in papers().items() if Need.PROGRAMME in spec.needs)
    return (_PROGRAMME, *by_need)


def _amending() -> tuple[str, ...]:
    return tuple(key for key, spec in papers().items() if Need.DOCUMENT in spec.needs)


_ORDER_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "number": str.strip,
    "date": day,
    "deadline": day,
    "coordinator": _person,
    "controller": _person,
    "office_genitive": str.strip,
    "risk_zone": _yes,
    "full_names": _yes,
    "long_storage": _yes,
}
"""Fields of the request for the order that a person words, and how each is read."""
_HEEDED: Mapping[str, tuple[Callable[[], Iterable[str]], str]] = {
    "--template": (template_kinds, "«{title}» по своему шаблону не делается."),
    "--set": (_with_sentences, "У выгрузки «{title}» нет полей, которые задают параметром --set."),
    "--sentence": (
        _with_sentences,
        "В «{title}» нет предложений, которые задают для одного документа.",
    ),
    "--like": (_with_sentences, "«{title}» по документу реестра не составляется."),
    "--amends": (_amending, "«{title}» другого документа не меняет."),
    "--programme": (_with_programme, "«{title}» от программы не зависит."),
    "--title": (lambda: (_ROADMAP,), "«{title}» по названию карты не выбирается."),
}
"""For a parameter of some kinds only: which heed it, and what is said of another."""
