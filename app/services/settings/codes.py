"""Control digits of the codes of an organisation: what looks mistyped, never what is forbidden."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
"""Weights of the control digits, the same for forty years; no official text of them was read."""
_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_TYPED = "Проверьте, нет ли опечатки."


def code_remarks(*, inn: str, kpp: str, ogrn: str, okpo: str, email: str) -> Mapping[str, str]:
    """Return by field what is doubtful, each a Russian sentence; an empty field is no doubt."""
    found = {
        "inn": _inn(inn),
        "kpp": _kpp(kpp),
        "ogrn": _ogrn(ogrn),
        "okpo": _okpo(okpo),
        "email": _email(email),
    }
    return {field: text for field, text in found.items() if text}


def _inn(code: str) -> str:
    if not code:
        return ""
    if not _digits(code) or len(code) not in (10, 12):
        return f"В ИНН организации 10 цифр (у предпринимателя 12), а не «{code}»."
    weights: Sequence[Sequence[int]] = (_INN_10,) if len(code) == 10 else _INN_12
    last = [_weighted(code, one) % 11 % 10 for one in weights]
    right = [int(sign) for sign in code[-len(weights) :]]
    return "" if last == right else f"Контрольная цифра ИНН не сходится. {_TYPED}"


def _kpp(code: str) -> str:
    if not code or _KPP.fullmatch(code):
        return ""
    return f"В КПП девять знаков: «{code}» на него не похоже. {_TYPED}"


def _ogrn(code: str) -> str:
    """The last digit is the rest of the number before it by 11 (for an entrepreneur by 13)."""
    if not code:
        return ""
    if not _digits(code) or len(code) not in (13, 15):
        return f"В ОГРН 13 цифр (у предпринимателя 15), а не «{code}»."
    rest = int(code[:-1]) % (len(code) - 2) % 10
    return "" if rest == int(code[-1]) else f"Контрольная цифра ОГРН не сходится. {_TYPED}"


def _okpo(code: str) -> str:
    """The weights are the places of the digits; a rest of ten asks for weights greater by two.

    Source: ПР 50.1.024-2005, known by hearsay: the text itself was not read.
    """
    if not code:
        return ""
    if not _digits(code) or len(code) not in (8, 10):
        return f"В ОКПО 8 цифр (у предпринимателя 10), а не «{code}»."
    places = [index % 10 + 1 for index in range(len(code) - 1)]
    rest = _weighted(code, places) % 11
    if rest == 10:
        rest = _weighted(code, [index % 10 + 3 for index in range(len(code) - 1)]) % 11 % 10
    return "" if rest == int(code[-1]) else f"Контрольная цифра ОКПО не сходится. {_TYPED}"


def _email(address: str) -> str:
    if not address or _EMAIL.fullmatch(address):
        return ""
    return f"«{address}» не похоже на адрес электронной почты."


def _digits(code: str) -> bool:
    return code.isascii() and code.isdigit()


def _weighted(code: str, weights: Sequence[int]) -> int:
    return sum(int(sign) * weight for sign, weight in zip(code, weights, strict=False))
