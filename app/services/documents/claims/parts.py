"""Parts that a sentence lists after their whole: together they must make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.services.documents.claims.reading import Sentence
from app.services.documents.claims.scopes import Scope, scopes
from app.services.documents.claims.tokens import Token
from app.services.documents.claims.types import Bound, Unit
from app.services.documents.claims.vocabulary import Phrase, vocabulary
from app.services.documents.claims.words import shown, with_unit

_HUNDRED = Fraction(100)
_ROUNDING = Fraction(1, 2)
"""Per cent that rounded shares may be away from a hundred, as in tables."""


def parts_beyond_whole(sentence: Sentence) -> Iterator[str]:
    """Return the parts of a known partition that do not make their whole, in Russian.

    «20 школ, из них 13 сельских и 8 городских»; «12 % «2», 40 % «3», …».
    """
    found = [one for one in sentence.tokens if one.figure is not None]
    said = frozenset(form for one in sentence.tokens for form in one.forms)
    for partition in vocabulary().partitions:
        if not all(feature & said for feature in partition):
            continue
        parts = [_part(sentence, phrase) for phrase in partition]
        if None in parts:
            continue
        named = [one for one in parts if one is not None]
        yield from _wrong(named, [one for one in found if one not in named])


def _part(sentence: Sentence, feature: frozenset[str]) -> Token | None:
    """Return the only exact figure that the feature stands beside."""
    said = [
        one
        for at, one in enumerate(sentence.tokens)
        if one.figure is not None
        and one.figure.bound is Bound.EXACT
        and _has(min(scopes(sentence.tokens, at), key=lambda scope: len(scope.words)), (feature,))
    ]
    return said[0] if len(said) == 1 else None


def _has(scope: Scope, phrase: Phrase) -> bool:
    return all(any(word & one.forms for one in scope.words) for word in phrase)


def _wrong(parts: Sequence[Token], others: Sequence[Token]) -> Iterator[str]:
    figures = [one.figure for one in parts if one.figure is not None]
    units = {one.unit for one in figures}
    total = sum((one.value for one in figures), Fraction())
    listed = " + ".join(shown(one) for one in figures)
    if units == {Unit.PERCENT} and abs(total - _HUNDRED) > _ROUNDING:
        yield f"Доли {listed} вместе дают {with_unit(total, Unit.PERCENT)}, а не 100 %."
    if units == {Unit.COUNT} and len(others) == 1:
        whole = others[0].figure
        if whole is None or whole.unit is not Unit.COUNT or whole.bound is not Bound.EXACT:
            return
        if others[0].start < parts[0].start and whole.value != total:
            yield f"Части {listed} вместе дают {with_unit(total, Unit.COUNT)}, а не {shown(whole)}."
