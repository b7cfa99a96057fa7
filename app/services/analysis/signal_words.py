"""Russian for the own signals of one school: what, by which formula, on how many, and what not."""

from __future__ import annotations

from collections import Counter

from app.services.analysis.types import SchoolSignals, SignalRow
from app.services.analysis.words import procedure_text
from app.services.methodology import SIGNAL_ADVICE

SIGNALS_TITLE = "Внутренние сигналы"
SIGNALS_NOTE = (
    "Внутренние сигналы – расчёт программы, не официальный признак и не вывод о школе: на "
    f"категорию они не влияют. {SIGNAL_ADVICE}"
)

_LACKING = "Сравнить не удалось"


def signal_text(row: SignalRow) -> str:
    """Return «ВПР, русский язык, 4 класс. Внутренний сигнал: … (formula; sample). About.»."""
    said = row.signal.text.removesuffix(SIGNAL_ADVICE).strip()
    about = f" {row.about.rstrip('.')}." if row.about else ""
    return f"{procedure_text(*row.procedure)}. {said}{about}"


def signals_text(found: SchoolSignals) -> str:
    """Return the signals that ask for a look, else what was compared; empty for nothing at all.

    What the ФИОКО recommendations say of them comes at the end, once.
    """
    lines = [signal_text(row) for row in found.flagged]
    if not lines and found.rows:
        lines = [f"Сигналов нет. Проверено: {_compared(found)}."]
    if found.missing:
        lines.append(f"{_LACKING}: {len(found.missing)}; чего не хватает, сказано в «Результатах».")
    return "\n".join((*lines, SIGNALS_NOTE)) if lines else ""


def _compared(found: SchoolSignals) -> str:
    kinds = Counter(row.signal.kind.value for row in found.rows)
    return ", ".join(f"{kind} – {number}" for kind, number in kinds.items())
