"""Numbers and dates of the office's own papers as texts cite them, against the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.services.cases import normal_forms
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
    if not _is_issued_by(names, match["issuer"]):
        return
    number, day = cited
    around = _around(match)
    for one in papers:
        same_number = number == fold(one.number) and one.date.year == day.year
        if same_number or (one.date == day and _may_be(one, number, around)):
            yield one


def _is_issued_by(names: list[str], issuer: str) -> bool:
    """Return whether the office itself follows the kind: who passed an act on did not issue it."""
    said = _bare(issuer)
    if _cites().search(said):
        return False  # an act of another named inside: the date may be of that one
    heads = "|".join(sorted(map(re.escape, vocabulary().acts.heads)))
    said = re.sub(rf"^(?:(?:{heads})\s+)+", "", said)
    return any(said.startswith(_bare(name)) for name in names)


def _bare(text: str) -> str:
    """Return a name without quotation marks and double spaces, for comparison."""
    return " ".join(re.sub(r"[«»„“”\"]", " ", fold(text)).split())


@lru_cache(maxsize=1)
def _cites() -> re.Pattern[str]:
    """Return how the kind of one more act stands inside the name of an issuer."""
    return re.compile(r"\b(?:приказ|постановлени|распоряжени|письм|протокол|решени)[а-я]*")


def _around(match: re.Match[str]) -> tuple[frozenset[str], ...]:
    """Return the words of the sentence on both sides of a citation, without the empty ones."""
    before = re.split(r"[.;\n]", match.string[: match.start()])[-1]
    after = re.split(r"[.;\n]", match.string[match.end() :])[0]
    words = re.findall(r"[А-Яа-яЁё]{3,}", f"{before} {after}")
    return tuple(normal_forms(word) for word in words)


def _may_be(paper: Paper, number: str, around: tuple[frozenset[str], ...]) -> bool:
    """Return whether the sentence may be about a paper of the same day under another number.

    An office issues several orders a day, not all of them in the register: what the sentence
    tells must have a word of the title, and «другой» says that it is another one.
    """
    if number.startswith(f"{fold(paper.number)}/"):
        return False  # «15-п/1» is a number of its own
    if any(word & vocabulary().acts.others for word in around):
        return False
    title = {
        form for word in re.findall(r"[А-Яа-яЁё]{3,}", paper.title) for form in normal_forms(word)
    }
    return not around or any(word & title for word in around)
