"""What texts claim in figures: read from their words, compared only where that is certain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.paths import resource
from app.services.documents.claims.acts import Paper, cited_wrongly
from app.services.documents.claims.check import Knowledge, TextFaults, Told, faults_of
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
VPR = frozenset({"ВПР", "4 класс", "район", SUBJECT})
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
            known("quality", 53.5, unit=Unit.PERCENT, about=VPR),
        ),
        titles=(title_of(TITLE), title_of(LOW)),
        subjects={SUBJECT: title_words("математика")},
        names=frozenset({"лукоморский"}),
    )


def title_words(text: str) -> tuple[frozenset[str], ...]:
    return title_of(text).words


def faults(text: str, title: str = "", *, planned: bool = False) -> TextFaults:
    return faults_of(Told(text, title, planned), knowledge())


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
    "В 4 классах качество ВПР по математике в 2025 году составило 53,5 %.",
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
    "В 2025 году качество ВПР по математике в 4 и 5 классах составило 3 %.",
    "В 2025 году в области качество ОГЭ по математике составило 3 %.",
    "Пункт 3 приказа № 15, 5 «Б» класс, 1-й этап, 3/4 учащихся школ.",
    "На ремонт школы направлено 6 млн руб.",
    "В 2022–2024 годах выявлено 2 ШНОР.",
    "20 школ района, участвующих в проекте, получили помощь.",
    "Численность обучающихся составила 153 человека в 9 классах.",
)
BESIDE_THE_POINT = (
    "За последние 3 года в районе закрыты 2 школы.",
    "В 2025 году в районе открыта 1 школа.",
    "В школах района 15 классов.",
    "В 12 школах района созданы центры «Точка роста».",
    "Из 20 школ района 12 имеют центры «Точка роста».",
    "5 школ района, вошедших в перечень ШНОР, расположены в сельской местности.",
    "Среди ШНОР 5 сельских школ.",
    "7 ШНОР, из них 5 сельских.",
    "ШНОР – 7, в том числе 2 сельские.",
    "В перечень ШНОР впервые вошли 2 школы.",
    "Из перечня ШНОР вышли 3 школы.",
    "Три школы два года подряд входят в перечень ШНОР.",
    "В каждой из 7 ШНОР назначен куратор.",
    "Каждый куратор закреплён за 2 школами.",
    "Один куратор работает с 2 школами.",
    "В программе участвуют 7 ШНОР и 3 школы-наставника.",
    "Программа предусматривает 12 мероприятий для 7 ШНОР.",
    "По 3 мероприятия в год на каждую школу.",
    "В план включено 5 новых мероприятий.",
    "В плане 12 разделов и 58 мероприятий.",
    "На 1 учителя приходится 10 учеников.",
    "В школах района работают 20 молодых учителей.",
    "В школах района обучаются 120 детей с ОВЗ.",
    "Численность обучающихся в сельских школах – 900 человек.",
    "Численность обучающихся выросла на 30 человек.",
    "Численность обучающихся в 2020 году составляла 2000 человек.",
    "Средняя численность обучающихся в школе – 92 человека.",
    "Программа рассчитана на 3 года (2025–2027 годы).",
    "Первый этап программы рассчитан на 1 год.",
    "Программа реализуется в 2 этапа, первый этап – 1 год.",
    "Финансирование программы за счёт местного бюджета – 300 тыс. руб. ежегодно.",
    "Объём финансирования мероприятия – 50 тыс. рублей.",
    "Доля педагогов, прошедших курсы повышения квалификации, не менее 60 % к 2027 году.",
    "Доля педагогов, прошедших курсы повышения квалификации, составила 34,5 % в 2025 "
    "году и 30 % в 2024 году.",
    "Доля педагогов, прошедших курсы повышения квалификации, увеличилась с 30 % до 34,5 %.",
    "Доля педагогов школы № 5, прошедших курсы повышения квалификации, 12 %.",
    "По ОГЭ по математике в 2025 году качество 33,3 %, по русскому языку 50 %.",
    "В 2025 году качество по математике ОГЭ выше районного на 5 %.",
    "В двух школах качество по математике (ОГЭ, 2025) выше 60 %.",
    "ОГЭ по математике в 2025 году не сдали 5 выпускников.",
    "В 2025 году по итогам ОГЭ по математике получили «2» 34,5 %, «5» – 10 % выпускников.",
    "С 2025 года в районе 20 школ.",
    "Муниципальный этап олимпиады прошёл в 5 школах района.",
    "Не менее двух ШНОР выйдут из перечня.",
    "Сеть объединяет 20 школ района и 14 детских садов.",
    "5 из 7 ШНОР разработали программы.",
    "Все 7 ШНОР получили помощь.",
    "Нормативный срок освоения программы – 4 года.",
    "Реализация основной общеобразовательной программы рассчитана на 4 года.",
    "Срок реализации программы начального общего образования – 4 года.",
    "Школа реализует 5 программ.",
    "Цель программы: 100 % школ.",
    "До 2030 года программа развития школы.",
    "Задача 3 программы выполнена.",
    "Разработаны 2 программы, 3 плана.",
    "Численность педагогов – 25 % от общей численности.",
    "На территории района проживает 12000 человек, функционируют 20 "
    "общеобразовательных организаций.",
    "В Лукоморском муниципальном районе по состоянию на 1 сентября 2025 года "
    "функционирует 20 общеобразовательных организаций.",
    "Система образования района представлена 20 школами, 14 детскими садами и 2 "
    "учреждениями дополнительного образования.",
    "20 общеобразовательных организаций района, в которых обучаются 1843 школьника.",
)
"""Figures close to those of tables, of parts of what tables count, or of other things."""
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
    f"Увеличение показателя «{TITLE}» до 80 % к 2027 году.": "60",
    "Контингент учащихся школ района – 2000 человек.": "1\N{NO-BREAK SPACE}843",
    "В 2025 году доля неудовлетворительных результатов ОГЭ по математике составила 12 %.": "34,5",
    "В 2024 году не преодолели порог ОГЭ по математике 34,5 % выпускников.": "12",
    "Успеваемость по математике (ОГЭ, 2025 год) – 65,5 %, качество – 43,3 %.": "33,3",
    "Средний балл ЕГЭ по математике в 2025 году – 65,2.": "62,5",
    "Качество ВПР по математике в 4 классе в 2025 году – 54,5 %.": "53,5",
    "В ОГЭ по математике в 2025 году участвовали 150 выпускников.": "146",
}


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_tables_say_is_no_finding(text: str) -> None:
    found = faults(text)
    assert [message(one) for one in found.figures] == []
    assert found.sums == ()


@pytest.mark.parametrize("text", [*OF_ANOTHER_MATTER, *BESIDE_THE_POINT])
def test_what_is_not_understood_is_no_finding(text: str) -> None:
    found = faults(text)
    assert [message(one) for one in found.figures] == []
    assert found.sums == ()


@pytest.mark.parametrize("text", WRONG)
def test_what_the_tables_say_otherwise_is_found(text: str) -> None:
    found = [message(one) for one in faults(text).figures]
    assert len(found) == 1
    assert f"в таблице {WRONG[text]}" in found[0]


def test_a_title_over_a_text_says_what_it_is_about() -> None:
    text = "Качество составило 43,3 %, успеваемость – 65,5 %."
    assert faults(text).figures == ()
    (wrong,) = faults(text, "3.1. Результаты ОГЭ по математике, 2025 год").figures
    assert wrong.claim.said == "43,3\N{NO-BREAK SPACE}%"
    assert faults("Качество составило 43,3 %.", "Результаты ОГЭ по математике").figures == ()


def test_what_is_wanted_is_not_compared_with_what_there_is() -> None:
    assert faults("В районе не более 3 ШНОР.", planned=True).figures == ()
    assert len(faults("В районе не более 3 ШНОР.").figures) == 1
    assert len(faults("Программа включает 7 задач.", planned=True).figures) == 1
    assert faults("Число ШНОР составит 3, в районе будет 18 школ.").figures == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20 школ района, из них 13 сельских и 8 городских", "дают 21, а не 20"),
        ("Получили «2» 10 %, «3» 40 %, «4» 30 %, «5» 30 % участников", "110\N{NO-BREAK SPACE}%"),
    ],
)
def test_parts_that_do_not_make_their_whole(text: str, told: str) -> None:
    (wrong,) = faults(text).sums
    assert told in wrong


@pytest.mark.parametrize(
    "text",
    [
        "20 школ района, из них 13 сельских и 7 городских",
        "Получили «2» 10 %, «3» 40 %, «4» 30 %, «5» 20 % участников",
        "Получили «4» 30 %, «5» 90 % участников",
        "Из 20 школ более 13 сельских и 8 городских",
    ],
)
def test_parts_that_make_it_or_need_not(text: str) -> None:
    assert faults(text).sums == ()


PAPERS = (
    Paper("Об утверждении перечня школ", "15-п", date(2025, 3, 12)),
    Paper("О кураторах", "41", date(2025, 9, 5)),
)
OFFICE = ("Управление образования", "Управления образования", "Управлением образования")


@pytest.mark.parametrize(
    "text",
    [
        "Приказ Управления образования от 12.03.2025 № 15-п утвердил перечень.",
        "Приказом Управления образования от 12 марта 2025 г. № 15-п утверждён перечень.",
        "Приказ министерства от 12.03.2025 № 99 о порядке.",
        "Приказ Управления образования от 01.02.2024 № 7.",
        "Приказ от 12.03.2025 № 15-п «Об утверждении перечня школ».",
        "Приказ школы от 12.03.2025 № 3.",
        "Приказ Управления образования вышел в 2024 г. Письмо от 12.03.2025 № 99.",
        "Издан приказ. Управление образования от 12.03.2025 № 99 напоминает.",
        "приказ Минобрнауки обл. о порядке, доведённый Управлением образования г. Города "
        "от 12.03.2025 № 900",
        "распоряжение Правительства области, полученное Управлением образования, "
        "от 05.09.2025 № 312-р",
        "постановление администрации района (Управление образования) от 12.03.2025 № 500",
        "Приказом Управления образования от 12.03.2025 № 16-п утверждён другой перечень.",
        "Приказом Управления образования от 12.03.2025 № 16-п утверждён состав жюри.",
        "Приказ Управления образования от 12.03.2025 № 15-п/1.",
        "Приказ Управления образования во исполнение письма министерства от 12.03.2025 № 99.",
    ],
)
def test_papers_cited_rightly_and_papers_of_others(text: str) -> None:
    assert list(cited_wrongly(text, PAPERS, OFFICE)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Приказ Управления образования от 12.03.2025 № 16-п утвердил перечень.", "15-п"),
        ("Приказом Управления образования от 6 сентября 2025 года № 41 назначены.", "41"),
        ("Приказ от 13.03.2025 № 15-п «Об утверждении перечня школ».", "15-п"),
        ("Приказ Управления образования г. Энска от 12.03.2025 № 16-п.", "15-п"),
        ("Приказ Управления образования Энской обл. от 12 марта 2025 г. № 16-п.", "15-п"),
        ("Приказом Управления образования им. А.С. Пушкина от 12.03.2025 № 16-п.", "15-п"),
    ],
)
def test_a_paper_cited_with_another_number_or_date(text: str, number: str) -> None:
    (wrong,) = cited_wrongly(text, PAPERS, OFFICE)
    assert wrong.paper.number == number
