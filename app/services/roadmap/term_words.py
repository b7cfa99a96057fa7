"""The words that deadlines are written in: from the text of a cell to tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.services.months import ANY as _MONTH
from app.services.months import number_of

SCHOOL_YEAR = "в течение учебного года"
"""The recurrence of what lasts a school year."""
_DASHES = re.compile(r"[‐‑‒–—―−]")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4}
_LATIN_ONE = str.maketrans({"і": "i", "l": "i"})
_ROMAN_SIGNS = str.maketrans({"ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii", "ⅳ": "iv"})
"""Signs of Unicode that stand for a whole Roman number."""

_YEAR_WORD = r"(?:\s*(?:г\.?\s?г\.?|год\w*|г\.?(?!\w)))?"
_PART = r"(?:[1-4]|iv|i{1,3}|перв\w+|втор\w+|трет\w+|четверт\w+)(?:\s?-?(?:й|го|ый|ом|ой|м|е|ое))?"
_COUNT = r"(?:\d+(?:-\d+)?|один|одного|одна|два|две|двух|три|трех|четыре|четырех)"
_SPAN = (
    r"(?:год\w*|полгода|учебн\w+ год\w*|полугоди\w*|квартал\w*|(?:учебн\w+ )?четверт\w*|"
    r"триместр\w*|месяц\w*|недел\w*|лет)"
)

_DURING = r"(?:(?:в )?теч(?:ени[еи]|\.)|на протяжении|в ходе)"
_DAYS = (
    r"(?:\d+(?:-?[а-я]{1,2})?|одного|одной|двух|трех|четырех|пяти|семи|десяти|месяца|недели)"
    r"(?: \(\w+\))?(?: (?:рабоч|календарн|учебн)\w+)?(?: (?:дн\w+|недел\w+|месяц\w*|час\w*))?"
)
"""«10 дней», «трёх рабочих дней», «месяца»: how long before or after an event."""

_PLAN = (
    r"(?:в (?:установленн|утвержденн|указанн|определенн)\w+ (?:\w+ )?сроки?|"
    r"(?:по|согласно|в соответствии с(?:о)?|в рамках|в сроки?,?)\s(?:[а-я-]+(?:ому|ым|ой|ыми|ему|"
    r"им|ого|ые),?\s)*(?:план|график|расписани|циклограмм|приказ|регламент|срок|порядк|распоряжени|"
    r"приложени|положени|перспективн|установленн|определенн)\w*)"
)
_IN_PERIOD = (
    r"в период(?! со? | (?:всего )?уч(?:ебного |\. ?)г)(?![ (:]+(?:(?:от|до|по) )?(?:\d|"
    rf"(?:{_MONTH})|{_PART}(?:-{_PART})? ?(?:кв|полуг|декад|четверт|триместр)))"
)
"""«В период подготовки» is an event; «в период с мая по июнь» names its dates."""
_EVENT = (
    r"(?:после|перед|через|накануне|по (?:итогам|окончани[юи]|завершени[юи]|результатам|мере|факту|"
    r"согласованию|запрос\w*|заявк\w*|необходимости|отдельн\w+|приглашени\w+|поступлени\w+|"
    r"требовани\w+)|при (?:необходимости|наличии|поступлении|возникновении)|в день|в дни|"
    rf"{_IN_PERIOD}|во время|в рамках|в сроки проведени\w+|в случае|"
    rf"(?:не позднее,?(?: чем)? )?за (?:{_COUNT} \w+|неделю|месяц|день) до|"
    r"до (?:особого распоряжения|(?:получени|подписани|утверждени|устранени|отмены|достижени|"
    r"зачислени)\w*)|"
    rf"(?:не позднее,?(?: чем)? (?:через )?|{_DURING} |в )?(?:{_DAYS}|[\w-]+дневный срок) "
    r"(?:после|со дня|с момента|с даты)|(?:со дня|с момента|с даты)|"
    r"(?:в |в период |во время )?(?:\w+ )?каникул\w*|каникулярн\w+ (?:время|период)|"
    r"(?:в начале|в конце|начало|конец|до начала|к началу|до конца|до окончания|к концу) "
    r"(?:(?:(?:следующ|нов|текущ|кажд)\w+ )?(?:учебного года|четверти|триместра|полугодия)|"
    rf"{_PART} (?:четверти|триместра)))(?!\w)"
)
_ONWARD = (
    (re.compile(r"до "), r"|\s(?=(?:до|к|не позднее) \d)"),
    (re.compile(r"в период"), r"|\s(?=(?:до|не позднее) \d)"),
    (re.compile(r"по (?:мере|необх|запрос|заявк|соглас)"), r"|\s(?=(?:до|не позднее) \d)"),
    (re.compile(r"со? "), r"|\s(?=(?:до|на) \d)"),
)
"""How an event goes on with a date, by its beginning: «до получения оценок к 1.06».

