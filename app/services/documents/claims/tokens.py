"""A sentence as words, figures, years and borders: what is written, before what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from app.services.cases import normal_forms
from app.services.documents.claims.types import Figure
from app.services.documents.claims.word_lists import numbered_words
from app.services.months import ANY as MONTH

_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = r"(?:\s*(?:гг?\b\.?|год[а-я]*))"


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    FIGURE = "figure"
    YEAR = "year"
    SPAN = "span"
    """Years from and to: ``years`` holds both."""
    GRADE = "grade"
    DAY = "day"
    BORDER = "border"
    """A comma, a bracket, a colon or a dash; ``text`` is the sign."""
    OTHER = "other"
    """Written with figures and nothing that is compared: «№ 5», «500+», «1-й», «3/4»."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence with its place; ``forms`` are the dictionary forms of a word."""

    kind: Kind
    text: str
    start: int
    end: int
    forms: frozenset[str] = frozenset()
    figure: Figure | None = None
    years: tuple[int, ...] = ()
    quoted: bool = False

    @property
    def is_school_year(self) -> bool:
        """Whether it is a school year, which lies in two calendar years: «2024/2025»."""
        return (
            self.kind is Kind.YEAR
            and not self.text[4:].strip().casefold().startswith("г")
            and (len(self.text) > 4)
        )


_PATTERN = rf"""
    (?P<other>(?:№|\bN)\s*[\w/.\-]+|\d+\+|
        \b(?:NUMBERED)\b\.?\s*(?:№\s*)?\d+(?:\.\d+)*\.?(?!\s*%)|
        \d{{1,2}}:\d\d|\d+(?:[./]\d+){{2,}}/?(?!\d))|
    (?P<day>\d{{1,2}}\.\d{{1,2}}\.(?P<day_year>{_YEAR}){_OF_YEAR}?|
        \d{{1,2}}\s+(?:{MONTH})(?:\s+(?P<day_year2>{_YEAR}){_OF_YEAR}?)?)|
    (?P<school_year>(?P<sy_first>{_YEAR})\s*(?:/\s*(?P<sy_last>{_YEAR}|\d\d)(?!\d)|
        [-–—]\s*(?P<sy_last2>{_YEAR}|\d\d)(?!\d)(?=\s*уч))(?:\s*уч[а-я]*\.?{_OF_YEAR}?)?)|
    (?P<span>с\s+(?P<from>{_YEAR}){_OF_YEAR}?\s+(?:по|до)\s+(?P<to>{_YEAR}){_OF_YEAR}?|
        (?P<from2>{_YEAR})\s*[-–—]\s*(?P<to2>{_YEAR})(?!\d){_OF_YEAR}?)|
    (?P<grade>(?<![\d,])\d{{1,2}}(?:\s*(?:,|и|[-–—])\s*\d{{1,2}})*(?:[-‑](?:х|го|м|й|е|ый|ых|ом))?
        \s*(?:класс[а-я]*|кл\b\.?))|
    (?P<year>(?<![\d,.\ \u00a0]){_YEAR}(?![\d,]|\.\d|[\ \u00a0]\d{{3}}\b){_OF_YEAR}?|
        (?<=\D[\ \u00a0]){_YEAR}(?![\d,]|\.\d|[\ \u00a0]\d{{3}}\b){_OF_YEAR}?)|
    (?P<mark>[«"“][2345][»"”])|
    (?P<range>(?<![\d,.])\d+(?:[.,]\d+)?\s*[-–—]\s*\d+(?:[.,]\d+)?(?![\d/-]))|
    (?P<slash>\d+(?:[.,]\d+)?(?:/\d+)+)|
    (?P<number>\d{{1,3}}(?:[\ \u00a0\u202f]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)
        (?P<ending>[-‑][а-яё]+)?|
    (?P<word>[А-Яа-яЁёA-Za-z]+)|
    (?P<border>[,;:()]|[–—]|\s-\s)|
    (?P<quote>[«»"“”])|
    (?P<percent>%)
    """
_CARDINAL_ENDINGS = frozenset({"ти", "ми", "мя", "х", "и", "ю", "м"})
"""«20-ти школ», «3-х школ» count; «1-й», «2-го» put in order."""
_PLAIN = str.maketrans({"\N{NON-BREAKING HYPHEN}": "-", "\u00a0": " ", "\u202f": " "})
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[«\"(]?[А-ЯЁA-Z\d])|;\s+|\n+")


def plain_text(text: str) -> str:
    """Return a text with plain spaces and hyphens in place of those that do not break."""
    return text.translate(_PLAIN)


def sentences(text: str) -> Iterator[str]:
    """Return the sentences of a text; entries parted by semicolons are sentences too."""
    plain = plain_text(text)
    yield from (part.strip() for part in _SENTENCE.split(plain) if part and part.strip())


def tokens(sentence: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence in their order; signs of the end are none."""
    made: list[Token] = []
    quoted = False
    for match in _pattern().finditer(sentence):
        name = match.lastgroup or ""
        if match["quote"]:
            quoted = match["quote"] in "«“" or (match["quote"] == '"' and not quoted)
            continue
        made.append(_token(match, name, quoted))
    return tuple(made)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return how a token is written, with the words after which a number is a name."""
    numbered = "|".join(sorted(numbered_words(), key=len, reverse=True))
    return re.compile(_PATTERN.replace("NUMBERED", numbered), re.VERBOSE | re.IGNORECASE)


def _token(match: re.Match[str], name: str, quoted: bool) -> Token:
    text, start, end = match[0], match.start(), match.end()
    if match["day"]:
        year = match["day_year"] or match["day_year2"]
        return Token(Kind.DAY, text, start, end, years=(int(year),) if year else ())
    if match["school_year"]:
        last = int((match["sy_last"] or match["sy_last2"])[-2:])
        first = int(match["sy_first"])
        year_ends = first - first % 100 + last + (100 if last < first % 100 else 0)
        return Token(Kind.YEAR, text, start, end, years=(year_ends,))
    if match["span"]:
        years = (int(match["from"] or match["from2"]), int(match["to"] or match["to2"]))
        return Token(Kind.SPAN, text, start, end, years=years)
    if match["grade"]:
        numbers = tuple(int(one) for one in re.findall(r"\d+", text))
        return Token(Kind.GRADE, text, start, end, years=numbers)
    if match["year"]:
        return Token(Kind.YEAR, text, start, end, years=(int(text[:4]),))
    if match["number"]:
        return _number(match)
    if match["word"] or match["mark"]:
        plain = text.strip('«»"“”')
        forms = frozenset({f"«{plain}»"}) if match["mark"] else normal_forms(plain)
        return Token(Kind.WORD, text, start, end, forms, quoted=quoted)
    if match["percent"]:
        return Token(Kind.WORD, text, start, end, frozenset({"%"}))
    kind = Kind.BORDER if match["border"] else Kind.OTHER
    return Token(kind, text.strip() or text, start, end)


def _number(match: re.Match[str]) -> Token:
    ending = (match["ending"] or "")[1:].casefold()
    if ending and ending not in _CARDINAL_ENDINGS:
        return Token(Kind.OTHER, match[0], match.start(), match.end())
    plain = re.sub(r"[ \u00a0\u202f]", "", match["number"]).replace(",", ".")
    places = len(plain.partition(".")[2])
    figure = Figure(Fraction(plain), Fraction(1, 10**places))
    return Token(Kind.FIGURE, match[0], match.start(), match.end(), figure=figure)
