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
    for line, entry in _entries(name, text):
        reason = _fault(entry)
        if reason is None and entry["key"] in found:
            reason = f"правило «{entry['key']}» записано дважды"
        if reason is None and entry["key"] not in keys:
            reason = f"правила «{entry['key']}» программа не знает"
        if reason is not None:
            raise _broken(name, line, reason)
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


def _entries(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each rule with the line it begins in."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise _broken(name, getattr(error, "lineno", 1), "это не JSON") from error
    if not isinstance(whole, dict) or not isinstance(whole.get("rules"), list):
        raise _broken(name, 1, "нет списка «rules»")
    decoder, position = json.JSONDecoder(), text.index("[", text.index('"rules"')) + 1
    for _ in whole["rules"]:
        position += len(text[position:]) - len(text[position:].lstrip(" \t\r\n,"))
        line = text.count("\n", 0, position) + 1
        entry, position = decoder.raw_decode(text, position)
        if not isinstance(entry, dict):
            raise _broken(name, line, "правило – не набор ключей в фигурных скобках")
        yield line, entry


def _fault(entry: dict[str, Any]) -> str | None:
    """Return what is wrong with a rule, or None."""
    lacking, unknown = sorted(_NEEDED - entry.keys()), sorted(entry.keys() - _ALLOWED)
    if lacking or unknown:
        return f"нет ключа «{lacking[0]}»" if lacking else f"неизвестный ключ «{unknown[0]}»"
    for key in _TEXTS:
        if not isinstance(entry[key], str) or not entry[key].strip():
            return f"в ключе «{key}» должен быть текст"
    for key in ("confirmed", "soft"):
        if not isinstance(entry.get(key, False), bool):
            return f"в ключе «{key}» должно быть true или false"
    severities = [one.value for one in Severity]
    if entry["severity"] not in severities:
        return f"важность «{entry['severity']}» неизвестна, бывают: {', '.join(severities)}"
    if entry.get("soft") and entry["severity"] != Severity.WARNING.value:
        return "ошибку нельзя подтвердить с пояснением: «soft» бывает только у «warning»"
    return None if _is_tolerance(entry["tolerance"]) else "в ключе «tolerance» нет числа"


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
