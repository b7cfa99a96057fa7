"""Figures of a sentence made whole: words into numbers, scales, units, «около» and «более»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from app.services.documents.claims.tokens import Kind, Token
from app.services.documents.claims.types import Bound, Figure, Unit
from app.services.documents.claims.vocabulary import Phrase, vocabulary


def whole_figures(found: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with every figure in one token, its unit and its bound in it."""
    numbered = _counted_years(_numerals(found))
    return _bounded(_with_units(_scaled(_explained(numbered))))


def _value(token: Token) -> int | None:
    """Return the number that a word names."""
    if token.kind is not Kind.WORD:
        return None
    known = vocabulary().numerals
    return next((known[form] for form in token.forms if form in known), None)


def _numerals(found: Sequence[Token]) -> list[Token]:
    """Join words such as «двадцать одна» into a figure; «одна из» is no count."""
    made: list[Token] = []
    at = 0
    while at < len(found):
        run = at
        while run < len(found) and _goes_on(found, at, run):
            run += 1
        alone = run == at + 1 and _value(found[at]) == 1 and _next_is(found, run, "из")
        if run == at or alone:
            made.append(found[at])
            at += 1
            continue
        total = sum(_value(one) or 0 for one in found[at:run])
        made.append(_joined(found[at:run], Figure(Fraction(total))))
        at = run
    return made


def _goes_on(found: Sequence[Token], start: int, at: int) -> bool:
    """Return whether the word at ``at`` is a lesser part of the same number."""
    value = _value(found[at])
    if value is None:
        return False
    if at == start:
        return True
    before = _value(found[at - 1]) or 0
    return before >= 20 and 0 < value < (100 if before >= 100 else 10)


def _next_is(found: Sequence[Token], at: int, word: str) -> bool:
    return at < len(found) and word in found[at].forms


def _joined(parts: Sequence[Token], figure: Figure) -> Token:
    text = " ".join(one.text for one in parts)
    return Token(Kind.FIGURE, text, parts[0].start, parts[-1].end, figure=figure)


def _counted_years(found: Sequence[Token]) -> list[Token]:
    """«2024 обучающихся» is a count, whatever it looks like."""
    words = vocabulary()
    nouns = {
        form
        for sense in words.senses
        if sense.key in ("pupils", "teachers")
        for phrase in sense.needs[0]
        for form in phrase[0]
    }
    counted = nouns | words.people | words.units[Unit.ROUBLES]
    made = list(found)
    for at, one in enumerate(made[:-1]):
        bare = one.kind is Kind.YEAR and one.text.isdigit()
        if bare and made[at + 1].forms & counted:
            made[at] = replace(one, kind=Kind.FIGURE, figure=Figure(Fraction(one.text)), years=())
    return made


def _explained(found: Sequence[Token]) -> list[Token]:
    """Drop the words that repeat a figure in brackets: «7 (семь) школ»."""
    made: list[Token] = []
    at = 0
    while at < len(found):
        made.append(found[at])
        signs = [one.text for one in found[at + 1 : at + 4]]
        inner = found[at + 2].figure if len(signs) == 3 else None
        same = inner is not None and found[at].figure is not None
        if same and (signs[0], signs[2]) == ("(", ")") and not signs[1][:1].isdigit():
            at += 3
        at += 1
    return made


def _scaled(found: Sequence[Token]) -> list[Token]:
    """«1,2 млн» is 1 200 000, written to a hundred thousand."""
    known = vocabulary().scales
    made: list[Token] = []
    for one in found:
        scale = next((known[form] for form in one.forms if form in known), None)
        last = made[-1] if made else None
        before = last.figure if last else None
        if last is None or before is None:
            made.append(one)
        elif scale is not None:
            grown = replace(before, value=before.value * scale, step=before.step * scale)
            made[-1] = _longer(last, one, grown)
        elif one.figure is not None and one.figure.value < before.step:
            # «две тысячи» and «двести» beside it are one number.
            both = replace(one.figure, value=before.value + one.figure.value)
            made[-1] = _longer(last, one, both)
        else:
            made.append(one)
    return made


def _longer(token: Token, after: Token, figure: Figure) -> Token:
    return replace(token, end=after.end, text=f"{token.text} {after.text}", figure=figure)


def _with_units(found: Sequence[Token]) -> list[Token]:
    made: list[Token] = []
    at = 0
    while at < len(found):
        one = found[at]
        at += 1
        if one.figure is None:
            made.append(one)
            continue
        unit, length = _unit(found[at : at + 2])
        taken = found[at - 1 : at + length]
        text = " ".join(part.text for part in taken).replace(" %", "\N{NO-BREAK SPACE}%")
        made.append(
            replace(one, text=text, end=taken[-1].end, figure=replace(one.figure, unit=unit))
        )
        at += length
    return made


def _unit(after: Sequence[Token]) -> tuple[Unit, int]:
    """Return the unit that follows a figure and how many tokens name it."""
    words = vocabulary()
    for phrase in words.points:
        if len(after) == len(phrase) and all(
            one.forms & forms for one, forms in zip(after, phrase, strict=True)
        ):
            return Unit.OTHER, 2
    if after:
        for unit, forms in words.units.items():
            if after[0].forms & forms:
                return unit, 1
    return Unit.COUNT, 0


def _bounded(found: Sequence[Token]) -> tuple[Token, ...]:
    made: list[Token] = []
    for one in found:
        if one.figure is None:
            made.append(one)
            continue
        bound, length = _bound(made)
        before = made[len(made) - length :]
        del made[len(made) - length :]
        text = " ".join([*(part.text for part in before), one.text])
        start = before[0].start if before else one.start
        made.append(replace(one, text=text, start=start, figure=replace(one.figure, bound=bound)))
    return tuple(made)


def _bound(before: Sequence[Token]) -> tuple[Bound, int]:
    """Return the bound that stands before a figure, the longest one, and its length."""
    found = [
        (len(phrase), bound)
        for bound, listed in vocabulary().bounds.items()
        for phrase in listed
        if _ends_with(before, phrase)
    ]
    if not found:
        return Bound.EXACT, 0
    length, bound = max(found, key=lambda one: one[0])
    return bound, length


def _ends_with(before: Sequence[Token], phrase: Phrase) -> bool:
    last = before[len(before) - len(phrase) :] if len(before) >= len(phrase) else ()
    return bool(last) and all(one.forms & forms for one, forms in zip(last, phrase, strict=True))
