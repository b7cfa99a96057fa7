"""Frozen facts that documents are made of, free of the tables they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Say(Protocol):
    """The sentences of a kind of document, see ``documents.texts``."""

    def __call__(self, key: str, **values: str) -> str:
        """Return the sentence ``key`` with its tags filled."""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Requisites of the office; ``genitive`` is its name as stamps need it."""

    name: str
    genitive: str
    place: str
    head_post: str
    head_name: str
    parent: str = ""
    executor_name: str = ""
    executor_phone: str = ""
    emblem: bytes | None = None
    contacts: tuple[str, ...] = ()
    """Lines of requisite 08: address, phones, codes; printed by постановления and letters."""


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A row of the list: the school, its category and the sentence that says why."""

    name: str
    category: str
    basis: str
