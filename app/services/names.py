"""School names in a normal form, and how alike two of them are, with a guard on the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


# Latin letters that look like Cyrillic ones; typed by mistake inside Russian words.
_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_BOTH_CASES = str.maketrans("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ")
_CODE_LOOK_ALIKES = str.maketrans("авсенкмортху", "abcehkmoptxy")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-я]")
_ONLY_LOOK_ALIKES = re.compile(r"[abcehkmoptxy]+")
_TOKEN = re.compile(r"[a-zа-я]+|\d+")
_NUMERO = re.compile(r"№|\bn[o°º]?\.?\s*(?=\d)")

# «50-летия Победы» is a name, its number is not that of the school.
_ANNIVERSARY = re.compile(r"(?<!\w)(\d+) (?=лет(?:и[яею]|ию|ием)?(?!\w))")
_HONOUR = re.compile(r"[\s,]+(?:им\.|имени)\s?.*", re.IGNORECASE | re.DOTALL)

# «МБОУ», «МКОУ», «МАОУ», «МОБУ», «ГБОУ», «ГКУ», «ЧОУ», «ФГКОУ»… say who runs the school.
_LEGAL_ABBREVIATION = re.compile(r"(?:ф?г|м|ч|нч|о)(?:[бка]?оу|о[бка]у|[бка]у)(?:о|до)?|ано")
_LEGAL_WORD = re.compile(
    r"(?:муниципальн|государственн|федеральн|областн|краев|республиканск|окружн|частн"
    r"|негосударственн|бюджетн|казенн|автономн|некоммерческ|образовательн|общеобразовательн)"
    r"(?:ое|ого|ому|ым|им|ом)|учреждени(?:е|я|ю|ем|и)|организаци(?:я|и|ей|ю)"
)
_SETTLEMENT_WORDS = _words(
    "г гор город города городе с село села селе д дер деревня деревни деревне п пос поселок "
    "поселка поселке пгт рп рабочий рабочего ст ца станица станицы станице х хутор хутора хуторе "
    "аул аула ауле в"
)
_EMPTY_WORDS = _words("им имени я й ая школа школы")

# The longer phrase first: «вечерняя сменная общеобразовательная школа» before «школа».
_KIND_PHRASES = (
    (r"вечерн\w+ сменн\w+ (?:общеобразовательн\w+ )?школ\w+", "всош"),
    (r"открыт\w+ сменн\w+ (?:общеобразовательн\w+ )?школ\w+", "осош"),
    (r"средн\w+ (?:общеобразовательн\w+ )?школ\w+", "сош"),
    (r"основн\w+ (?:общеобразовательн\w+ )?школ\w+", "оош"),
    (r"начальн\w+ (?:общеобразовательн\w+ )?школ\w+ детск\w+ сад\w*", "ншдс"),
    (r"начальн\w+ (?:общеобразовательн\w+ )?школ\w+", "нош"),
    (r"центр\w* образования", "цо"),
    (r"общеобразовательн\w+ школ\w+ интернат\w*", "интернат"),
    (r"школ\w+ интернат\w*", "интернат"),
    (r"сш", "сош"),
    (r"ош", "оош"),
    (r"нш дс", "ншдс"),
    (r"нш", "нош"),
)
_KINDS = tuple((re.compile(rf"(?<!\w){phrase}(?!\w)"), short) for phrase, short in _KIND_PHRASES)
_KIND_WORDS = _words("сош оош нош всош осош ншдс цо гимназия лицей интернат прогимназия кадетский")

_NUMBERS_DIFFER = 30
_NUMBER_MISSING = 70
_WORDS_MISSING = 40
_KIND_PENALTY = 8


@dataclass(frozen=True, slots=True)
class NameParts:
    """A school's name taken apart: what kind of school, which numbers, which other words.

    Legal form, quotes, «№», «г.», «им.» are gone, ё is е, the order of words does not matter.
    """

    kinds: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The normal form as text; empty when nothing of the name is left."""
        return " ".join((*self.kinds, *self.numbers, *self.words))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0–100, and why, in Russian."""

    score: int
    why: str


def fold(text: str) -> str:
    """Return ``text`` in lower case with ё as е, for search and sort."""
    return text.casefold().replace("ё", "е").strip()


@lru_cache(maxsize=16384)
def russian(text: str) -> str:
    """Return ``text`` with Latin look-alikes inside Russian words made Cyrillic, case kept.

    «CОШ» with a Latin C looks right on paper, but no search would find it.
    """
    return _WORD.sub(
        lambda word: (
            word[0].translate(_BOTH_CASES) if _CYRILLIC.search(word[0].casefold()) else word[0]
        ),
        text,
    )


@lru_cache(maxsize=16384)
def parse_name(name: str) -> NameParts:
    """Return the parts of a school's name that tell it from other schools."""
    text = _ANNIVERSARY.sub(r"\1", " ".join(_tokens(name)))
    for phrase, short in _KINDS:
        text = phrase.sub(short, text)
    tokens = [token for token in text.split() if not _is_noise(token)]
    return NameParts(
        kinds=tuple(sorted({token for token in tokens if token in _KIND_WORDS})),
        numbers=tuple(sorted(token.lstrip("0") or "0" for token in tokens if token.isdigit())),
        words=tuple(sorted({t for t in tokens if t not in _KIND_WORDS and not t.isdigit()})),
    )


