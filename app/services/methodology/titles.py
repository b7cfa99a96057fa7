"""Russian titles of the parameters of a methodology, and the subjects that it may name."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.paths import resource

PARAMETER_TITLES = {
    "threshold_percent": "Порог низкого результата",
    "rule_a_procedures": "Правило А: низких процедур за год",
    "rule_b_years": "Правило Б: лет подряд",
    "rule_b_same": "Правило Б: та же процедура или любая",
    "rule_b_years_back": "Как считать годы подряд",
    "join": "Связь правил А и Б",
    "min_participants": "Наименьшее число участников",
    "small_sample": "Малая выборка",
    "borderline_points": "Пограничное значение",
    "risk_one_low_procedure": "Зона риска: одна низкая процедура",
    "risk_near_from_percent": "Зона риска: близко к порогу",
    "risk_growth_points": "Зона риска: рост доли «2»",
    "bias_policy": "ВПР с признаками необъективности",
    "isb_source": "Откуда ИСБ",
    "quartile_from_schools": "Квартиль района",
    "deficits_needed": "Сколько нужно дефицитов ресурсов",
    "resilient": "Называть ли школы резильентными",
}
"""By the key of the data file."""


_SAT_IN = {AssessmentKind.OGE: (9,), AssessmentKind.EGE: (11, 12)}
"""Grades in which an exam is taken; the ВПР has many."""


def subject_names() -> tuple[str, ...]:
    """Return the subjects that results carry, in the order of the catalogue."""
    return tuple(_subjects())


def subject_fault(kind: AssessmentKind, subject: str) -> str:
    """Return why results of this kind never carry the subject, or an empty text."""
    if subject not in _subjects():
        return f"предмета «{subject}» программа не знает"
    if kind.value in _subjects()[subject]:
        return ""
    alike = [name for name, kinds in _subjects().items() if kind.value in kinds]
    same = [f"«{name}»" for name in alike if name.split()[0] == subject.split()[0]]
    there = f"; есть {', '.join(same)}" if same else ""
    return f"{kind.value} по предмету «{subject}» не бывает{there}"


def grades_fault(kind: AssessmentKind, grades: Collection[int]) -> str:
    """Return why nothing would be counted in these grades, or an empty text."""
    sat = _SAT_IN.get(kind)
    if sat is None or set(sat) & set(grades):
        return ""
    return f"{kind.value} сдают в {sat[0]} классе: в этих классах не учтётся ничего"


@cache
def _subjects() -> dict[str, tuple[str, ...]]:
    """Return the kinds of assessment that have each subject."""
    path = resource("subjects.json")
    every = tuple(kind.value for kind in AssessmentKind)
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["subjects"]
        return {entry["name"]: tuple(entry.get("assessments", every)) for entry in entries}
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(
            f"Файл программы «{path.name}» не читается.", "Установите программу заново."
        ) from error
