"""Numbers and dates of the office's own papers as texts cite them, against the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.services.documents.claims.tokens import plain_text
from app.services.documents.claims.vocabulary import vocabulary
from app.services.names import fold
from app.services.programmes import parse_act

_LONGEST_ISSUER = 160
"""Signs between the kind of an act and its date."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed or registered paper of the office with its number and date."""

    title: str
    number: str
    date: date


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """A citation that differs from the register."""

    quote: str
    paper: Paper


def cited_wrongly(
    text: str, papers: Iterable[Paper], offices: Iterable[str]
) -> Iterator[CitedPaper]:
    """Return the citations of the office's own papers that the register says otherwise.

    A citation is of the office when it gives the title of a registered paper, or names the office
    (``offices`` are its names in every case) and shares the number or the date with one.
    """
    listed, names = list(papers), [fold(name) for name in offices if name]
    for match in _cited().finditer(plain_text(text)):
        words = parse_act(f"от {match['day']} № {match['number']}")
        if words.date is None:
            continue
        cited = (fold(match["number"]), words.date)
        meant = list(_meant(match, cited, listed, names))
        if meant and all((fold(one.number), one.date) != cited for one in meant):
            yield CitedPaper(match[0], meant[0])


@lru_cache(maxsize=1)
def _cited() -> re.Pattern[str]:
    """Return how texts cite an act: «приказ Управления образования г. Города от … № …».

    A stop ends the sentence, unless it is of an abbreviation or of an initial («им. А.С. …»); that
    of a year («в 2024 г.») is of no issuer.
    """
    short = "|".join(sorted(map(re.escape, vocabulary().issuer_abbreviations)))
    stop = rf"(?<![\w.])(?<!\d\s)(?:{short})\.|(?<![а-яё])(?<!\d\s)[а-яё]\.(?=\s?[а-яё])"
    return re.compile(
        r"(?P<kind>приказ|постановлени|распоряжени)[а-я]*"
        rf"(?P<issuer>(?:{stop}|[^.;№]){{0,{_LONGEST_ISSUER}}}?)"
        r"от\s+(?P<day>\d{1,2}(?:\.\d{1,2}\.|\s+[а-я]+\s+)\d{4})(?:\s*(?:г\.|года?))?\s*"
        r"№\s*(?P<number>[\w/.\-]*[\w])(?:\s*«(?P<title>[^»]{5,})»)?",
        re.IGNORECASE,
    )


def _meant(
    match: re.Match[str], cited: tuple[str, date], papers: list[Paper], names: list[str]
) -> Iterator[Paper]:
    title = fold(match["title"] or "")
    if title:
        yield from (one for one in papers if title == fold(one.title))
        return
    if any(name in fold(match["issuer"]) for name in names):
        number, day = cited
        yield from (
            one
            for one in papers
            if one.date == day or (fold(one.number) == number and one.date.year == day.year)
        )
