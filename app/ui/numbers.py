"""Numbers as people here write them: decimal comma, no grouping that Excel would not read back."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from app.services.russian import counted as counted  # pages write numbers through this module


def whole(value: object) -> str:
    """Return a whole number; empty for None."""
    return "" if value is None else str(value)


def tenths(value: object) -> str:
    """Return a number with one decimal after a comma; empty for None."""
    return _fixed(value, 1)


def hundredths(value: object) -> str:
    """Return a number with two decimals after a comma; empty for None."""
    return _fixed(value, 2)


def _fixed(value: object, digits: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, (int, float)):
        raise TypeError(f"a number is expected, not {type(value).__name__}")
    # Half up, as people round and as the sentences of the methodology do: 6.25 reads 6,3.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{rounded:f}".replace(".", ",")
