"""Cases of names, posts and organisations, as proposals that a person may correct.

Only the head word of a phrase and the adjectives before it are inflected; what cannot be inflected
with certainty is answered with None, never guessed.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Any

_JOINT = re.compile(r"( [-\u2013\u2014] )")
"""The dash of a double post: «заместитель главы – начальник управления»."""


class Case(StrEnum):
    """A case that papers need; the value is the key under which accepted forms are stored."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"


_GRAMMEMES = {
    Case.GENITIVE: "gent",
    Case.DATIVE: "datv",
    Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt",
}
"""How the dictionary calls the cases."""

_MALE_ENDINGS = ("ич", "оглы", "оглу", "уулу")
_FEMALE_ENDINGS = ("вна", "чна", "кызы", "гызы")


def organisation_in(name: str, case: Case) -> str | None:
    """Return the name of an organisation in a case: «Управления образования …».

    A name that begins with an abbreviation («МКУ …») does not change.
    """
    first = name.split(" ", 1)[0]
    abbreviation = first.isupper() and len(first) > 1
    # Of a lifeless masculine noun the accusative is the nominative; the dictionary's adjectives
    # would take the form for the living.
    masculine = "nomn" if case is Case.ACCUSATIVE else _GRAMMEMES[case]
    return _inflect(name, masculine, _GRAMMEMES[case]) or (name if abbreviation else None)


def organisation_genitive(name: str) -> str | None:
    """Return the name of an organisation in the genitive, as ``organisation_in``."""
    return organisation_in(name, Case.GENITIVE)


def post_in(post: str, case: Case) -> str | None:
    """Return the post of a person in a case: «главного специалиста отдела …»."""
    # Of a living masculine noun the accusative is the genitive.
    masculine = Case.GENITIVE if case is Case.ACCUSATIVE else case
    parts = _JOINT.split(post)[::2]
    posts = [_inflect(part, _GRAMMEMES[masculine], _GRAMMEMES[case]) for part in parts]
    dashes = [*_JOINT.findall(post), ""]
    if None in posts:
        return None
    return "".join(f"{part}{dash}" for part, dash in zip(posts, dashes, strict=True))


def post_accusative(post: str) -> str | None:
    """Return the post in the accusative of a person, as ``post_in``."""
    return post_in(post, Case.ACCUSATIVE)


def person_in(full_name: str, case: Case) -> str | None:
    """Return surname, name and patronymic in a case; None when the gender is not clear."""
    return _person(full_name, case.name)


def person_accusative(full_name: str) -> str | None:
    """Return surname, name and patronymic in the accusative, as ``person_in``."""
    return person_in(full_name, Case.ACCUSATIVE)


def person_dative(full_name: str) -> str | None:
    """Return surname, name and patronymic in the dative, as letters need it."""
    return person_in(full_name, Case.DATIVE)


@lru_cache(maxsize=20_000)
def normal_forms(word: str) -> frozenset[str]:
    """Return every dictionary form that the word may be of; an abbreviation is its own."""
    if len(word) > 1 and word.isupper():
        return frozenset({word.casefold()})
    return frozenset(str(parse.normal_form) for parse in _analyzer().parse(word))


@lru_cache(maxsize=20_000)
def part_of_speech(word: str) -> str:
    """Return what the word most likely is, as the dictionary calls it; empty for a stranger."""
    return str(_analyzer().parse(word)[0].tag.POS or "")


@lru_cache(maxsize=20_000)
def is_plural(word: str) -> bool:
    """Return whether the word is plural and nothing else: «школах», but not «школы»."""
    return {str(parse.tag.number) for parse in _analyzer().parse(word)} == {"plur"}


@lru_cache(maxsize=20_000)
def is_future(word: str) -> bool:
    """Return whether the word is a verb in the future: «составит», «будет»."""
    return str(_analyzer().parse(word)[0].tag.tense) == "futr"


@lru_cache(maxsize=1000)
def all_forms(word: str, *, only_one: bool = False) -> frozenset[str]:
    """Return the noun in every case, of one and of many or ``only_one``, as texts may write it."""
    noun = next((one for one in _analyzer().parse(word) if one.tag.POS == "NOUN"), None)
    if noun is None:
        return frozenset({word})
    lexeme = (one for one in noun.lexeme if not only_one or one.tag.number == "sing")
    found = frozenset(str(one.word) for one in lexeme)
    return found | {one.replace("ё", "е") for one in found}


def _person(full_name: str, case: str) -> str | None:
    # Late: the rules of names are read from a file, and most documents do not need them.
    from pytrovich.enums import Case, Gender, NamePart
    from pytrovich.maker import PetrovichDeclinationMaker

    words = full_name.split()
    female = _is_female(words[-1]) if len(words) == 3 else None
    if female is None:
        return None
    gender = Gender.FEMALE if female else Gender.MALE
    maker = PetrovichDeclinationMaker()
    parts = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
    return " ".join(
        str(maker.make(part, gender, Case[case], word))
        for part, word in zip(parts, words, strict=True)
    )


def _is_female(patronymic: str) -> bool | None:
    word = patronymic.casefold()
    if word.endswith(_FEMALE_ENDINGS):
        return True
    return False if word.endswith(_MALE_ENDINGS) else None


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    # Late: the dictionary takes some 20 MB and is needed by a few documents only.
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def _inflect(phrase: str, masculine_case: str, feminine_case: str) -> str | None:
    """Inflect the adjectives and the noun that open the phrase; None when there is no such head."""
    words = phrase.split(" ")
    length = _head_length(words)
    if length == 0:
        return None
    head = [_nominative(word) for word in words[:length]]
    case = feminine_case if head[-1].tag.gender == "femn" else masculine_case
    inflected = [_form(word, parse, case) for word, parse in zip(words, head, strict=False)]
    if None in inflected:
        return None
    return " ".join([str(word) for word in inflected] + words[length:])


def _head_length(words: list[str]) -> int:
    """Return how many words stand in the head: adjectives, then one noun agreeing with them.

    Without such a noun an opening participle stands for it («исполняющий обязанности …»,
    «заведующая отделом»); an adjective alone is no head.
    """
    first = None
    for index, word in enumerate(words):
        parse = _nominative(word)
        if parse is None or (first is not None and not _agree(first, parse)):
            break
        if parse.tag.POS == "NOUN":
            return index + 1
        first = first or parse
    return 1 if first is not None and first.tag.POS == "PRTF" else 0


def _nominative(word: str) -> Any:
    """Return the reading of the word as a noun, adjective or participle in the nominative."""
    for parse in _analyzer().parse(word):
        tag = parse.tag
        if tag.POS in ("NOUN", "ADJF", "PRTF") and tag.case == "nomn":
            return parse
    return None


def _agree(first: Any, other: Any) -> bool:
    same_gender = bool(first.tag.gender == other.tag.gender)
    return bool(first.tag.number == other.tag.number) and (
        same_gender or first.tag.number == "plur"
    )


def _form(word: str, parse: Any, case: str) -> str | None:
    form = parse.inflect({case})
    if form is None:
        return None
    text = str(form.word)
    if "ё" not in word.casefold():
        text = text.replace("ё", "е")
    return _like(word, text)


def _like(pattern: str, text: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return text.upper()
    return text[:1].upper() + text[1:] if pattern[:1].isupper() else text
