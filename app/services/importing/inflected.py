"""Names of schools in the genitive, as sentences and headings have them: «филиала Озёрской СОШ»."""

from __future__ import annotations

from app.services.table_words import words


def nominative(name: str) -> str:
    """Return the name of a school of which a cell speaks in the genitive, as a register has it.

    Only endings that names of schools have are changed (``genitive`` of the words); what results
    is compared with the register letter for letter, so that a wrong one finds nothing.
    """
    return " ".join(_word(word) for word in name.split())


def _word(word: str) -> str:
    bare = word.rstrip('»".,;:)')
    low = bare.casefold()
    for genitive, plain in words("genitive").items():
        if low.endswith(genitive):
            return bare[: -len(genitive)] + plain + word[len(bare) :]
    return word
