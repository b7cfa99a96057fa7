"""Results of the imaginary schools: drawn with a fixed seed, except where the story fixes them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tools.demo.district import BASIC_MATHS, PROFILE_MATHS, STORY, Key, School

SEED = "Лукоморье"

# Share of «2» that a drawn result may reach: far enough from the threshold that neither the share
# nor its growth in a year puts a school into a group by chance.
_DRAWN_BELOW = 0.09


@dataclass(frozen=True)
class Tally:
    """Pupils of one school in one procedure by mark; for the ЕГЭ ``n2`` is below the minimum."""

    n2: int
    n3: int
    n4: int
    n5: int

    @property
    def participants(self) -> int:
        """Pupils in all."""
        return self.n2 + self.n3 + self.n4 + self.n5

    @property
    def percents(self) -> tuple[float, float, float, float]:
        """Shares of the marks in per cent, rounded to two places as the source rounds them."""
        total = self.participants
        marks = (self.n2, self.n3, self.n4, self.n5)
        return tuple(round(100 * n / total, 2) for n in marks)  # type: ignore[return-value]

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.n2 + other.n2, self.n3 + other.n3, self.n4 + other.n4, self.n5 + other.n5)


def generator(*parts: object) -> random.Random:
    """Return a generator of its own for each thing drawn, so that adding one moves no other."""
    return random.Random("/".join(map(str, (SEED, *parts))))


def tally(school: School, year: int, assessment: str, subject: str, grade: int) -> Tally:
    """Return what the school achieved; the story of the district comes before chance."""
    key: Key = (school.login, year, assessment, subject, grade)
    dice = generator(*key)
    fixed = STORY.get(key)
    participants = fixed.participants if fixed else _participants(school, subject, grade, dice)
    below = fixed.below if fixed else dice.randint(0, int(participants * _DRAWN_BELOW))
    three = round((participants - below) * dice.uniform(0.35, 0.5))
    four = round((participants - below - three) * dice.uniform(0.6, 0.8))
    return Tally(below, three, four, participants - below - three - four)


def _participants(school: School, subject: str, grade: int, dice: random.Random) -> int:
    present = max(2, school.cohort - dice.randint(0, max(1, school.cohort // 8)))
    if grade < 11:
        return present
    # Fewer pupils stay for grade 11, and mathematics divides them in two.
    graduates = max(4, school.cohort // 2)
    return {PROFILE_MATHS: max(2, graduates * 3 // 5), BASIC_MATHS: graduates * 2 // 5}.get(
        subject, graduates
    )
