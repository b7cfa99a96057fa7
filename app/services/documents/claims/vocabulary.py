"""The vocabulary of claims: which words beside a figure say what it counts, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from app.models.enums import AssessmentKind
from app.services.cases import is_future, is_plural, normal_forms
from app.services.documents.claims.tokens import Kind, Token
from app.services.documents.claims.types import Bound, Unit
from app.services.documents.claims.word_lists import broken, word_lists

_WORD = re.compile(r"[А-Яа-яЁё]+")
Forms = frozenset[str]
Phrase = tuple[Forms, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """What must and what may stand beside a figure so that it counts one thing.

    ``needs`` are rows of phrases: one phrase of every row must be there.  ``after`` are the
    prepositions that may stand before the figure; after any other it counts only a part.
    """

    key: str
    title: str
    table: str
    unit: Unit
    needs: tuple[tuple[Phrase, ...], ...]
    may: Forms
    after: Forms
    yearly: bool = False
    """It changes from year to year: a span of years says nothing of it."""
    plural: Forms = frozenset()
    """Words that must be of many: «в школах» counts the district, «в школе» does not."""
    whole_term: bool = False
    """It is known of the whole programme: a figure of one year of it is in no table."""
    of: Forms = frozenset()
    """What it may be a part of: sense keys; as a part of anything else it is in no table."""
    unless: Forms = frozenset()
    """Words anywhere in the sentence beside which the figure may count something else."""

    def is_doubtful(self, sentence: Sequence[Token]) -> bool:
        """Return whether the sentence says that the figure may count something else."""
        if self.whole_term and any(one.kind is Kind.YEAR for one in sentence):
            return True
        return any({one.text.casefold(), *one.forms} & self.unless for one in sentence)

    def understands(self, words: Sequence[Token], known: Forms) -> bool:
        """Return whether every word is known and everything needed is there."""
        if self.yearly and any(is_future(word.text.casefold()) for word in words):
            return False  # what will be is in no table
        if any(word.forms & self.plural and not is_plural(word.text.casefold()) for word in words):
            return False
        said = [word.forms for word in words]
        allowed = self.may | known
        return all(forms & allowed for forms in said) and all(
            any(holds(phrase, said) for phrase in row) for row in self.needs
        )


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """Words beside the title of an indicator; ``change`` makes a figure a difference."""

    may: Forms
    roles: Mapping[str, Forms]
    change: Forms
    least_words: int


@dataclass(frozen=True, slots=True)
class ProcedureWords:
    """How texts name assessments and measures of results."""

    kinds: Mapping[AssessmentKind, tuple[Phrase, ...]]
    measures: Mapping[str, tuple[Phrase, ...]]
    titles: Mapping[str, str]
    table: str
    may: Forms
    plural: Forms
    """Words that must be of many, as those of a sense: «в школе» is not the district."""
    narrowing: Forms
    """Adjectives of some of the schools: «с низкими результатами»."""
    unless: Forms
    """Words anywhere in the sentence beside which a figure is of some of the participants."""


@dataclass(frozen=True, slots=True)
class ActWords:
    """How texts cite the papers of the office."""

    kinds: tuple[str, ...]
    other_kinds: tuple[str, ...]
    """Acts that an office issues under numbers, and those that are cited beside them."""
    heads: frozenset[str]
    """What may stand before its name: «приказ начальника …», the kind of organisation."""
    place_words: Forms
    """What may stand after its name beside the proper name of the place: «г. …», «… района»."""
    others: Forms
    """Words that say that another paper is meant: «другой», «ещё»."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that ``resources/documents/claims.json`` says, in dictionary forms."""

    numerals: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[Unit, Forms]
    people: Forms
    """What follows a number that might be taken for a year: «2000 человек»."""
    points: tuple[Phrase, ...]
    bounds: Mapping[Bound, tuple[Phrase, ...]]
    near_share: Fraction
    continues: tuple[Phrase, ...]
    opens: tuple[Phrase, ...]
    restricts: Forms
    """What follows a comma with one of these says which of the things are meant."""
    refers: Forms
    """Words that stand for what was counted just before: «из них 13»."""
    little: Forms
    """Prepositions and conjunctions, in which the title of an indicator and a text may differ."""
    joins: frozenset[str]
    """Conjunctions between two figures of one sentence."""
    joining: Forms
    leaving: Forms
    """Words of entering a list and of leaving it: beside each other they count a change."""
    whole: Forms
    """May stand between «7 из» and «20»."""
    issuer_abbreviations: frozenset[str]
    """Abbreviations in the name of who issued an act: their stop ends no sentence."""
    acts: ActWords
    one_school: Forms
    district: Forms
    """Words of one school before its number, and of all the schools together."""
    prepositions: Forms
    plain: Forms
    senses: tuple[Sense, ...]
    sources: Mapping[str, Forms]
    """How texts name a source of money, by the name of the source."""
    indicator: IndicatorWords
    procedures: ProcedureWords
    planned_parts: frozenset[str]
    planned_rows: Forms
    """Parts of a programme, and rows of its passport, that say what is wanted, not what is."""
    partitions: tuple[tuple[Forms, ...], ...]
    """Features that together make the whole: rural and town schools, the four marks."""


def holds(phrase: Phrase, said: Iterable[Forms]) -> bool:
    """Return whether every word of a phrase is among what is said."""
    listed = list(said)
    return all(any(word & forms for forms in listed) for word in phrase)


