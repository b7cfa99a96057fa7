"""Steps, directions, addressees and texts of proposals, read from ``resources/cycle``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.errors import ResourceError, UserError
from app.paths import resource
from app.services.cycle.types import Addressee, Direction, Step


@dataclass(frozen=True, slots=True)
class Template:
    """A text that is proposed: to whom, for what (factor, deficit or any low procedure)."""

    addressee: str
    text: str
    term: str
    subject: str = ""
    """Key of the factor, name of the deficit; empty for low procedures."""


@dataclass(frozen=True)
class Templates:
    """All texts of proposals by what they follow from."""

    by_factor: Mapping[str, tuple[Template, ...]]
    by_procedure: tuple[Template, ...]
    by_deficit: Mapping[str, tuple[Template, ...]]


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """Return the steps of the cycle in their order; ResourceError for a broken file."""
    try:
        return tuple(
            Step(one["key"], one["title"], tuple(one["kinds"])) for one in _body("steps")["steps"]
        )
    except (KeyError, TypeError) as error:
        raise _broken("steps") from error


@lru_cache(maxsize=1)
def directions() -> tuple[Direction, ...]:
    """Return the shipped directions; those of the office stand in ``cycle.directions``."""
    try:
        return tuple(
            Direction(one["key"], one["title"], one["about"])
            for one in _body("steps")["directions"]
        )
    except (KeyError, TypeError) as error:
        raise _broken("steps") from error


@lru_cache(maxsize=1)
def addressees() -> tuple[Addressee, ...]:
    """Return the kinds of addressees; ResourceError for a broken file."""
    try:
        return tuple(
            Addressee(one["key"], one["title"], one["dative"])
            for one in _body("recommendations")["addressees"]
        )
    except (KeyError, TypeError) as error:
        raise _broken("recommendations") from error


@lru_cache(maxsize=1)
def templates() -> Templates:
    """Return the texts of proposals; ResourceError for a broken file."""
    body = _body("recommendations")
    try:
        return Templates(
            _grouped(body["by_factor"], "factor"),
            tuple(_template(one, "") for one in body["by_procedure"]),
            _grouped(body["by_deficit"], "deficit"),
        )
    except (KeyError, TypeError) as error:
        raise _broken("recommendations") from error


def step_place(key: str) -> int:
    """Return the place of a step in the cycle, from 0; UserError for an unknown one."""
    for place, step in enumerate(steps()):
        if step.key == key:
            return place
    raise UserError("Такого шага цикла нет.", "Выберите шаг из списка.")


def addressee(key: str) -> Addressee:
    """Return a kind of addressee; UserError for an unknown one."""
    for one in addressees():
        if one.key == key:
            return one
    raise UserError("Такого адресата нет.", "Выберите адресата из списка.")


def _grouped(listed: list[dict[str, Any]], name: str) -> dict[str, tuple[Template, ...]]:
    found: dict[str, tuple[Template, ...]] = {}
    for one in listed:
        found[one[name]] = (*found.get(one[name], ()), _template(one, one[name]))
    return found


def _template(one: dict[str, Any], subject: str) -> Template:
    return Template(one["addressee"], one["text"], one["term"], subject)


def _body(name: str) -> dict[str, Any]:
    path = resource("cycle", f"{name}.json")
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(name) from error
    return body


def _broken(name: str) -> ResourceError:
    return ResourceError(
        f"Файл программы «cycle/{name}.json» не читается.", "Установите программу заново."
    )
