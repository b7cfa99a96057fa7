"""Numbers and dates of the office's own papers as texts cite them, against the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.services.acts import parse_act
from app.services.cases import normal_forms
from app.services.documents.claims.tokens import plain_text
from app.services.documents.claims.vocabulary import vocabulary
from app.services.names import fold

_LONGEST_ISSUER = 160
"""Signs between the kind of an act and its date."""
_ABOUT = ("о", "об", "обо")


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed or registered paper of the office with its number and date."""

    title: str
    number: str
    date: date
    kind: str = ""
    """«приказ», «постановление»; empty where nothing is known of it, then any is meant."""


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """A citation that differs from the register."""

    quote: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office as acts name it: its names in every case, and forms of the names of its places.

    Where no place is known, any may stand after the name.
    """

    names: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()


def cited_wrongly(text: str, papers: Iterable[Paper], office: Issuer) -> Iterator[CitedPaper]:
    """Return the citations of the office's own papers that the register says otherwise.

    A citation is of the office when it names the office and shares the number or the date with a
    registered paper, or gives the title of one and names nobody else.
    """
    listed = list(papers)
    for match in _cited().finditer(plain_text(text)):
        words = parse_act(f"от {match['day']} № {match['number']}")
        if words.date is None:
            continue
        cited = (fold(match["number"]), words.date)
        same_kind = [one for one in listed if _is_of_kind(one, match["kind"])]
        meant = list(_meant(match, cited, same_kind, office))
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
        rf"(?P<kind>{_any_of(vocabulary().acts.kinds)})[а-я]*"
        rf"(?P<issuer>(?:{stop}|[^.;№]){{0,{_LONGEST_ISSUER}}}?)"
        r"от\s+(?P<day>\d{1,2}(?:\.\d{1,2}\.|\s+[а-я]+\s+)\d{4})(?:\s*(?:г\.|года?))?\s*"
        r"№\s*(?P<number>[\w/.\-]*[\w])(?:\s*«(?P<title>[^»]{5,})»)?",
        re.IGNORECASE,
    )


def _meant(
    match: re.Match[str], cited: tuple[str, date], papers: list[Paper], office: Issuer
) -> Iterator[Paper]:
    title = fold(match["title"] or "")
    own = _is_issued_by(office, match["issuer"])
    if title:
        if own or not match["issuer"].strip():
            yield from (one for one in papers if title == fold(one.title))
        return
    if not own:
        return
    number, day = cited
    around = _around(match)
    for one in papers:
        same_number = number == fold(one.number) and one.date.year == day.year
        if same_number or (one.date == day and _may_be(one, number, around)):
            yield one


def _is_of_kind(paper: Paper, stem: str) -> bool:
    return not paper.kind or fold(paper.kind).startswith(fold(stem))


def _is_issued_by(office: Issuer, issuer: str) -> bool:
    """Return whether the office itself follows the kind: who passed an act on did not issue it."""
    said = fold(_bare(issuer))
    if _cites().search(said):
        return False  # an act of another named inside: the date may be of that one
    heads = "|".join(map(re.escape, sorted(vocabulary().acts.heads, key=len, reverse=True)))
    said = re.sub(rf"^(?:(?:{heads})\s+)+", "", said)
    written = _bare(issuer).split()
    for name in (fold(_bare(one)) for one in office.names):
        if name and f"{said} ".startswith(f"{name} "):
            after = len(said.split()) - len(name.split())
            return _ends_with_place(written[len(written) - after :], office.places)
    return False


def _ends_with_place(after: list[str], places: frozenset[str]) -> bool:
    """Return whether only the place of the office follows its name, and what the act is about.

    «Управление образования и науки» and «Управление образования соседнего района» are others.
    """
    for word in after:
        bare = word.strip(".,:()")
        if bare.casefold() in _ABOUT:
            return True
        forms = normal_forms(bare)
        if forms & vocabulary().acts.place_words:
            continue
        proper = bare[:1].isupper()
        if not proper or (places and len(bare) > 1 and not forms & places):
            return False
    return True


def _bare(text: str) -> str:
    """Return a name without quotation marks and double spaces, for comparison."""
    return " ".join(re.sub(r"[«»„“”\"]", " ", text).split())


@lru_cache(maxsize=1)
def _cites() -> re.Pattern[str]:
    """Return how the kind of one more act stands inside the name of an issuer."""
    acts = vocabulary().acts
    return re.compile(rf"\b(?:{_any_of((*acts.kinds, *acts.other_kinds))})[а-я]*")


def _any_of(kinds: Iterable[str]) -> str:
    """Return the kinds of acts in any case: the ending of each is left open."""
    return "|".join(re.escape(fold(one).rstrip("аеоя")) for one in kinds)


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
