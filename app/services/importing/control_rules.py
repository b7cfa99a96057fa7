"""Control rules (контрольные соотношения) as data, read strictly: a slip names its line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import ResourceError
from app.models.enums import Severity
from app.paths import resource

_FOLDER = "thresholds"
_TEXTS = ("key", "title", "left", "operator", "right", "hint", "source")
_NEEDED = frozenset({*_TEXTS, "severity", "tolerance", "confirmed"})
_ALLOWED = _NEEDED | {"soft"}


@dataclass(frozen=True)
class Rule:
    """One control rule: left – operator – right as people write it, severity, what to do.

    ``tolerance`` is what the check of this key needs: a number, limits, or named numbers.  A
    finding of a ``soft`` rule is a warning that a person may confirm with a note.
    """

    key: str
    title: str
    left: str
    operator: str
    right: str
    severity: Severity
    tolerance: Any
    hint: str
    source: str
    confirmed: bool
    soft: bool = False


@lru_cache(maxsize=4)
def load_rules(name: str, keys: frozenset[str]) -> dict[str, Rule]:
    """Return the rules of a file of ``resources/thresholds``; ``keys`` are those that checks know.

    ResourceError names file, line and reason: bad JSON, a key that is lacking, unknown or of the
    wrong type, an unknown severity, a rule given twice, lacking or known to no check.
    """
    return parse_rules(name, _text(resource(_FOLDER, name), name), keys)


def parse_rules(name: str, text: str, keys: Collection[str]) -> dict[str, Rule]:
    """Return the rules of the text of a file; see ``load_rules``."""
    found: dict[str, Rule] = {}
    for start, end, entry in _entries(name, text):
        slip = _slip(entry) or _odd_key(entry["key"], found, keys)
        if slip is not None:
            place = max(text.find(f'"{slip[0]}"', start, end), start)
            raise _broken(name, text.count("\n", 0, place) + 1, slip[1])
        found[entry["key"]] = Rule(**{**entry, "severity": Severity(entry["severity"])})
    lacking = sorted(set(keys) - found.keys())
    if lacking:
        raise _broken(name, text.count("\n") + 1, f"нет правила «{lacking[0]}»")
    return found


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _broken(name, 1, "файл не читается") from error


def _odd_key(key: str, found: Collection[str], keys: Collection[str]) -> tuple[str, str] | None:
    if key in found:
        return "key", f"правило «{key}» записано дважды"
    return None if key in keys else ("key", f"правила «{key}» программа не знает")


def _entries(name: str, text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield each rule with the places in the text where it begins and ends."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise _broken(name, getattr(error, "lineno", 1), "это не JSON") from error
    if not isinstance(whole, dict) or not isinstance(whole.get("rules"), list):
        raise _broken(name, 1, "нет списка «rules»")
    decoder, place = json.JSONDecoder(), text.index("[", text.index('"rules"')) + 1
    for _ in whole["rules"]:
        start = place + len(text[place:]) - len(text[place:].lstrip(" \t\r\n,"))
        entry, place = decoder.raw_decode(text, start)
        if not isinstance(entry, dict):
            line = text.count("\n", 0, start) + 1
            raise _broken(name, line, "правило – не набор ключей в фигурных скобках")
        yield start, place, entry


def _slip(entry: dict[str, Any]) -> tuple[str, str] | None:
    """Return the key that is wrong in a rule and the reason, or None."""
    lacking, unknown = sorted(_NEEDED - entry.keys()), sorted(entry.keys() - _ALLOWED)
    if lacking:
        return lacking[0], f"нет ключа «{lacking[0]}»"
    if unknown:
        return unknown[0], f"неизвестный ключ «{unknown[0]}»"
    for key in _TEXTS:
        if not isinstance(entry[key], str) or not entry[key].strip():
            return key, f"в ключе «{key}» должен быть текст"
    for key in ("confirmed", "soft"):
        if not isinstance(entry.get(key, False), bool):
            return key, f"в ключе «{key}» должно быть true или false"
    severities = [one.value for one in Severity]
    if entry["severity"] not in severities:
        known = ", ".join(severities)
        return "severity", f"важность «{entry['severity']}» неизвестна, бывают: {known}"
    if entry.get("soft") and entry["severity"] != Severity.WARNING.value:
        return "soft", "ошибку нельзя подтвердить с пояснением: «soft» бывает только у «warning»"
    if not _is_tolerance(entry["tolerance"]):
        return "tolerance", "в ключе «tolerance» нет числа"
    return None


def _is_tolerance(value: object) -> bool:
    if isinstance(value, dict):
        return bool(value) and all(_is_plain(one) for one in value.values())
    return _is_plain(value)


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, str) or _is_number(one) for one in value)
    return _is_number(value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _broken(name: str, line: int, reason: str) -> ResourceError:
    return ResourceError(
        f"Контрольные соотношения «{_FOLDER}/{name}», строка {line}: {reason}.",
        "Исправьте файл или установите программу заново.",
    )
