"""Fields of numbers that give back exactly what they were shown, unless a person changes it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox

_FINEST = 6
"""Decimals that a field may grow to; a file may be finer still."""


class ExactNumber(QDoubleSpinBox):
    """A field that grows for a finer number: 33,333 stands whole where 30,0 has one decimal.

    What is finer than any field is shown rounded, and looking does not change it; to write what
    is shown sets exactly that.
    """

    typed = Signal()
    """A person wrote over a rounded number; the value that Qt knows may be the same."""

    def __init__(self, least: float, most: float, decimals: int, special: str = "") -> None:
        super().__init__()
        self._room = decimals
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSpecialValueText(special)
        self._given: tuple[float, Decimal] | None = None
        self.lineEdit().textEdited.connect(self._on_typed)

    def show_exact(self, value: Decimal | None) -> None:
        """Show a number, as near to it as the field can; None is the special value."""
        finer = 0 if value is None else _decimals(value)
        self.setDecimals(min(max(self._room, finer), _FINEST))
        self.setValue(self.minimum() if value is None else float(value))
        self._given = None if value is None else (self.value(), value)
        rounded = value is not None and finer > _FINEST
        whole = format(value, "f").replace(".", ",") if value is not None and rounded else ""
        self.setToolTip(f"Точное значение – {whole}, здесь оно округлено." if whole else "")

    def exact(self) -> Decimal:
        """Return the number that was shown, or what a person wrote over it, without zeros."""
        if self._given is not None and self._given[0] == self.value():
            return self._given[1]
        written = Decimal(str(round(self.value(), self.decimals())))
        whole = written == written.to_integral_value()
        return written.quantize(Decimal(1)) if whole else written

    def textFromValue(self, value: float) -> str:  # noqa: N802
        """Return the number with the decimals of the field and those that it needs."""
        text = super().textFromValue(value)
        for _ in range(self.decimals() - self._room):
            text = text.removesuffix("0")
        return text.rstrip(",.")

    def _on_typed(self, _text: str) -> None:
        if self._given is not None:
            self._given = None
            self.setToolTip("")
            self.typed.emit()


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


class Cutoff(ExactNumber):
    """The border of the ИСБ; a region counts on a scale of its own, also below zero or over 100."""

    def __init__(self) -> None:
        super().__init__(-100_000, 100_000, 4, "не задана")

    def is_set(self) -> bool:
        """Return whether a border stands in the field."""
        return self.value() > self.minimum()

    def stepBy(self, steps: int) -> None:  # noqa: N802
        """Go from «не задана» to zero and back; numbers below zero are written."""
        if not self.is_set():
            self.setValue(max(steps - 1, 0))
        elif self.value() == 0 and steps < 0:
            self.setValue(self.minimum())
        else:
            super().stepBy(steps)

    def textFromValue(self, value: float) -> str:  # noqa: N802
        """Return the number without zeros at its end."""
        text = super().textFromValue(value)
        return text.rstrip("0").rstrip(",.") if self.decimals() else text
