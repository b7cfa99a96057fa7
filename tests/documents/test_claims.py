"""What texts claim in figures: read from their words, compared only where that is certain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from app.paths import resource
from app.services.documents.claims.check import Knowledge, faults_of
from app.services.documents.claims.indicators import title_of
from app.services.documents.claims.reading import count_claims, read_sentences
from app.services.documents.claims.types import Known, Unit
from app.services.documents.claims.words import message

BODY = json.loads(resource("documents", "claims.json").read_text(encoding="utf-8"))
MEASURES: list[dict[str, Any]] = [*BODY["measures"], {**BODY["part_measure"], "key": "part:"}]


def examples(kind: str) -> Iterator[tuple[str, str, str]]:
    for one in MEASURES:
        listed = one["examples"][kind]
        pairs = listed.items() if isinstance(listed, dict) else [(text, "") for text in listed]
        for text, figure in pairs:
            yield one["key"], text, figure


def claimed(text: str, names: frozenset[str] = frozenset()) -> list[tuple[str, Fraction]]:
    return [
        (claim.measure, claim.figure.value)
        for sentence in read_sentences(text)
        for meanings in count_claims(sentence, names)
        for claim in meanings
    ]


@pytest.mark.parametrize(("key", "text", "figure"), [*examples("understood")])
def test_every_example_of_the_vocabulary_is_understood(key: str, text: str, figure: str) -> None:
    found = [value for measure, value in claimed(text) if measure.startswith(key)]
    assert found == [Fraction(figure)]


@pytest.mark.parametrize(("key", "text", "_figure"), [*examples("not")])
def test_what_only_looks_like_it_is_left_alone(key: str, text: str, _figure: str) -> None:
    assert [one for one in claimed(text) if one[0].startswith(key)] == []


def known(measure: str, value: float, year: int | None = 2025, **more: Any) -> Known:
    return Known(measure, Fraction(str(value)), measure, "таблица", year, **more)


TITLE = "Доля педагогов, прошедших курсы повышения квалификации"
SHARE = frozenset({title_of(TITLE).key})
LOW = "Доля участников, набравших 81–100 баллов"
SUBJECT = "предмет математика"
OGE = frozenset({"ОГЭ", "9 класс", "район", SUBJECT})
EGE = frozenset({"ЕГЭ", "11 класс", "район", SUBJECT})


def knowledge() -> Knowledge:
    """Return tables of an imaginary district for 2024 and 2025."""
    of_indicator = {"unit": Unit.PERCENT, "about": SHARE}
    return Knowledge(
        known=(
            known("schools", 20),
            known("rural_schools", 13),
            known("town_schools", 7),
            known("shnor", 7),
            known("shnor", 9, 2024),
            known("shnsu", 3),
            known("risk_zone", 4),
            known("pupils", 1843),
            known("activities", 58, None),
            known("indicators", 10, None),
            known("part:task", 9, None),
            known("years", 3, None, unit=Unit.YEARS),
            known("first_year", 2025, None),
            known("last_year", 2027, None),
            known("funding", 1_200_000, None, unit=Unit.ROUBLES, role="base"),
            known("funding", 400_000, 2025, unit=Unit.ROUBLES),
            known("indicator", 30, None, role="base", **of_indicator),
            known("indicator", 45, 2025, role="plan", **of_indicator),
            known("indicator", 34.46, 2025, role="fact", **of_indicator),
            known("indicator", 60, 2027, role="plan", **of_indicator),
            known("indicator", 5, None, unit=Unit.PERCENT, about=frozenset({title_of(LOW).key})),
            known("below", 34.46, unit=Unit.PERCENT, about=OGE),
            known("below", 12, 2024, unit=Unit.PERCENT, about=OGE),
            known("success", 65.54, unit=Unit.PERCENT, about=OGE),
            known("quality", 33.3, unit=Unit.PERCENT, about=OGE),
            known("mean", 62.5, unit=Unit.SCORE, about=EGE),
            known("mean", 62.5, about=EGE),
            known("participants", 146, about=OGE),
        ),
        titles=(title_of(TITLE), title_of(LOW)),
        subjects={SUBJECT: title_words("математика")},
        names=frozenset({"лукоморский"}),
    )


def title_words(text: str) -> tuple[frozenset[str], ...]:
    return title_of(text).words


RIGHT = (
    "В районе 20 школ.",
    "В Лукоморском районе действуют двадцать школ, из них 13 сельских и 7 городских.",
    "К ШНОР отнесены семь школ.",
    "К ШНОР отнесены 7 (семь) школ.",
    "В 2024 году выявлено 9 школ с низкими образовательными результатами.",
    "В районе более 15 школ, около 2000 учащихся обучаются в школах района.",
    "7 из 20 школ района отнесены к ШНОР.",
    "В районе 7 ШНОР и 3 ШНСУ.",
    "Контингент обучающихся школ района превышает 1800 человек.",
    "Программа включает девять задач и 58 мероприятий.",
    "Программа рассчитана на три года.",
    "Срок реализации программы – с 2025 по 2027 год.",
    "Общий объём финансирования программы – 1,2 млн рублей.",
    "В 2025 году объём средств местного и областного бюджетов – 400 тыс. руб.",
    f"{TITLE}, составила в 2025 году 34,5 %.",
    f"{TITLE}, составит к 2027 году 60 %.",
    f"{TITLE}: базовое значение 30 %, план на 2025 год – 45 %.",
    f"{LOW} составила 5 %.",
    "В 2025 году доля неудовлетворительных результатов ОГЭ по математике составила 34,5 %.",
    "В 2024 году не преодолели порог ОГЭ по математике 12 % выпускников.",
    "Успеваемость по математике (ОГЭ, 2025 год) – 65,5 %, качество – 33,3 %.",
    "В 2025 году средний балл ЕГЭ по математике составил 62,5.",
    "В ОГЭ по математике в 2025 году участвовали 146 выпускников.",
)
OF_ANOTHER_MATTER = (
    "Три школы участвуют в проекте «500+».",
    "Открыты кабинеты в двух школах района.",
    "5 (84 %) руководителей имеют стаж свыше 10 лет.",
    "Доля детей из малообеспеченных семей – от 25 % до 63 %.",
    "Доля ШНОР снизится на 5 %.",
    f"{TITLE}, увеличится на 12 %.",
    f"{TITLE}, в соседнем районе составила 99 %.",
    "Качество по математике составило 12 %.",
    "В 2021 году доля неудовлетворительных результатов ОГЭ по математике составила 3 %.",
    "В 2025 году успеваемость ОГЭ по физике составила 3 %.",
    "В 2025 году качество ВПР по математике составило 3 %.",
    "В 2025 году в области качество ОГЭ по математике составило 3 %.",
    "Пункт 3 приказа № 15, 5 «Б» класс, 1-й этап, 3/4 учащихся школ.",
    "На ремонт школы направлено 6 млн руб.",
    "В 2022–2024 годах выявлено 2 ШНОР.",
    "20 школ района, участвующих в проекте, получили помощь.",
    "Численность обучающихся составила 153 человека в 9 классах.",
)
WRONG = {
    "В районе 21 школа.": "20",
    "В районе двадцать одна школа.": "20",
    "В районе не менее 25 школ.": "20",
    "В районе 20 школ, из них 15 сельских.": "13",
    "К ШНОР отнесены восемь школ.": "7",
    "В 2024 году выявлено 7 школ с низкими образовательными результатами.": "9",
    "8 из 20 школ района отнесены к ШНОР.": "7",
    "7 из 19 школ района отнесены к ШНОР.": "20",
    "В зоне риска находятся пять школ.": "4",
    "В школах района обучаются более 2000 школьников.": "1\N{NO-BREAK SPACE}843",
    "Численность обучающихся – 1 834 человека.": "1\N{NO-BREAK SPACE}843",
    "Дорожная карта включает 60 мероприятий.": "58",
    "Программа включает семь задач.": "9",
    "Программа содержит 12 показателей.": "10",
    "Программа рассчитана на четыре года.": "3",
    "Программа действует до 2026 года.": "2",
    "Объём финансирования программы составляет 1,5 млн рублей.": "1\N{NO-BREAK SPACE}200",
    "В 2025 году на реализацию программы предусмотрено 450 000 рублей из бюджета.": "400",
    f"{TITLE}, составила в 2025 году 36 %.": "34,5",
    f"{TITLE}: план на 2025 год – 34,5 %.": "45",
    f"{TITLE}, составит к 2027 году 70 %.": "60",
    "В 2025 году доля неудовлетворительных результатов ОГЭ по математике составила 12 %.": "34,5",
    "В 2024 году не преодолели порог ОГЭ по математике 34,5 % выпускников.": "12",
    "Успеваемость по математике (ОГЭ, 2025 год) – 65,5 %, качество – 43,3 %.": "33,3",
    "Средний балл ЕГЭ по математике в 2025 году – 65,2.": "62,5",
    "В ОГЭ по математике в 2025 году участвовали 150 выпускников.": "146",
}


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_tables_say_is_no_finding(text: str) -> None:
    found = faults_of(text, knowledge())
    assert [message(one) for one in found.figures] == []
    assert found.sums == ()


@pytest.mark.parametrize("text", OF_ANOTHER_MATTER)
def test_what_is_not_understood_is_no_finding(text: str) -> None:
    assert [message(one) for one in faults_of(text, knowledge()).figures] == []


@pytest.mark.parametrize("text", WRONG)
def test_what_the_tables_say_otherwise_is_found(text: str) -> None:
    found = [message(one) for one in faults_of(text, knowledge()).figures]
    assert len(found) == 1
    assert f"в таблице {WRONG[text]}" in found[0]
