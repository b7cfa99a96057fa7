"""Words by which tables and lists of files are told, as declared in ``resources/layouts``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

from app.errors import ResourceError
from app.paths import resource

_PLACE = ("layouts", "words.json")


@cache
def words(group: str) -> Mapping[str, str]:
    """Return the regular expressions of a group by name, in the order of the file.

    ``ResourceError`` when the file is missing or broken, or has no such group.
    """
    try:
        return _groups()[group]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken() from error


@cache
def pattern(group: str, name: str) -> re.Pattern[str]:
    """Return one expression of a group, compiled; ``ResourceError`` as for ``words``."""
    try:
        return patterns(group)[name]
    except KeyError as error:
        raise _broken() from error


@cache
def patterns(group: str) -> Mapping[str, re.Pattern[str]]:
    """Return every expression of a group, compiled, in the order of the file."""
    try:
        return {name: re.compile(text) for name, text in words(group).items()}
    except (re.error, TypeError) as error:
        raise _broken() from error


@cache
def _groups() -> Mapping[str, Mapping[str, str]]:
    loaded = json.loads(resource(*_PLACE).read_text(encoding="utf-8"))
    return {one["key"]: dict(one["words"]) for one in loaded["groups"]}


def _broken() -> ResourceError:
    return ResourceError(
        f"Файл программы «{'/'.join(_PLACE)}» не читается.", "Установите программу заново."
    )
