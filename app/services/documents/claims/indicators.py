"""Claims about indicators: a text that holds the title of one, and a figure beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.services.cases import is_future, part_of_speech
from app.services.documents.claims.reading import Sentence
from app.services.documents.claims.scopes import scopes
from app.services.documents.claims.tokens import Kind, Token, tokens
from app.services.documents.claims.types import Claim, Unit
from app.services.documents.claims.vocabulary import Forms, vocabulary

MEASURE = "indicator"


@dataclass(frozen=True, slots=True)
class Title:
    """The title of an indicator as words; those with the same words are one for a text."""

    key: str
    words: tuple[Forms, ...]
    figures: frozenset[str]
    """Figures of the title itself: «81–100 баллов»."""


@lru_cache(maxsize=2048)
def title_of(text: str) -> Title:
    """Return the words of a title without those that every sentence has."""
    found = tokens(text)
    words = tuple(one.forms for one in found if one.kind is Kind.WORD and not _is_empty(one))
    figures = frozenset(one.text for one in found if one.kind not in (Kind.WORD, Kind.BORDER))
    return Title(" ".join(sorted(min(one) for one in words)), words, figures)


def indicator_claims(sentence: Sentence, titles: Iterable[Title]) -> Iterator[tuple[Claim, ...]]:
    """Return the claims of a sentence about the indicator that it names."""
    title = _named(sentence, titles)
    if title is None or not _is_understood(sentence, title):
        return
    for at, one in enumerate(sentence.tokens):
        if one.figure is not None and one.text not in title.figures:
            claim = _claim(sentence, at, title)
            if claim is not None:
                yield (claim,)


def _is_empty(word: Token) -> bool:
    return not word.text.isalpha() or bool(word.forms & vocabulary().little)


def _named(sentence: Sentence, titles: Iterable[Title]) -> Title | None:
    """Return the longest title whose words all stand in the sentence; None when two are."""
    said = [one.forms for one in sentence.tokens if one.kind is Kind.WORD]
    least = vocabulary().indicator.least_words
    found = {
        title.key: title
        for title in titles
        if len(title.words) >= least
        and all(any(word & forms for forms in said) for word in title.words)
    }
    if not found:
        return None
    longest = max(len(one.words) for one in found.values())
    best = [one for one in found.values() if len(one.words) == longest]
    return best[0] if len(best) == 1 else None


def _is_understood(sentence: Sentence, title: Title) -> bool:
    """Return whether everything beside the title is known: years, roles, «составила»."""
    allowed = vocabulary().plain | vocabulary().indicator.may | vocabulary().little
    of_title = frozenset(form for forms in title.words for form in forms)
    for one in sentence.tokens:
        if one.kind is Kind.WORD and not one.forms & (allowed | of_title):
            return False
        if one.kind in (Kind.OTHER, Kind.GRADE, Kind.SPAN) and one.text not in title.figures:
            return False
    return True


def _claim(sentence: Sentence, at: int, title: Title) -> Claim | None:
    one = sentence.tokens[at]
    before = sentence.tokens[at - 1] if at else None
    changes = before is not None and before.forms & vocabulary().indicator.change
    if one.figure is None or changes or one.figure.unit is Unit.OTHER:
        return None
    near = min(scopes(sentence.tokens, at), key=lambda scope: len(scope.words))
    year = next(iter(near.years)) if len(near.years) == 1 else sentence.year
    return Claim(
        MEASURE,
        one.figure,
        year,
        one.text,
        sentence.quote(one),
        frozenset({title.key}),
        _role(near.words),
    )


def _role(words: Sequence[Token]) -> str:
    """Return what the words call the value; what will be or is to be done is planned."""
    roles = vocabulary().indicator.roles
    if any(_is_ahead(one.text.casefold()) for one in words):
        return "plan"
    said = [name for name, forms in roles.items() if any(one.forms & forms for one in words)]
    return said[0] if len(said) == 1 else ""


def _is_ahead(word: str) -> bool:
    """Return whether the word tells what is ahead: «достигнет», «увеличить»."""
    return is_future(word) or part_of_speech(word) == "INFN"
