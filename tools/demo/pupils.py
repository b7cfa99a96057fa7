"""Pupils of the exam protocols: names out of folk tales, scores that agree with the tally."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tools.demo.district import BASIC_MATHS, MATHS, RUSSIAN, SCHOOLS
from tools.demo.drawing import generator, tally

# Plainly imaginary on purpose: no combination of these is a person's name.
_SURNAMES = ("Небылицын", "Выдумкин", "Присказкин", "Потешин", "Былинкин", "Сказкин", "Загадкин")
_GIRLS = ("Любава", "Забава", "Купава", "Снегурочка", "Василиса", "Алёнушка")
_BOYS = ("Садко", "Лель", "Вольга", "Микула", "Ивашечка", "Берендей")
_FATHERS = (("Небылицевич", "Небылична"), ("Потехович", "Потеховна"), ("Сказович", "Сказовна"))

Score = Callable[[random.Random, int], tuple[int, int]]
"""From a generator and the place of the mark (0 for «2») to a primary score and the final one."""

_OGE_BANDS = {
    (RUSSIAN, 2024): ((3, 14), (15, 22), (23, 28), (29, 33)),
    (RUSSIAN, 2025): ((3, 14), (15, 25), (26, 32), (33, 37)),
    (MATHS, 2024): ((2, 7), (8, 14), (15, 21), (22, 31)),
    (MATHS, 2025): ((2, 7), (8, 14), (15, 21), (22, 31)),
}
"""Primary scores of the marks 2 to 5: domain, §6 (recommended scales of the ОГЭ)."""

_EGE_BANDS = ((5, 20), (40, 57), (58, 72), (73, 96))
"""Test scores below the minimum and above it: well away from every minimum of any year."""


@dataclass(frozen=True)
class Pupil:
    """One row of a protocol; ``final`` is a mark or, for the ЕГЭ, a test score."""

    rcoi: str
    form: str
    surname: str
    name: str
    patronymic: str
    primary: int
    final: int


def oge(year: int, subject: str) -> list[Pupil]:
    """Return the pupils of an ОГЭ protocol, schools mixed as the regional centre mixes them."""
    bands = _OGE_BANDS[subject, year]

    def score(dice: random.Random, mark: int) -> tuple[int, int]:
        return dice.randint(*bands[mark]), mark + 2

    return _protocol(year, "ОГЭ", subject, 9, score)


def ege(year: int, subject: str) -> list[Pupil]:
    """Return the pupils of an ЕГЭ protocol; basic mathematics has marks instead of scores."""
    score = _basic_mark if subject == BASIC_MATHS else _test_score
    return _protocol(year, "ЕГЭ", subject, 11, score)


def _basic_mark(dice: random.Random, mark: int) -> tuple[int, int]:
    return 4 * mark + dice.randint(2, 5), mark + 2


def _test_score(dice: random.Random, mark: int) -> tuple[int, int]:
    score = dice.randint(*_EGE_BANDS[mark])
    return score // 2, score


def _protocol(year: int, assessment: str, subject: str, grade: int, score: Score) -> list[Pupil]:
    dice = generator("pupils", year, assessment, subject)
    pupils: list[Pupil] = []
    for school in SCHOOLS:
        if grade not in school.grades:
            continue
        result = tally(school, year, assessment, subject, grade)
        for mark, count in enumerate((result.n2, result.n3, result.n4, result.n5)):
            pupils += [_pupil(dice, school.rcoi, grade, score(dice, mark)) for _ in range(count)]
    dice.shuffle(pupils)
    return pupils


def _pupil(dice: random.Random, rcoi: str, grade: int, scores: tuple[int, int]) -> Pupil:
    girl = dice.random() < 0.5
    return Pupil(
        rcoi=rcoi,
        form=f"{grade}{dice.choice('аб')}" if grade == 9 else str(grade),
        surname=dice.choice(_SURNAMES) + ("а" if girl else ""),
        name=dice.choice(_GIRLS if girl else _BOYS),
        patronymic=dice.choice(_FATHERS)[girl],
        primary=scores[0],
        final=scores[1],
    )
