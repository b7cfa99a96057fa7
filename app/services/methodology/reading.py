"""Strict reading of a JSON resource: every complaint names the file, the key and the reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from app.errors import ResourceError

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class WrongValueError(ResourceError):
    """A value of a methodology is not right: ``key`` is the way to it, ``why`` a Russian reason."""

    def __init__(self, message: str, hint: str, key: str, why: str) -> None:
        super().__init__(message, hint)
        self.key = key
        self.why = why


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file together with the way to it, such as ``counted[0].subjects``."""

    file: str
    key: str
    value: Any
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Lines of the file by key; empty where the value does not come from a text."""

    def fail(self, why: str) -> NoReturn:
        """Raise WrongValueError about this value."""
        where = f"ключ «{self.key}»" if self.key else "содержимое файла"
        line = self.line()
        where = f"строка {line}, {where}" if line else where
        raise WrongValueError(
            f"Файл методики {self.file}, {where}: {why}.",
            "Исправьте файл и повторите; файл самой программы восстановит переустановка.",
            self.key,
            why,
        )

    def way(self, key: str) -> Node:
        """Return the place of a longer key under this one, to tell of it."""
        return self._child(key, None)

    def at(self, name: str) -> Node:
        """Return the value of one key of an object that has it."""
        return self._child(name, self.value[name])

    def fields(self, *names: str) -> dict[str, Node]:
        """Return the values of an object that must have just these keys."""
        if not isinstance(self.value, dict):
            self.fail("ожидался набор ключей в фигурных скобках")
        for name in self.value:
            if name not in names:
                self._child(name, None).fail("такого ключа в методике нет")
        for name in names:
            if name not in self.value:
                self._child(name, None).fail("ключа не хватает")
        return {name: self._child(name, self.value[name]) for name in names}

    def items(self) -> tuple[Node, ...]:
        """Return the values of a list that must not be empty."""
        if not isinstance(self.value, list) or not self.value:
            self.fail("ожидался непустой список")
        return tuple(
            self._under(f"{self.key}[{place}]", value) for place, value in enumerate(self.value)
        )

    def any_items(self) -> tuple[Node, ...]:
        """Return the values of a list that may be empty."""
        return () if self.value == [] else self.items()

    def text(self) -> str:
        """Return a text that must not be blank."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("ожидался непустой текст")
        return str(self.value)

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.fail(f"ожидалось true или false, а стоит {shown(self.value)}")
        return bool(self.value)

    def whole(self, least: int, most: int) -> int:
        """Return a whole number between ``least`` and ``most``."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail(f"ожидалось целое число, а стоит {shown(self.value)}")
        self._within(self.value, least, most)
        return self.value

    def decimal(self, least: int, most: int) -> Decimal:
        """Return an exact number between ``least`` and ``most``."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | Decimal):
            self.fail(f"ожидалось число, а стоит {shown(self.value)}")
        # A number of the database comes as a float; its text is what was once written.
        exact = Decimal(str(self.value))
        self._within(exact, least, most)
        return exact

    def one_of(self, enum: type[E]) -> E:
        """Return the member of an enum whose text the value is."""
        words = [member.value for member in enum]
        if not isinstance(self.value, str) or self.value not in words:
            self.fail(f"ожидалось одно из: {', '.join(words)}; а стоит {shown(self.value)}")
        return enum(self.value)

    def optional(self, read: Callable[[Node], T]) -> T | None:
        """Return None for null, otherwise what ``read`` returns."""
        return None if self.value is None else read(self)

    def _child(self, name: str, value: Any) -> Node:
        return self._under(f"{self.key}.{name}" if self.key else name, value)

    def _under(self, key: str, value: Any) -> Node:
        return Node(self.file, key, value, self.lines)

    def line(self) -> int | None:
        """Return the line of the value, or of what it should stand in when it is missing."""
        way = self.key
        while way and way not in self.lines:
            way = way[: max(way.rfind("."), way.rfind("["), 0)]
        return self.lines.get(way)

    def _within(self, value: int | Decimal, least: int, most: int) -> None:
        if not least <= value <= most:
            self.fail(f"допустимо от {least} до {most}, а стоит {value}")


def shown(value: Any) -> str:
    """Return a value as the file writes it: true and not True, 0.5 and not Decimal('0.5')."""
    if isinstance(value, str):
        return f"«{value}»"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """Return a Decimal as a number of JSON; anything else as it is."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