def says_what_is_wanted(title: str) -> bool:
    """Return whether a title announces what is wanted: «Цель программы», «Ожидаемые результаты»."""
    wanted = vocabulary().planned_rows
    return any(normal_forms(word) & wanted for word in _WORD.findall(title))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary; ResourceError when the file of the program is not right."""
    try:
        return _vocabulary(word_lists())
    except (ValueError, KeyError, TypeError) as error:
        raise broken(error) from error


def _vocabulary(body: Mapping[str, Any]) -> Vocabulary:
    plain = _forms(body["plain"])
    funding = next(one for one in body["measures"] if one["key"] == "funding")
    return Vocabulary(
        numerals=_numbers(body["numerals"]),
        scales=_numbers(body["scales"]),
        units={Unit[name.upper()]: _forms(words) for name, words in body["units"].items()},
        people=_forms(body["people"]),
        points=_phrases(body["points"]),
        bounds={Bound(name): _phrases(listed) for name, listed in body["bounds"].items()},
        near_share=Fraction(str(body["near_share"]["value"])),
        continues=_phrases(body["continues"]),
        opens=_phrases(body["opens"]),
        restricts=_forms(body["restricts"]),
        refers=_forms(body["refers"]),
        little=_forms(body["little"]),
        joins=frozenset(body["joins"]),
        joining=_forms(body["moves"]["joining"]),
        leaving=_forms(body["moves"]["leaving"]),
        whole=_forms(body["whole"]),
        issuer_abbreviations=frozenset(body["issuer_abbreviations"]),
        acts=_acts(body["acts"]),
        one_school=_forms(body["one_school"]["names"]),
        district=_forms(body["one_school"]["district"]),
        prepositions=_forms(body["prepositions"]),
        plain=plain,
        senses=(*(_sense(one) for one in body["measures"]), *_parts(body)),
        sources={name: _forms(words) for name, words in funding["sources"].items()},
        indicator=_indicator(body["indicator"]),
        procedures=_procedures(body["procedures"]),
        planned_parts=frozenset(body["planned"]["parts"]),
        planned_rows=_forms(body["planned"]["rows"]),
        partitions=tuple(tuple(_forms([one]) for one in row) for row in body["partitions"]),
    )


def _acts(one: Mapping[str, Any]) -> ActWords:
    return ActWords(
        kinds=tuple(one["kinds"]),
        other_kinds=tuple(one["other_kinds"]),
        heads=frozenset(one["heads"]),
        place_words=_forms(one["place_words"]),
        others=_forms(one["others"]),
    )


def _numbers(listed: Mapping[str, int]) -> Mapping[str, int]:
    return {form: int(value) for word, value in listed.items() for form in _exact(word)}


def _exact(word: str) -> Forms:
    """Return a form that is written in the vocabulary as the dictionary has it."""
    return frozenset({word, word.replace("ё", "е")})


def _sense(one: Mapping[str, Any]) -> Sense:
    return Sense(
        key=str(one["key"]),
        title=str(one["title"]),
        table=str(one["table"]),
        unit=Unit[str(one.get("unit", "count")).upper()],
        needs=tuple(_phrases(row) for row in one["needs"]),
        may=_forms(one["may"])
        | frozenset(
            form for row in one["needs"] for phrase in row for word in phrase for form in _of(word)
        ),
        after=_forms(one.get("after", ())),
        yearly=bool(one.get("yearly", False)),
        plural=_forms(one.get("plural", ())),
        whole_term=bool(one.get("whole_term", False)),
        of=frozenset(one.get("of", ())),
        unless=frozenset(one.get("unless", ())),
    )


def _parts(body: Mapping[str, Any]) -> Iterable[Sense]:
    """Return the senses of the lists of a programme: «девять задач», «три этапа»."""
    common = body["part_measure"]
    for key, words in body["parts"].items():
        yield Sense(
            key=f"part:{key}",
            title=words[0],
            table="разделы программы",
            unit=Unit.COUNT,
            needs=(_phrases([[word] for word in words]), _phrases(common["needs"])),
            may=_forms([*common["may"], *words]),
            after=_forms(common["after"]),
        )


def _indicator(one: Mapping[str, Any]) -> IndicatorWords:
    roles = {name: _forms(words) for name, words in one["roles"].items()}
    may = _forms(one["may"]).union(*roles.values())
    return IndicatorWords(may, roles, _forms(one["change"]), int(one["least_words"]))


def _procedures(one: Mapping[str, Any]) -> ProcedureWords:
    kinds = {AssessmentKind(name): _phrases(listed) for name, listed in one["kinds"].items()}
    measures = {name: _phrases(listed) for name, listed in one["measures"].items()}
    spoken = [
        form
        for listed in (*kinds.values(), *measures.values())
        for phrase in listed
        for word in phrase
        for form in word
    ]
    may = _forms(one["may"]) | frozenset(spoken)
    return ProcedureWords(
        kinds=kinds,
        measures=measures,
        titles=one["titles"],
        table=str(one["table"]),
        may=may,
        plural=_forms(one["plural"]),
        narrowing=_forms(one["narrowing"]),
        unless=_forms(one["unless"]),
    )


def _phrases(listed: Iterable[Sequence[str]]) -> tuple[Phrase, ...]:
    return tuple(tuple(_of(word) for word in phrase) for phrase in listed)


def _forms(words: Iterable[str]) -> Forms:
    return frozenset(form for word in words for form in _of(word))


def _of(word: str) -> Forms:
    """Return the forms by which the word of the vocabulary is known in texts."""
    return frozenset({word}) if not word.isalpha() else normal_forms(word) | {word}