«За 3 дня до 1 мая» is no «до 1 мая», so most events do not.
"""
_PLAN_ONWARD = r"|\s(?=(?:до|на) \d)"
_STRAY = re.compile(
    r"(?P<own>(?<!\w)(?:от|п\.|пп\.|пункт\w*|приложени\w*|раздел\w*|№) ?)?(?<![\w.])"
    r"(?:\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)|\d{4}-\d\d-\d\d(?!\d)|\d\d\.\d\d(?![\d.])|"
    rf"(?:\d{{1,2}}(?:-\d{{1,2}})?(?:-?го)?(?: числа)? ?)?(?:{_MONTH})(?:\s?(?:19|20)\d\d)?)"
)
_DATELESS = frozenset({"repeat", "monthly", "whole", "plan", "event", "comma"})
_WEEKDAY = r"(?:понедельник|вторник|сред|четверг|пятниц|суббот)\w*"
_NTH = r"(?:(?:перв|втор|трет|четверт|последн)\w+|[1-5]-?(?:й|ый|я|ю|ую|ой))"
_NOT_OF = rf"(?!\w)(?![\s,(]*(?:{_MONTH}|(?:19|20)\d\d))"
"""Of one month or year, «2-й вторник марта», it is one day: nobody said «each month»."""
_SCHOOL_WORD = r"(?:\s?г\.?г?\.?)?,?\s?уч(?:ебн\w+|\.)?\s?(?:год\w*|г\.?)"
_LOOK_ALIKES = str.maketrans("aceopy", "асеору")


_SPELLINGS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"[«\"“„](\d{1,2})[»\"”]", r"\1"),  # «01» сентября
        (r"(?<![\d.])(\d{1,2}\.\d{1,2})\.(?!\d)", r"\1"),  # 01.10.-15.10.
        (r"((?:19|20)\d\d)\.(\d\d)\.(\d\d)(?!\d)", r"\1-\2-\3"),  # the year first
        (r"((?:19|20))(\d\d)-(\d\d)(?=\s?(?:г\.?\s?г|год(?:ы|ах|ов)))", r"\1\2-\g<1>\3"),
        (r"^сроки?(?: (?:исполнени|реализаци|проведени|выполнени)[яи])?\s?[:-]\s?", ""),
    )
)
"""Other spellings of the same: what stands at the right is what the rules know."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a deadline: its kind, and the numbers or the name that it carries."""

    kind: str
    numbers: tuple[int, ...] = ()
    name: str = ""


Make = Callable[[re.Match[str]], Token | None]
"""What a rule makes of what it found; None for words that say nothing of their own."""


