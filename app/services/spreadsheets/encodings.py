"""Which encoding a text file is in: by its marks, by UTF-8's own rules, else by Russian letters.

General detectors misread short Windows-1251 files, because they weigh dozens of languages; here
only the four Russian one-byte encodings can be meant, so the frequencies of Russian letters and the
order of small and capital letters decide.
"""

from __future__ import annotations

import codecs
import math
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_TITLES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "Юникод (UTF-16)",
    "utf-16-le": "Юникод (UTF-16)",
    "utf-16-be": "Юникод (UTF-16)",
    "cp1251": "Windows-1251",
    "cp866": "DOS (866)",
    "koi8-r": "КОИ-8",
    "mac-cyrillic": "Mac (кириллица)",
}

# Per cent of each letter in Russian prose (the well-known table of the National Corpus).
_FREQUENCIES = {
    "о": 10.97, "е": 8.45, "а": 8.01, "и": 7.35, "н": 6.70, "т": 6.26, "с": 5.47, "р": 4.73,
    "в": 4.54, "л": 4.40, "к": 3.49, "м": 3.21, "д": 2.98, "п": 2.81, "у": 2.62, "я": 2.01,
    "ы": 1.90, "ь": 1.74, "г": 1.70, "з": 1.65, "б": 1.59, "ч": 1.44, "й": 1.21, "х": 0.97,
    "ж": 0.94, "ш": 0.73, "ю": 0.64, "ц": 0.48, "щ": 0.36, "э": 0.32, "ф": 0.26, "ъ": 0.04,
    "ё": 0.04,
}  # fmt: skip
_WEIGHTS = {letter: math.log(share) for letter, share in _FREQUENCIES.items()}
_SIGNS = frozenset("№«»–—…“”„’\u00a0°§•±")
_SIGN_WEIGHT = 0.0
_FOREIGN_WEIGHT = -6.0
_BROKEN_CASE = -6.0
"""A capital letter after a small one inside a word: what КОИ-8 looks like when read as 1251."""

_SAMPLE = 20_000
_DAMAGE_SHARE = 0.02
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]+")
"""Letters of any encoding; what stands between them, such as «;» of a table, ends a word."""
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 26}


class Decoded(NamedTuple):
    """The text of a file, its encoding, and a Russian note where the encoding was guessed."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of a file; it is a text, see ``is_text``.

    A file that is UTF-8 but for a few broken bytes keeps U+FFFD in their places, with a note.
    """
    encoding = _marked(data) or _wide(data)
    if encoding is not None:
        return Decoded(data.decode(encoding, "replace"), encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _one_byte(data)


def is_text(head: bytes) -> bool:
    """Return whether the beginning of a file is text in one of the encodings known here."""
    encoding = _marked(head) or _wide(head)
    if encoding is None:
        return not _CONTROL.intersection(head)
    text = head.decode(encoding, "replace")
    return not any(ord(sign) in _CONTROL for sign in text) and text.count("\ufffd") <= 1


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte is 0 (Latin, digits) or 4 (Cyrillic)."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or 0 not in sample:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[first::2]
        if sum(byte in (0, 4) for byte in high) > 0.9 * len(high):
            return encoding
    return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum("а" <= sign.lower() <= "я" for sign in text[:_SAMPLE])
    if broken > max(1.0, _DAMAGE_SHARE * letters) or letters < 10:
        return None
    note = f"В тексте файла испорчены знаки ({broken}): на их месте стоит «\ufffd»."
    return Decoded(text, "utf-8", note)


def _one_byte(data: bytes) -> Decoded:
    sample = b" ".join(_WORDS.findall(data[: _SAMPLE * 4]))
    encoding = max(
        ("cp1251", "cp866", "koi8-r", "mac-cyrillic"), key=lambda name: _score(sample, name)
    )
    note = f"Кодировка файла определена по буквам: {_TITLES[encoding]}."
    return Decoded(data.decode(encoding, "replace"), encoding, note)


def _score(sample: bytes, encoding: str) -> float:
    """Return how much a sample looks like Russian when read in an encoding."""
    total = 0.0
    previous = " "
    for sign in sample.decode(encoding, "replace"):
        if ord(sign) > 127:
            low = sign.lower()
            total += _WEIGHTS.get(low, _SIGN_WEIGHT if sign in _SIGNS else _FOREIGN_WEIGHT)
            if previous.islower() and sign != low:
                total += _BROKEN_CASE
        previous = sign
    return total
