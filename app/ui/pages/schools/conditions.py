"""What the card says of the conditions of a school: ИСБ, its parts, cluster, the region's list."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.methodology import Contribution, Deficit, SchoolVerdict
from app.ui.category_chips import category_word
from app.ui.numbers import tenths
from app.ui.office_words import said
from app.ui.pages.schools.lines import Requisite


def conditions(found: SchoolVerdict) -> Iterator[Requisite]:
    """Return the lines of the section; none when nothing is known but results."""
    verdict = found.verdict
    if found.region is not None:
        listed = f"{category_word(found.region.category)} ({found.region.source})"
        yield Requisite("Список региона", listed, None)
    if verdict.cluster is not None:
        yield Requisite("Кластер", f"№ {verdict.cluster.number}. {verdict.cluster.title}", None)
    if verdict.resilient:
        sign = "резильентная: результаты не ниже медианы района (расчёт программы)"
        yield Requisite("Особый признак", sign, None)
    if verdict.social is None:
        return
    yield Requisite(said("ШНСУ"), said(verdict.social.text), None)
    marked = verdict.social.evidence.deficits
    if marked is not None:
        listed = ", ".join(kind.value for kind in Deficit if kind in marked)
        yield Requisite("Дефицит ресурсов", listed or "проверено: нет", None)
    for part in verdict.social.evidence.contributions:
        yield Requisite(part.indicator.title, _part(part), None)


def _part(part: Contribution) -> str:
    if part.value is None or part.points is None:
        return "нет данных"
    return f"{tenths(float(part.value))} % → {tenths(float(part.points))} ИСБ"
