"""What a correct import of a messy stick finds, computed from the story and not from the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.journeys.messy_sheets import Counts, Exam, School

_MINIMUM = {"Русский язык": 24, "Математика (профильная)": 27}
_COUNTED = ("Русский язык", "Математика")


@dataclass(frozen=True)
class Expected:
    """The figures of one school in one procedure; ``marks`` is empty for test scores."""

    participants: int
    below: int
    mean: float
    marks: tuple[int, ...] = ()


Key = tuple[str, str, int, str, int]
"""School key, kind, year, subject, grade."""


@dataclass
class Story:
    """The truth about a district."""

    results: dict[Key, Expected] = field(default_factory=dict)

    def marks(self, exam: Exam, found: Mapping[School, Counts]) -> Mapping[School, Counts]:
        """Note the marks and hand them on."""
        for school, counts in found.items():
            of = sum(counts)
            mean = sum(mark * count for mark, count in enumerate(counts, 2)) / of
            self.results[_key(school, exam)] = Expected(of, counts[0], mean, counts)
        return found

    def scores(
        self, exam: Exam, found: Mapping[School, Sequence[int]]
    ) -> Mapping[School, Sequence[int]]:
        """Note the test scores and hand them on."""
        for school, scores in found.items():
            below = sum(score < _MINIMUM[exam.subject] for score in scores)
            mean = sum(scores) / len(scores)
            self.results[_key(school, exam)] = Expected(len(scores), below, mean)
        return found

    def shnor(self, year: int) -> set[str]:
        """Return the keys of the schools that are ШНОР by the default rule (domain.md §1.1)."""
        low = {
            key
            for key, found in self.results.items()
            if key[3].startswith(_COUNTED) and 10 * found.below >= 3 * found.participants
        }
        return {school for school in {key[0] for key in low} if _is_shnor(low, school, year)}


def _is_shnor(low: set[Key], school: str, year: int) -> bool:
    now = [key for key in low if key[0] == school and key[2] == year]
    again = [key for key in now if (school, key[1], year - 1, key[3], key[4]) in low]
    return len(now) >= 2 or bool(again)


def _key(school: School, exam: Exam) -> Key:
    return school.key, exam.kind, exam.year, exam.subject, exam.grade
