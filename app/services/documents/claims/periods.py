"""Claims about the years of a programme: «с 2025 по 2027 год», «до 2027 года»."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from app.services.documents.claims.reading import Sentence
from app.services.documents.claims.tokens import Kind, Token
from app.services.documents.claims.types import Claim, Figure
from app.services.documents.claims.vocabulary import vocabulary

FIRST, LAST = "first_year", "last_year"


def period_claims(sentence: Sentence) -> Iterator[tuple[Claim, ...]]:
    """Return the first and last years that a sentence about the term of the programme names.

    Spans with a dash are looked at in the whole document by ``documents.checking``.
    """
    if not _is_about_term(sentence):
        return
    for at, one in enumerate(sentence.tokens):
        before = sentence.tokens[at - 1] if at else None
        if one.kind is Kind.SPAN and one.text[:1] in "сС":
            yield (_claim(sentence, one, FIRST, one.years[0]),)
            yield (_claim(sentence, one, LAST, one.years[1]),)
        elif one.kind is Kind.YEAR and before is not None and "до" in before.forms:
            yield (_claim(sentence, one, LAST, one.years[0]),)


def _is_about_term(sentence: Sentence) -> bool:
    sense = next(one for one in vocabulary().senses if one.key == "years")
    words = [one for one in sentence.tokens if one.kind is Kind.WORD]
    others = [one for one in sentence.tokens if one.kind in (Kind.OTHER, Kind.GRADE)]
    return not others and sense.understands(words, vocabulary().plain)


def _claim(sentence: Sentence, token: Token, measure: str, year: int) -> Claim:
    return Claim(measure, Figure(Fraction(year)), None, str(year), sentence.quote(token))
