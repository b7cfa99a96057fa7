"""Russian of the papers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.documents import cases, language
from app.services.documents.language import Agreement


def shown(text: str) -> str:
    return text.replace(language.NBSP, "~")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Школа  № 5 ", "Школа №~5"),
        ("Школа №1", "Школа №1"),
        ("33,3 % и 5 %", "33,3~% и 5~%"),
        ("в 2022 г. и 2023 гг.", "в 2022~г. и 2023~гг."),
        ("с. Рыбное, п. 5, тел. 8 (99)", "с.~Рыбное, п.~5, тел.~8 (99)"),
        ("И.О. Сказкина, Сказкина И.О.", "И.О.~Сказкина, Сказкина~И.О."),
        ("26 сентября 2019 г.", "26~сентября 2019~г."),
        ("2022-2024 и 2022 – 2024", "2022–2024 и 2022–2024"),
        ("приказ 01-12/345 от 18.05-23.06", "приказ 01-12/345 от 18.05-23.06"),
        ("тел. 8-999-000-00-00", "тел.~8-999-000-00-00"),
        ("5 класс – 3 из 9 в 2024 году", "5~класс~– 3 из 9 в 2024~году"),
        ("2019 - 2021 и а - б", "2019–2021 и а - б"),
        ("строка\nвторая\tтретья", "строка вторая третья"),
        ("и\u0306", "й"),
    ],
)
def test_typeset(text: str, expected: str) -> None:
    assert shown(language.typeset(text)) == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_typeset_is_settled(text: str) -> None:
    once = language.typeset(text)
    assert language.typeset(once) == once


def test_dates_and_years() -> None:
    assert shown(language.date_in_words(date(2019, 9, 26))) == "26~сентября 2019~г."
    assert shown(language.date_in_words(date(2026, 5, 1))) == "1~мая 2026~г."
    assert shown(language.years_in_words(2025, 2025)) == "2025~год"
    assert shown(language.years_in_words(2024, 2025)) == "2024 и 2025~годы"
    assert shown(language.years_in_words(2023, 2025)) == "2023–2025~годы"


@pytest.mark.parametrize(
    ("name", "initials", "surname_first"),
    [
        ("Сказкина Алёна Потеховна", "А.П.~Сказкина", "Сказкина~А.П."),
        ("Ким Анна", "А.~Ким", "Ким~А."),
        ("Алиев Ибрагим Гусейн оглы", "И.Г.~Алиев", "Алиев~И.Г."),
        ("Салтыкова-Кот Анна-Мария Львовна", "А.-М.Л.~Салтыкова-Кот", "Салтыкова-Кот~А.-М.Л."),
        ("Сказкина А.П.", "Сказкина~А.П.", "Сказкина~А.П."),
        ("Сказкина", "Сказкина", "Сказкина"),
    ],
)
def test_names(name: str, initials: str, surname_first: str) -> None:
    assert shown(language.initials(name)) == initials
    assert shown(language.surname_first(name)) == surname_first


def test_agreement() -> None:
    stamps = [language.approved(agreement) for agreement in Agreement]
    assert stamps == ["УТВЕРЖДЕН", "УТВЕРЖДЕНА", "УТВЕРЖДЕНО", "УТВЕРЖДЕНЫ"]
    assert language.spaced("приказываю") == "п р и к а з ы в а ю"
    assert language.listing([]) == ""
    assert language.listing(["а", "б", "в"]) == "а, б и в"
    assert language.inside("Главный специалист") == "главный специалист"
    assert language.inside("МКУ «Центр»") == "МКУ «Центр»"


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Управление образования города Д", "Управления образования города Д"),
        ("Муниципальное казенное учреждение «О»", "Муниципального казенного учреждения «О»"),
        ("Комитет по образованию", "Комитета по образованию"),
        ("Районный отдел образования", "Районного отдела образования"),
        ("Администрация района", "Администрации района"),
        ("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "УПРАВЛЕНИЯ ОБРАЗОВАНИЯ"),
        ("МКУ «Управление образования»", "МКУ «Управление образования»"),
        ("«Радуга»", None),
        ("Тридевятое РУО", None),
        ("", None),
    ],
)  # fmt: skip
def test_organisation_genitive(name: str, genitive: str | None) -> None:
    assert cases.organisation_genitive(name) == genitive


@pytest.mark.parametrize(
    ("post", "accusative"),
    [
        ("главный специалист отдела", "главного специалиста отдела"),
        ("Исполняющий обязанности начальника", "Исполняющего обязанности начальника"),
        ("заведующая методическим кабинетом", "заведующую методическим кабинетом"),
        ("заместитель главы – начальник управления", "заместителя главы – начальника управления"),
        ("методист", "методиста"),
        ("и.о. начальника", None),
    ],
)
def test_post_accusative(post: str, accusative: str | None) -> None:
    assert cases.post_accusative(post) == accusative


@pytest.mark.parametrize(
    ("name", "accusative"),
    [
        ("Сказкина Алёна Потеховна", "Сказкину Алёну Потеховну"),
        ("Небылицын Кузьма Лукич", "Небылицына Кузьму Лукича"),
        ("Шевчук Ольга Ильинична", "Шевчук Ольгу Ильиничну"),
        ("Черных Олег Потехович", "Черных Олега Потеховича"),
        ("Ким Анна", None),
        ("", None),
    ],
)
def test_person_accusative(name: str, accusative: str | None) -> None:
    assert cases.person_accusative(name) == accusative
