"""From the sentences of a text to its claims about counts, money and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from app.services.cases import part_of_speech
from app.services.documents.claims.figures import whole_figures
from app.services.documents.claims.scopes import Scope, pairs, part_scope, scope_of, scopes, tail_of
from app.services.documents.claims.tokens import Kind, Token, sentences, tokens
from app.services.documents.claims.types import Claim, Unit
from app.services.documents.claims.vocabulary import Forms, Sense, vocabulary

_NARROWING = (Kind.GRADE, Kind.OTHER, Kind.FIGURE)
"""Beside one of these a figure counts something narrower than a sense of the vocabulary."""


_WHOLE = "schools"
"""What «из них» may stand for: parts of all the schools of the district are known."""
_AROUND = 36
"""Signs shown on both sides of a figure."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text with the year that stands for those it does not name itself."""

    text: str
    tokens: tuple[Token, ...]
    year: int | None
    """The only year that the sentence names, else the last one named before it."""
    of_school_year: bool = False
    """That year is a school year: what is counted may be of either of its calendar years."""
    of_moves: bool = False
    """It or a sentence beside it tells who left a list: «вошли» beside it counts a change."""
    of_one_school: bool = False
    """It speaks of the one school that the text has named by its number."""

    def quote(self, token: Token) -> str:
        """Return a few words around a token, as they are written."""
        start = max(token.start - _AROUND, 0)
        end = min(token.end + _AROUND, len(self.text))
        before = (
            self.text[start : token.start].partition(" ")[2] if start else self.text[: token.start]
        )
        after = self.text[token.end : end]
        after = after if end == len(self.text) else after.rpartition(" ")[0]
        opening, closing = ("…" if start else ""), ("" if end == len(self.text) else "…")
        return f"{opening}{before}{self.text[token.start : token.end]}{after}{closing}".strip()


@dataclass
class _Years:
    """The year that the reader has in mind."""

    last: int | None = None
    of_school: bool = False

    def of(self, found: Sequence[Token]) -> int | None:
        """Return the year of a sentence and remember it for the next."""
        named = {year for one in found if one.kind in (Kind.YEAR, Kind.DAY) for year in one.years}
        if named:
            self.of_school = any(one.is_school_year for one in found)
        if len(named) == 1:
            self.last = named.pop()
            return self.last
        if named:
            self.last = None
            return None
        return self.last


def read_sentences(text: str) -> Iterator[Sentence]:
    """Return the sentences of a text in which a figure stands, read into tokens.

    What a sentence without a figure says of the year, the school or who left a list holds for
    those beside it all the same.
    """
    read = list(_sentences(text))
    leaving = [
        any(word.forms & vocabulary().leaving for word in sentence.tokens) for sentence in read
    ]
    for at, sentence in enumerate(read):
        if any(one.kind not in (Kind.WORD, Kind.BORDER) for one in sentence.tokens):
            yield replace(sentence, of_moves=any(leaving[max(at - 1, 0) : at + 2]))


def _sentences(text: str) -> Iterator[Sentence]:
    years, of_school = _Years(), False
    for sentence in sentences(text):
        found = _tokens_of(sentence)
        year, of_school = years.of(found), _is_of_school(found, of_school)
        yield Sentence(sentence, found, year, years.of_school, of_one_school=of_school)


def _is_of_school(found: Sequence[Token], before: bool) -> bool:
    """Return whether a text speaks of the one school that it has named by its number.

    ``before`` says it of the sentence before: the district must be named for that to end.
    """
    words = vocabulary()
    named = sum(
        one.text.startswith("№") and bool(last.forms & words.one_school)
        for last, one in pairwise(found)
    )
    if named:
        return named == 1
    return before and not any(one.forms & words.district for one in found)


@lru_cache(maxsize=8192)
def _tokens_of(sentence: str) -> tuple[Token, ...]:
    """Return a sentence read into tokens; a check after an edit reads only what has changed."""
    return whole_figures(tokens(sentence))


def count_claims(sentence: Sentence, names: Forms) -> tuple[tuple[Claim, ...], ...]:
    """Return for each figure that is understood what it may be meant to count.

    ``names`` are proper names that may stand beside a figure without changing what it counts.
    """
    known = (sentence.year, sentence.of_school_year, sentence.of_moves)
    return _count_claims(sentence.text, known, names)


@lru_cache(maxsize=4096)
def _count_claims(
    text: str, known: tuple[int | None, bool, bool], names: Forms
) -> tuple[tuple[Claim, ...], ...]:
    sentence = Sentence(text, _tokens_of(text), *known)
    return tuple(filter(None, _all_claims(sentence, names)))