def without_honour(name: str) -> str:
    """Return a school's name without «имени …» at its end, which few write out."""
    return _HONOUR.sub("", name)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Return the normal form of a school's name, the one that matching compares."""
    return parse_name(name).key


@lru_cache(maxsize=16384)
def loose_code(code: str) -> str:
    """Return a code without what spreadsheets and keyboards change: zeros in front, case, alphabet.

    Excel turns ``01307`` into 1307, and «е» of «еdu073000» may be Cyrillic.
    """
    return fold(code).translate(_CODE_LOOK_ALIKES).lstrip("0")


def code_letters(code: str) -> str:
    """Return the letters that a login begins with, «edu» or «sch»; digit codes have none."""
    return loose_code(code).rstrip("0123456789")


def likeness(left: NameParts, right: NameParts) -> Likeness:
    """Return how alike two names are; different numbers never make a likely pair.

    A plain comparison of letters takes «№1» for «№15» and «СОШ 5» for «Городищенская СОШ».
    """
    if left.key == right.key:
        return Likeness(100, "название совпадает")
    if left.numbers and right.numbers and left.numbers != right.numbers:
        return Likeness(_NUMBERS_DIFFER, f"другой номер: {_numbers(left)} и {_numbers(right)}")
    score, why = _words_likeness(left, right)
    if bool(left.numbers) != bool(right.numbers):
        score = min(score, _NUMBER_MISSING)
        why += f", но номер {_numbers(left) or _numbers(right)} есть только в одном из названий"
    if left.kinds != right.kinds:
        score = max(score - _KIND_PENALTY, 0)
        why += f", вид школы различается: {_kinds(left)} и {_kinds(right)}"
    return Likeness(score, why)


def best_likeness(name: NameParts, known: Iterable[NameParts]) -> Likeness:
    """Return the greatest likeness of ``name`` to any of the known spellings of one school."""
    found = [likeness(name, other) for other in known]
    return max(found, key=lambda one: one.score, default=Likeness(0, "название неизвестно"))


def _tokens(name: str) -> list[str]:
    text = _NUMERO.sub(" ", fold(name))
    return [_russian(token) for token in _TOKEN.findall(_russian_words(text))]


def _russian_words(text: str) -> str:
    """Mend words that mix both alphabets, such as «шкoла» with a Latin o."""
    return " ".join(
        word.translate(_LOOK_ALIKES) if _CYRILLIC.search(word) else word for word in text.split()
    )


def _russian(token: str) -> str:
    return token.translate(_LOOK_ALIKES) if _ONLY_LOOK_ALIKES.fullmatch(token) else token


def _is_noise(token: str) -> bool:
    return (
        _LEGAL_WORD.fullmatch(token) is not None
        or token in _SETTLEMENT_WORDS
        or token in _EMPTY_WORDS
        or (token not in _KIND_WORDS and _LEGAL_ABBREVIATION.fullmatch(token) is not None)
    )


def _words_likeness(left: NameParts, right: NameParts) -> tuple[int, str]:
    if left.words == right.words:
        if left.numbers == right.numbers and not left.words and not left.numbers:
            return _WORDS_MISSING, "в названиях нет ни номера, ни имени"
        if left.numbers != right.numbers and not left.words:
            return _WORDS_MISSING, "имени школы нет ни в одном из названий"
        return 99, "номер совпадает" if left.numbers and not left.words else "имя школы совпадает"
    if not left.words or not right.words:
        known = left.numbers and left.numbers == right.numbers
        return (85, "номер совпадает, имя есть только в одном из названий") if known else (
            _WORDS_MISSING, "имя школы есть только в одном из названий"
        )  # fmt: skip
    ratio = int(fuzz.token_sort_ratio(" ".join(left.words), " ".join(right.words)))
    return min(ratio, 98), f"имя школы похоже на {ratio} %"


def _numbers(parts: NameParts) -> str:
    return ", ".join(f"№{number}" for number in parts.numbers)


def _kinds(parts: NameParts) -> str:
    return ", ".join(parts.kinds).upper() or "не указан"
