"""Which words of a sentence belong to which of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.services.cases import part_of_speech
from app.services.documents.claims.tokens import Kind, Token
from app.services.documents.claims.types import Figure
from app.services.documents.claims.vocabulary import Phrase, vocabulary

_NARROWS = frozenset("–—(")
_SOFT = frozenset("–—")
"""A dash joins what is counted with its figure: «Количество школ – 20»."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A figure with the words that say what it counts; ``before`` is the word right before it."""

    token: Token
    figure: Figure
    words: tuple[Token, ...]
    before: Token | None
    others: tuple[Token, ...]
    """Years, days, grades and unreadable figures among the words."""

    @property
    def years(self) -> frozenset[int]:
        """The years that the words name."""
        kinds = (Kind.YEAR, Kind.DAY)
        return frozenset(year for one in self.others if one.kind in kinds for year in one.years)

    def has(self, *kinds: Kind) -> bool:
        """Return whether anything of these kinds stands among the words."""
        return any(one.kind in kinds for one in self.others)


def scopes(found: Sequence[Token], at: int) -> Iterator[Scope]:
    """Return the scopes of the figure at ``at``, the widest first."""
    before, after = _figures_beside(found, at)
    head, tail = _head(found, before, at), _tail(found, at, after)
    for words in dict.fromkeys(
        (*opening, *ending) for opening in _heads(found[head:at]) for ending in _tails(tail)
    ):
        yield scope_of(found, at, words)


def pairs(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Return the places of the part and the whole where a sentence says «7 из 20»."""
    for at, one in enumerate(found):
        rest = found[at + 1 : at + 4]
        if one.figure is None or not rest or "из" not in rest[0].forms:
            continue
        place = 2 if len(rest) > 1 and rest[1].forms & vocabulary().whole else 1
        if len(rest) > place and rest[place].figure is not None:
            yield at, at + 1 + place


def part_scope(found: Sequence[Token], part: int, whole: int) -> Scope:
    """Return the scope of the part of «7 из 20 школ …»: what stands before it and at the end."""
    before, _ = _figures_beside(found, part)
    _, after = _figures_beside(found, whole)
    head = found[_head(found, before, part) : part]
    return scope_of(found, part, (*head, *_tail(found, whole, after)))


def tail_of(found: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return the words that follow a figure up to the next border."""
    return tuple(_tail(found, at, _figures_beside(found, at)[1]))


def scope_of(found: Sequence[Token], at: int, tokens: Sequence[Token]) -> Scope:
    """Return the scope of the figure at ``at`` with these tokens for its words."""
    figure = found[at].figure
    if figure is None:
        raise ValueError(f"no figure: {found[at].text}")
    words = tuple(one for one in tokens if one.kind is Kind.WORD)
    others = tuple(one for one in tokens if one.kind not in (Kind.WORD, Kind.BORDER))
    return Scope(found[at], figure, words, found[at - 1] if at else None, others)


def _figures_beside(found: Sequence[Token], at: int) -> tuple[int | None, int | None]:
    places = [place for place, one in enumerate(found) if one.figure is not None]
    index = places.index(at)
    before = places[index - 1] if index else None
    after = places[index + 1] if index + 1 < len(places) else None
    return before, after


def _border(found: Sequence[Token], first: int, second: int) -> int | None:
    """Return where two figures are parted: at the last hard sign, else at the last conjunction."""
    between = range(first + 1, second)
    hard = [at for at in between if found[at].kind is Kind.BORDER and found[at].text not in _SOFT]
    joins = [at for at in between if found[at].forms & vocabulary().joins]
    return max(hard, default=None) if hard else max(joins, default=None)


def _head(found: Sequence[Token], before: int | None, at: int) -> int:
    """Return where the words before a figure begin."""
    if before is None:
        return 0
    border = _border(found, before, at)
    return before + 1 if border is None else border + 1


def _tail(found: Sequence[Token], at: int, after: int | None) -> Sequence[Token]:
    if after is None:
        return found[at + 1 :]
    border = _border(found, at, after)
    end = border
    if border is None or _restricts(found[border + 1 :]):
        # «20 школ, участвующих в 3 проектах», «1843 человека в 140 классах»: the next figure
        # belongs to what is counted here and is left among the words as a hindrance.
        end = after + 1
    return found[at + 1 : end]


def _heads(head: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Return the whole head, and what is left of it after an opening: «Таким образом, …»."""
    yield head
    while True:
        border = next((at for at, one in enumerate(head) if one.text == ","), None)
        if border is None or not _begins(head, vocabulary().opens):
            return
        head = head[border + 1 :]
        yield head


def _tails(tail: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Return the whole tail, and its beginning where what follows does not narrow it down.

    After a dash («3 школы района – пилотные») and in brackets it may.
    """
    yield tail
    for at, one in enumerate(tail):
        if one.kind is Kind.BORDER and not _restricts(tail[at + 1 :]):
            if one.text not in _NARROWS:
                yield tail[:at]
            return


def _restricts(after: Sequence[Token]) -> bool:
    """Return whether the words after a border narrow down what stood before it."""
    if _begins(after, vocabulary().continues):
        return False
    first = [one for one in after[:2] if one.kind is Kind.WORD]
    return any(
        one.forms & vocabulary().restricts
        or part_of_speech(one.text.casefold()) in ("PRTF", "PRTS")
        for one in first
    )


def _begins(words: Sequence[Token], phrases: Sequence[Phrase]) -> bool:
    return any(
        len(words) >= len(phrase)
        and all(one.forms & forms for one, forms in zip(words, phrase, strict=False))
        for phrase in phrases
    )