def _all_claims(sentence: Sentence, names: Forms) -> Iterator[tuple[Claim, ...]]:
    found = sentence.tokens
    taken: set[int] = set()
    for part, whole in pairs(found):
        taken |= {part, whole}
        yield _of_scope(sentence, [part_scope(found, part, whole)], names, ())
        yield _of_whole(sentence, whole, names)
    before: tuple[Claim, ...] | None = () if taken else None
    for at, one in enumerate(found):
        if one.figure is not None and at not in taken:
            claims = _of_scope(sentence, scopes(found, at), names, before)
            yield claims
            # «20 школ, из них 13 сельских и 7 городских»: the whole stays the same.
            before = before if before and claims and _refers(before, claims) else claims


def _refers(before: tuple[Claim, ...], claims: tuple[Claim, ...]) -> bool:
    whole = any(one.measure == _WHOLE for one in before)
    return whole and all(one.measure != _WHOLE for one in claims)


def _of_scope(
    sentence: Sentence, found: Iterable[Scope], names: Forms, before: tuple[Claim, ...] | None
) -> tuple[Claim, ...]:
    """Return the claims of the first scope that is understood.

    ``before`` are those of the figure before this one; None when the sentence begins with it.
    """
    of_schools = any(one.measure == _WHOLE for one in before or ())
    for scope in found:
        if not of_schools and any(one.forms & vocabulary().refers for one in scope.words):
            continue
        claims = tuple(
            _claim(sentence, scope, sense)
            for sense in vocabulary().senses
            if _is_meant(sentence, scope, sense, names) and not _is_part(sense, before)
        )
        if claims:
            return claims
    return ()


def _is_part(sense: Sense, before: tuple[Claim, ...] | None) -> bool:
    """Return whether it is a part of what no table counts: «4 школы зоны риска, 2 сельские»."""
    if before is None or not sense.of:
        return False
    return not any(one.measure in sense.of for one in before)


def _is_meant(sentence: Sentence, scope: Scope, sense: Sense, names: Forms) -> bool:
    if scope.figure.unit is not sense.unit or scope.has(*_NARROWING):
        return False
    if sense.yearly and not _is_of_one_year(sentence, scope):
        return False
    if sense.key == _WHOLE and _is_bare(scope):
        return False
    if sense.is_doubtful(sentence.tokens) or _after_preposition(scope, sense):
        return False
    return sense.understands(scope.words, vocabulary().plain | names)


def _is_bare(scope: Scope) -> bool:
    """Return whether the figure begins an entry that says nothing of it: «5 школ района (25 %)»."""
    verbs = ("VERB", "PRTS", "PRTF", "INFN")
    return scope.token.start == 0 and not any(
        part_of_speech(one.text.casefold()) in verbs for one in scope.words
    )


def _is_of_one_year(sentence: Sentence, scope: Scope) -> bool:
    """Return whether the figure says what there was in one year, and not what has changed."""
    if sentence.of_school_year or scope.has(Kind.SPAN) or len(scope.years) > 1:
        return False
    joining = vocabulary().joining
    return not (sentence.of_moves and any(one.forms & joining for one in scope.words))


def _after_preposition(scope: Scope, sense: Sense) -> bool:
    """Return whether a preposition says that only a part is counted: «в двух школах района»."""
    if scope.before is None or scope.before.kind is not Kind.WORD:
        return False
    return bool(
        scope.before.forms & vocabulary().prepositions and not scope.before.forms & sense.after
    )


def _of_whole(sentence: Sentence, at: int, names: Forms) -> tuple[Claim, ...]:
    """Return the claim of the whole in «7 из 20 школ района …»: of the words right after it."""
    best: tuple[int, Claim] | None = None
    for sense in vocabulary().senses:
        allowed = sense.may | names
        words = []
        for one in tail_of(sentence.tokens, at):
            if not _goes_on(one, allowed | vocabulary().plain):
                break
            words.append(one)
        scope = replace(scope_of(sentence.tokens, at, words), before=None)
        if _is_meant(sentence, scope, sense, names) and (best is None or len(words) > best[0]):
            best = len(words), _claim(sentence, scope, sense)
    return (best[1],) if best else ()


def _goes_on(one: Token, allowed: Forms) -> bool:
    """Return whether a word still belongs to what is counted: the verb does not."""
    if one.kind is not Kind.WORD or not one.forms & allowed:
        return False
    return part_of_speech(one.text.casefold()) not in ("VERB", "PRTS", "INFN")


def _claim(sentence: Sentence, scope: Scope, sense: Sense) -> Claim:
    year = next(iter(scope.years)) if len(scope.years) == 1 else sentence.year
    about = _sources(scope.words) if sense.unit is Unit.ROUBLES else frozenset[str]()
    spans = [one.years for one in scope.others if one.kind is Kind.SPAN]
    return Claim(
        sense.key,
        scope.figure,
        year,
        scope.token.text,
        sentence.quote(scope.token),
        about,
        span=spans[0] if len(spans) == 1 else (),
    )


def _sources(words: Sequence[Token]) -> frozenset[str]:
    """Return the sources of money that the words name."""
    said = frozenset(form for one in words for form in one.forms)
    return frozenset(name for name, forms in vocabulary().sources.items() if forms & said)
