"""Numbers as people read them: decimal comma, halves away from zero, on their side of a limit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

Number = Fraction | Decimal | float
MINUS = "−"
"""What stands before a number in tables and pictures; a sentence has the hyphen of keyboards."""
_MOST_DIGITS = 5
_KILOBYTE = 1024
_MEGABYTE = 1024 * _KILOBYTE


def exact(value: Number) -> Fraction:
    """Return the number that is written: 29.9 is 299/10, not the nearest binary number."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def fixed(value: Number, digits: int, minus: str = "-") -> str:
    """Return the number with so many decimals: 6.25 reads 6,3; −0.04 reads 0,0."""
    return _written(_round(exact(value), digits), digits, minus)


def plain(value: Decimal) -> str:
    """Return a setting or a stored figure with all its decimals and no needless zeros: 30; 33,3."""
    return format(value.normalize(), "f").replace(".", ",")


def short(value: Number, most: int = 2) -> str:
    """Return the number with no needless zeros and so many decimals at most: 30; 33,33.

    It takes more only to stay below a whole number that it has not reached: 29,996.
    """
    text = whole_or_less(value, most)
    return text.rstrip("0").rstrip(",") if "," in text else text


def share(value: Number, *limits: Fraction, least: int = 1, minus: str = "-") -> str:
    """Return a share in per cent with as many decimals as keep it on its side of every limit.

    One decimal is usual, ``least`` of them are written, five at most where no more are asked for;
    29,96 would read as 30,0 and look low, so it stays 29,96.
    """
    of = exact(value)
    most = max(least, _MOST_DIGITS)
    for digits in range(least, most + 1):
        units = _round(of, digits)
        if all(_reaches(units, digits, limit) == (of >= limit) for limit in limits):
            return _written(units, digits, minus)
    # Cut off: rounded it would reach what it does not.
    return _written(floor(of * 10**most), most, minus)


def whole_or_less(value: Number, least: int = 1) -> str:
    """Return a share in per cent that never reads as a whole per cent it has not reached.

    For places that do not know the threshold of the year: it is a whole per cent.
    """
    return share(value, Fraction(ceil(exact(value))), least=least)


def not_zero(value: Number, minus: str = "-") -> str:
    """Return a distance with as many decimals as keep it from zero; zero itself is 0,0.

    One decimal is usual; from 29,96 to 30 it is 0,04 and not 0,0.
    """
    of = exact(value)
    for digits in range(1, _MOST_DIGITS):
        if _round(of, digits) or not of:
            break
    else:
        digits = _MOST_DIGITS
    return fixed(of, digits, minus)


def size_words(size: int) -> str:
    """Return a number of bytes as people and Windows read it: «700 Б», «42 КБ», «1,4 МБ»."""
    if size < _KILOBYTE:
        return f"{size} Б"
    if size < _MEGABYTE - _KILOBYTE // 2:  # what would read as 1024 КБ is a megabyte
        return f"{fixed(Fraction(size, _KILOBYTE), 0)} КБ"
    return f"{fixed(Fraction(size, _MEGABYTE), 1).removesuffix(',0')} МБ"


def _reaches(units: int, digits: int, limit: Fraction) -> bool:
    return bool(units * limit.denominator >= limit.numerator * 10**digits)


def _round(value: Fraction, digits: int) -> int:
    """Return the number in units of its last decimal; whole numbers, for speed and exactness."""
    units = 2 * abs(value.numerator) * 10**digits + value.denominator
    size: int = units // (2 * value.denominator)
    return -size if value.numerator < 0 else size


def _written(units: int, digits: int, minus: str) -> str:
    sign = minus if units < 0 else ""
    text = str(abs(units)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]},{text[-digits:]}" if digits else f"{sign}{text}"
