"""What the program can take in: every layout of the code with its words and an example, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.services.importing.layouts import ALL
from app.services.importing.own_forms import FORM_MARK
from app.services.importing.subjects import load_resource

_MARK_ROW = ("скрытая метка программы",)


@dataclass(frozen=True, slots=True)
class LayoutInfo:
    """One kind of table: what it gives, how it looks, and where its look is known from.

    ``example`` holds the cells of a small invented sheet, ``header`` its rows (0-based) by which
    the kind is told.  ``confirmed`` False means that no source shows such a file.
    """

    key: str
    title: str
    gives: str
    example: tuple[tuple[str, ...], ...]
    header: tuple[int, ...]
    confirmed: bool
    source: str

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The example as a person sees it: the hidden mark of our own blanks is only named."""
        return tuple(_MARK_ROW if row[0] == FORM_MARK else row for row in self.example)


@lru_cache(maxsize=1)
def known_layouts() -> tuple[LayoutInfo, ...]:
    """Return every layout that the code has, in the order in which they are tried.

    The words and the examples are ``resources/layouts/catalogue.json``; ResourceError when a
    layout is not described there, or a description belongs to none.
    """
    told = {body["key"]: body for body in load_resource("layouts", "catalogue.json")["layouts"]}
    layouts = {layout.key: layout for layout in ALL}
    if told.keys() != layouts.keys():
        raise _broken(", ".join(sorted(told.keys() ^ layouts.keys())))
    return tuple(_info(layouts[key].title, told[key]) for key in layouts)


def _info(title: str, body: Mapping[str, Any]) -> LayoutInfo:
    try:
        return LayoutInfo(
            key=body["key"],
            title=title,
            gives=body["gives"],
            example=tuple(tuple(row.split(";")) for row in body["example"]),
            header=tuple(row - 1 for row in body["header"]),
            confirmed=body["confirmed"],
            source=body["source"],
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _broken(str(body.get("key"))) from error


def _broken(what: str) -> ResourceError:
    return ResourceError(
        f"Файл программы «layouts/catalogue.json» не описывает виды таблиц: {what}.",
        "Установите программу заново.",
    )
