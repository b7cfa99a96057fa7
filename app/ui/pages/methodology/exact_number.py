"""Fields of numbers that give back exactly what they were shown, unless a person changes it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QDoubleSpinBox


class ExactNumber(QDoubleSpinBox):
    """A file may give 33,333 where the field has room for 33,3: looking must not change it."""

    def __init__(self, least: float, most: float, decimals: int, special: str = "") -> None:
        super().__init__()
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSpecialValueText(special)
        self._given: tuple[float, Decimal] | None = None

    def show_exact(self, value: Decimal | None) -> None:
        """Show a number, as near to it as the field can; None is the special value."""
        self.setValue(self.minimum() if value is None else float(value))
        self._given = None if value is None else (self.value(), value)

    def exact(self) -> Decimal:
        """Return the number that was shown, or what a person wrote over it, without zeros."""
        if self._given is not None and self._given[0] == self.value():
            return self._given[1]
        written = Decimal(str(round(self.value(), self.decimals())))
        whole = written == written.to_integral_value()
        return written.quantize(Decimal(1)) if whole else written


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
