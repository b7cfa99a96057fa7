"""What changed for a school since the year before: category, low procedures, ИСБ.  Pure."""

from __future__ import annotations

from app.services.methodology.types import ProcedureKey, Verdict
from app.services.methodology.wording import procedure_title, told_apart


def changed_since(before: Verdict, now: Verdict, year: int) -> str:
    """Return one Russian sentence about ``now`` against ``before``, the verdict of a year ago."""
    if before.no_data:
        return f"За {year - 1} год данных нет, сравнить не с чем."
    if now.no_data:
        return f"За {year} год данных нет; в {year - 1} году – «{before.category}»."
    if before.category is now.category:
        head = f"Категория не изменилась с {year - 1} года: «{now.category}»"
    else:
        head = f"В {year - 1} году – «{before.category}», в {year} году – «{now.category}»"
    was, has = _low(before, year - 1), _low(now, year)
    parts = [
        head,
        *_listed("стали низкими", [key for key in has if key not in was]),
        *_listed("перестали быть низкими", [key for key in was if key not in has]),
        *_isb(before, now),
    ]
    return f"{'; '.join(parts)}."


def _low(verdict: Verdict, year: int) -> list[ProcedureKey]:
    return [outcome.procedure for outcome in verdict.low if outcome.year == year]


def _listed(title: str, keys: list[ProcedureKey]) -> list[str]:
    return [f"{title}: {', '.join(procedure_title(key) for key in keys)}"] if keys else []


def _isb(before: Verdict, now: Verdict) -> list[str]:
    was = before.social.evidence.isb if before.social else None
    is_now = now.social.evidence.isb if now.social else None
    if was is None or is_now is None or was == is_now:
        return []
    return [f"ИСБ был {told_apart(was, is_now)}, стал {told_apart(is_now, was)}"]