def folded(text: str) -> str:
    """Return a deadline in one spelling: small letters, plain dashes and spaces, е for ё."""
    plain = _DASHES.sub("-", text).casefold().replace("ё", "е").translate(_LOOK_ALIKES)
    plain = " ".join(plain.replace("\u00ad", "").translate(_ROMAN_SIGNS).split())
    plain = re.sub(r"\s?-\s?", "-", plain).strip(" .,;:")
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def tokens(text: str) -> list[Token] | None:
    """Return the words of a folded deadline, or None when one of them is not known.

    After «по плану» and «после» any words may follow: whose plan it is, after what.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        token, length = _next(text, at)
        if not length:
            return None
        at += length
        if token is None:
            continue
        found.append(token)
        if token.kind in ("plan", "event"):
            return found + _after_phrase(text[at:], token)
    return found


def _after_phrase(text: str, phrase: Token) -> list[Token]:
    """Return what is understood behind a comma, or where a phrase goes on with a date.

    A date that stands among the other words is no part of their name: it is told, not swallowed.
    """
    for mark in re.finditer(rf"[,;(]{_onward(phrase)}", text):
        rest = tokens(text[mark.end() :])
        if rest:
            dated = any(word.kind not in _DATELESS for word in rest)
            before = [] if dated else _strays(text[: mark.start()])
            return [*before, Token("comma"), *rest]
    return _strays(text)


def _onward(phrase: Token) -> str:
    if phrase.kind == "plan":
        return _PLAN_ONWARD
    return next((words for start, words in _ONWARD if start.match(phrase.name)), "")


def _strays(text: str) -> list[Token]:
    """Return the days and months among words; «от 5 мая» is the date of an act, not of a term."""
    found = (one for one in _STRAY.finditer(text) if not one["own"])
    return [Token("stray", name=one.group().strip()) for one in found]


def _next(text: str, at: int) -> tuple[Token | None, int]:
    for pattern, make in _rules():
        match = pattern.match(text, at)
        if match:
            return make(match), match.end() - at
    return None, 0


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Return the rules ready to match: when first asked for, as most files have no deadline."""
    return tuple((re.compile(pattern), make) for pattern, make in _RULES)


def _nothing(_match: re.Match[str]) -> Token | None:
    return None


def _plain(kind: str) -> Callable[[re.Match[str]], Token | None]:
    def make(match: re.Match[str]) -> Token:
        return Token(kind, name=match.group())

    return make


def _numbered(kind: str) -> Callable[[re.Match[str]], Token | None]:
    def make(match: re.Match[str]) -> Token:
        return Token(kind, tuple(int(one) for one in match.groups() if one))

    return make


def _named(kind: str, name: str) -> Callable[[re.Match[str]], Token | None]:
    def make(_match: re.Match[str]) -> Token:
        return Token(kind, name=name)

    return make


