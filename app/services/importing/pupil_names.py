"""What tells names of pupils in titles, notes and paragraphs; the words are data."""

from __future__ import annotations

import re
from functools import lru_cache

from app.services.importing.tables import key
from app.services.table_words import patterns

SHORT_NAME = re.compile(
    r"(?<![А-ЯЁа-яё-])[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?"
)
"""«Пробная П.», «Образцов О.О.»."""
_TWO_WORDS = re.compile(r"(?<![А-ЯЁа-яё-])[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ][а-яё]+")
_SURNAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:[оеё]ва?|[иы]на?|ск(?:ий|ая|ой)|ко|ук|юк|ец|ич|ян|дзе|[иы]х)"
)
_LIST = 2
"""So many names in one text are a list, whatever it is called."""


@lru_cache(maxsize=1024)
def is_title_of_names(title: str) -> bool:
    """Return whether a title promises names whatever stands below it: «Список (ФИО)»."""
    return bool(patterns("personal")["names"].fullmatch(key(title)))


@lru_cache(maxsize=1024)
def may_be_title_of_names(title: str) -> bool:
    """Return whether names may stand below a title: «Учитель», «Ученики, получившие «2»»."""
    return bool(patterns("personal")["perhaps"].fullmatch(key(title)))


def is_name(text: str) -> bool:
    """Return whether a cell under such a title holds a name, or begins with one."""
    text = text.strip()
    short = SHORT_NAME.search(text) or _TWO_WORDS.match(text)
    return bool(short or _SURNAME.fullmatch(text))


def is_signed(text: str) -> bool:
    """Return whether a text is that of an official who signs or is written to."""
    return bool(patterns("personal")["official"].match(text.casefold()))


def names_pupils(text: str) -> bool:
    """Return whether a note or a paragraph may name pupils: «Не сдали: Пробная Проба»."""
    if patterns("personal")["birth"].search(text.casefold()):
        return True
    if is_signed(text):
        return False
    if len(SHORT_NAME.findall(text)) >= _LIST:
        return True
    said = patterns("personal")["about"].search(text.casefold())
    return said is not None and any(
        pattern.search(text, said.start()) for pattern in (SHORT_NAME, _TWO_WORDS)
    )
