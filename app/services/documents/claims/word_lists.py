"""The file of the vocabulary as it is read, and the lists that texts are cut into tokens by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.paths import resource
from app.services.cases import all_forms


@lru_cache(maxsize=1)
def word_lists() -> Mapping[str, Any]:
    """Return ``resources/documents/claims.json``; ResourceError when it is not right."""
    path = resource("documents", "claims.json")
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise broken(error) from error


def broken(error: Exception) -> ResourceError:
    """Return the refusal of a vocabulary with that fault."""
    return ResourceError(
        f"Не читается словарь проверки чисел {resource('documents', 'claims.json')}: {error}.",
        "Переустановите программу: её файлы повреждены.",
    )


def numbered_words() -> frozenset[str]:
    """Return the words after which a number is a name and counts nothing: «задача 2», «п. 3».

    Of things that are counted too only the forms of one: «мероприятий 12» says how many.
    """
    try:
        listed = word_lists()["numbered_things"]
        parts, counted = listed["parts_of_texts"], listed["counted_too"]
        return frozenset(listed["abbreviations"]).union(
            *(all_forms(word) for word in parts),
            *(all_forms(word, only_one=True) for word in counted),
        )
    except (KeyError, TypeError) as error:
        raise broken(error) from error