def _school_year(match: re.Match[str]) -> Token:
    first, second = int(match[1]), int(match[2])
    return Token("school", (first, second if second > 99 else first // 100 * 100 + second))


def _full_date(match: re.Match[str]) -> Token:
    year = int(match[3])
    return Token("date", (int(match[1]), int(match[2]), year if year > 99 else 2000 + year))


def _iso_date(match: re.Match[str]) -> Token:
    return Token("date", (int(match[3]), int(match[2]), int(match[1])))


def _month(match: re.Match[str]) -> Token:
    return Token("month", (number_of(match.group()),))


def _day_month(match: re.Match[str]) -> Token:
    return Token("day", (int(match[1]), number_of(match[2])))


def _days_month(match: re.Match[str]) -> Token:
    return Token("days", (int(match[1]), int(match[2]), number_of(match[3])))


def _listed_days(match: re.Match[str]) -> Token:
    days = [int(one) for one in re.findall(r"\d+", match[1])]
    return Token("days", (days[0], days[-1], number_of(match[2])))


def _decade(match: re.Match[str]) -> Token:
    return Token("decade", (_part_number(match[1]), number_of(match[2])))


def _parts(kind: str) -> Callable[[re.Match[str]], Token | None]:
    def make(match: re.Match[str]) -> Token:
        parts = re.findall(_PART, match[1].translate(_LATIN_ONE))
        return Token(kind, tuple(_part_number(part) for part in parts))

    return make


def _part_number(word: str) -> int:
    bare = re.match(r"[1-4]|iv|i{1,3}|\w+", word)
    text = bare.group() if bare else word
    if text.isdigit():
        return int(text)
    return _ROMAN.get(text) or next(n for stem, n in _ORDINALS.items() if text.startswith(stem))


def _times(match: re.Match[str]) -> Token:
    """«1 раз в год» repeats yearly; a count other than one is kept in words."""
    count, span = match[1], match[2]
    single = count is None or count in ("1", "один", "одного")
    for stem, name in _SPANS:
        if single and re.fullmatch(stem, span):
            return Token("repeat", name=name)
    return Token("repeat", name=" ".join(match.group().split()))


_SPANS = (
    (r"год\w*", "ежегодно"),
    (r"учебн\w+ год\w*", "ежегодно"),
    (r"полугоди\w*|полгода", "раз в полугодие"),
    (r"квартал\w*", "ежеквартально"),
    (r"месяц\w*", "ежемесячно"),
    (r"недел\w*", "еженедельно"),
)

_RULES: tuple[tuple[str, Make], ...] = (
    (r"(?:\s|\(|\)|:)+", _nothing),
    (
        r"(?:не (?:реже|менее),?(?: чем)? )?(?:("
        + _COUNT
        + r") )?(?:раза?|р\.),?(?: в | за |\s?/\s?(?:в )?)("
        + _COUNT
        + r" "
        + _SPAN
        + r"|"
        + _SPAN
        + r")",
        _times,
    ),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)(?!\d)" + _YEAR_WORD, _full_date),
    (r"в \d{1,2}[.:-][0-5]\d(?:\s?ч\w*\.?)?(?![\d.])", _nothing),  # the hour of a meeting
    (r"\d{1,2}(?:[:][0-5]\d|\.00)(?:\s?ч\w*\.?)?(?![\d.])", _nothing),
    (r"\(?включительно\)?", _nothing),
    (r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)", _iso_date),
    (r"(\d{1,2})\.(\d{1,2})(?![\d.])", _numbered("day")),
    (r"(\d{1,2})-(\d{1,2})\.(\d{1,2})(?!\d)", _numbered("days")),
    (r"(\d{1,2})\.(?=(?:19|20)\d\d(?!\d))", _numbered("month")),
    (
        # «2022-2023, 2023-2024 учебные годы»: the word serves both.
        r"((?:19|20)\d\d)[-/]((?:19|20)\d\d)(?=(?:,| и|, и) ?(?:19|20)\d\d[-/]"
        rf"(?:19|20)\d\d{_SCHOOL_WORD})",
        _school_year,
    ),
    (
        rf"((?:19|20)\d\d)\s?[-/]\s?((?:19|20)\d\d|\d\d){_SCHOOL_WORD}",
        _school_year,
    ),
    (r"((?:19|20)\d\d)/((?:19|20)\d\d|\d\d)(?!\d)" + _YEAR_WORD, _school_year),
    (r"((?:19|20)\d\d)(?:-(?:й|го|м|ом)(?!\w))?(?!\d)" + _YEAR_WORD, _numbered("year")),
    (
        rf"({_PART}(?:\s?(?:-|и|,)\s?{_PART})*)\s?кв(?:артал\w*|\.|-л\w*|(?!\w))",
        _parts("quarter"),
    ),
    (rf"({_PART}(?:\s?(?:-|и)\s?{_PART})*)\s?полугоди\w*", _parts("half")),
    (
        r"((?:[12]|перв\w+|втор\w+)(?:-?(?:я|ой|ую))?) половин\w+ (?=(?:19|20)\d\d|года)",
        _parts("half"),
    ),
    (
        r"([1-3]|i{1,3}|перв\w+|втор\w+|трет\w+)(?:-?(?:я|ой|ю|ей|ую|й))? декад\w+ "
        rf"({_MONTH})",
        _decade,
    ),
    (rf"(?:со? )?(\d{{1,2}})(?:-| по )(\d{{1,2}})\s?({_MONTH})", _days_month),
    (
        rf"(\d{{1,2}}(?:(?:, ?| и )\d{{1,2}})+)\s?({_MONTH})",
        _listed_days,
    ),
    (
        r"(?:до|к) \d{1,2}(?:-?го)? числ[ау](?: месяца)?,? следующего за отчетным квартал\w*",
        _named("repeat", "ежеквартально"),
    ),
    (
        r"(?:до|к) \d{1,2}(?:-?го)? числ[ау] месяца,? следующего за отчетным(?: период\w*)?"
        r"(?: квартал\w*| месяц\w*)?",
        _nothing,
    ),
    (
        r"(?:(?:до|к|не позднее) )?\d{1,2}(?:-?го)? числ[ау],? кажд(?:ого|ый) месяца?",
        _named("repeat", "ежемесячно"),
    ),
    (
        rf"(?:до|не позднее) \d{{1,2}}(?:-?го)? числа(?!\w)(?! ?(?:{_MONTH}))",
        _named("monthly", "ежемесячно"),
    ),
    (r"кажд(?:ый|ого) месяца?", _named("repeat", "ежемесячно")),
    (r"кажд(?:ый|ого) квартала?", _named("repeat", "ежеквартально")),
    (rf"(\d{{1,2}})(?:-?(?:го|е|ое))?(?: числа)?\s?({_MONTH})", _day_month),
    (_MONTH, _month),
    (r"ежегодн\w*|каждый год|каждого года", _named("repeat", "ежегодно")),
    (r"ежеквартальн\w*", _named("repeat", "ежеквартально")),
    (r"ежемесячн\w*", _named("repeat", "ежемесячно")),
    (r"еженедельн\w*", _named("repeat", "еженедельно")),
    (
        rf"(?:кажд\w+ )?{_NTH} {_WEEKDAY} (?:кажд\w+ )?месяца|"
        rf"кажд\w+ {_NTH} {_WEEKDAY}{_NOT_OF}",
        _named("repeat", "ежемесячно"),
    ),
    (rf"{_NTH} {_WEEKDAY}{_NOT_OF}", _named("monthly", "ежемесячно")),
    (
        r"(?:кажд\w+ )?(?:перв|последн)\w+ (?:рабоч\w+ )?ден\w* (?:кажд\w+ )?месяца",
        _named("repeat", "ежемесячно"),
    ),
    (
        r"(?:кажд\w+ )?(?:перв|последн)\w+ (?:рабоч\w+ )?ден\w* (?:кажд\w+ )?квартала",
        _named("repeat", "ежеквартально"),
    ),
    (r"дважды в год", _named("repeat", "2 раза в год")),
    (r"трижды в год", _named("repeat", "3 раза в год")),
    (rf"(?:по|кажд\w+) {_WEEKDAY}(?:(?:,| и) {_WEEKDAY})*", _named("repeat", "еженедельно")),
    (r"ежедневн\w*", _named("repeat", "ежедневно")),
    (
        r"на (?:постоянной|регулярной) основе|постоянн\w*|непрерывн\w*|бессрочн\w*|"
        r"круглогодичн\w*",
        _named("whole", "постоянно"),
    ),
    (r"регулярн\w*|систематическ\w*", _named("whole", "регулярно")),
    (
        rf"(?:{_DURING} |на |за )?(?:все(?:го|сь)? |весь )?(?:период\w*|срока?)(?: реализации| "
        r"действия)?(?: программы| проекта| плана| дорожной карты)?(?!\w)",
        _named("whole", ""),
    ),
    (
        r"(?:в период|в ходе) (?:реализации|действия)"
        r"(?: программы| проекта| плана| дорожной карты)?(?!\w)",
        _named("whole", ""),
    ),
    (
        rf"(?:{_DURING}|в период) (?:всего )?уч(?:ебного |\. ?)г(?:ода(?!\w)|\.)",
        _named("whole", SCHOOL_YEAR),
    ),
    (
        rf"(?:{_DURING}|весь|всего) (?:всего |календарного )?года?(?!\w)",
        _named("whole", "в течение года"),
    ),
    (_PLAN, _plain("plan")),
    (_EVENT, _plain("event")),
    (r"(?:до|к) конц[ау] (?:календарного |текущего )?года", _plain("year_end")),
    (r"(?:до|к) (?:конц[ау]|окончани[яю])(?!\w)", _named("until", "конец")),
    (r"не позднее,?|до(?!\w)|к(?!\w)", _named("until", "")),
    (r"начиная с|со?(?!\w)", _plain("from")),
    (r"по(?!\w)", _plain("to")),
    (r"(?:весь|всего) (?=(?:19|20)\d\d)|но(?!\w)", _nothing),
    (r"текущего года|т\. ?г\.?|года?(?!\w)|гг?\.(?!\w)", _nothing),
    (rf"{_DURING}(?!\w)|в период(?!\w)|во?(?!\w)|на(?!\w)|за(?!\w)", _nothing),
    (r"-", _plain("dash")),
    (r"[,;./]|и(?!\w)|или(?!\w)", _plain("comma")),
)
