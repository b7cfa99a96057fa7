"""Names of schools: what is the same school, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.importing.names import (
    best_likeness,
    code_letters,
    likeness,
    loose_code,
    name_key,
    parse_name,
    without_honour,
)

SAME = [
    (
        "МКОУ СОШ №1",
        "Муниципальное казенное общеобразовательное учреждение «Средняя общеобразовательная "
        "школа №1»",
    ),
    ("МБОУ СОШ №1", "МАОУ «СОШ № 01»"),
    ("MБOУ CОШ N 5", "МБОУ СОШ №5"),
    ("СОШ 5", "средняя школа № 5"),
    ("МАОУ Берёзовская СОШ", "Березовская средняя общеобразовательная школа"),
    ("МОБУ СОШ с. Ивановка", "Ивановка, СОШ"),
    ("МБОУ «СОШ № 2 г. Заречный»", "МБОУ СОШ №2 г.Заречный"),
    ("МБОУ-СОШ №12", "СОШ 12"),
    ("Лицей № 3 имени А. Б. Вымышленного", "МАОУ лицей №3 им. А.Б. Вымышленного"),
    ("МКОУ «Начальная школа – детский сад № 7»", "НШ-ДС №7"),
    ("МБОУ Основная общеобразовательная школа д. Малая", "ООШ деревня Малая"),
]

DIFFERENT = [
    ("СОШ №1", "СОШ №15"),
    ("СОШ №1", "СОШ №11"),
    ("СОШ 5", "Городищенская СОШ"),
    ("Пелевинская ООШ", "Пелевинская СОШ"),
    ("Гимназия №4", "Лицей №4"),
    ("СОШ №3", "СОШ №3 им. Героя Вымышленного"),
    ("Никольская СОШ", "Филиал Никольской СОШ"),
    ("СОШ №1 с. Луговое", "СОШ №1 с. Полевое"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_school_are_equal(left: str, right: str) -> None:
    assert name_key(left) == name_key(right) != ""
    assert likeness(parse_name(left), parse_name(right)).score == 100


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_schools_are_never_equal(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)
    assert likeness(parse_name(left), parse_name(right)).score < 100


@pytest.mark.parametrize(("left", "right"), DIFFERENT[:3])
def test_number_guard_keeps_what_letters_alone_would_match(left: str, right: str) -> None:
    from rapidfuzz import fuzz

    assert fuzz.WRatio(left, right) >= 80  # the negative control: letters alone are sure of it
    assert likeness(parse_name(left), parse_name(right)).score <= 45


def test_why_is_told_in_russian() -> None:
    other_kind = likeness(parse_name("Пелевинская ООШ"), parse_name("Пелевинская СОШ"))
    assert other_kind.score >= 85
    assert "вид школы различается: ООШ и СОШ" in other_kind.why
    assert "№1 и №15" in likeness(parse_name("СОШ №1"), parse_name("СОШ №15")).why


def test_names_of_a_kind_alone_say_nothing_about_the_school() -> None:
    found = likeness(parse_name("МБОУ СОШ"), parse_name("МКОУ ООШ"))
    assert found.score <= 40
    assert "нет ни номера, ни имени" in found.why


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (
            "Филиал муниципального бюджетного общеобразовательного учреждения «Средняя "
            "общеобразовательная школа №2» в деревне Малиновка",
            "Филиал МБОУ СОШ №2 в д. Малиновка",
        ),
        ("средняя общеобразовательная школа №3 села Новое", "МБОУ СОШ №3 с. Новое"),
        ("СОШ №1 станицы Новая", "СОШ №1 ст-ца Новая"),
    ],
)
def test_cases_of_legal_words_and_places_do_not_tell_schools_apart(
    written: str, known: str
) -> None:
    assert name_key(written) == name_key(known)


def test_a_number_that_one_name_lacks_is_not_said_to_agree() -> None:
    found = likeness(parse_name("МБОУ СОШ №2"), parse_name("МКОУ Вечерняя (сменная) школа"))
    assert "совпадает" not in found.why
    assert "номер №2 есть только в одном из названий" in found.why
    assert found.score < 50


def test_best_likeness_takes_the_nearest_spelling() -> None:
    known = [parse_name("МБОУ СОШ №9"), parse_name("Троицкая СОШ")]
    assert best_likeness(parse_name("Троицкая школа"), known).score >= 85
    assert best_likeness(parse_name("Троицкая школа"), []).score == 0


@pytest.mark.parametrize(
    ("written", "known"),
    [("1307", "01307"), ("еdu073000", "edu073000"), ("EDU073000", "edu073000"), ("0", "00")],
)
def test_codes_spoiled_by_spreadsheets_and_keyboards_are_alike(written: str, known: str) -> None:
    assert loose_code(written) == loose_code(known)


def test_zeros_inside_a_code_matter() -> None:
    assert loose_code("13070") != loose_code("1307")


@pytest.mark.parametrize(
    ("code", "letters"),
    [("edu073000", "edu"), ("SCH00001", "sch"), ("еdu073000", "edu"), ("01307", ""), ("", "")],
)
def test_a_login_is_known_by_its_letters(code: str, letters: str) -> None:
    assert code_letters(code) == letters


@given(st.text(max_size=60))
def test_any_text_has_a_stable_key(text: str) -> None:
    key = name_key(text)
    assert name_key(text.upper().lower()) == name_key(text.lower())
    assert key == key.strip()


@given(st.integers(1, 999), st.integers(1, 999))
def test_numbered_schools_match_only_their_own_number(one: int, two: int) -> None:
    same = name_key(f"МБОУ СОШ №{one}") == name_key(f"МКОУ «СОШ № {two}»")
    assert same == (one == two)


def test_an_honorary_name_may_be_left_out_and_has_no_number_of_a_school() -> None:
    full = "МБОУ «Ольховская СОШ № 3 им. 50-летия Победы»"
    assert without_honour(full) == "МБОУ «Ольховская СОШ № 3"
    assert without_honour("МБОУ СОШ № 5 имени Республики") == "МБОУ СОШ № 5"
    assert without_honour("Лицей № 1") == "Лицей № 1"
    assert parse_name(full).numbers == ("3",)
