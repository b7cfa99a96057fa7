"""Which school a row means: codes, names, contradictions, and the questions that remain."""

from __future__ import annotations

import pytest

from app.models.enums import CodeSystem
from app.services.importing.matching import Directory, KnownSchool, ref_key
from app.services.importing.names import name_key
from app.services.importing.places import place_in
from tests.importing.loads import ref

ONE, FIFTEEN, TOWN, PELEVO = 1, 15, 3, 4


@pytest.fixture
def directory() -> Directory:
    """Four schools: two numbered ones, and two named after villages."""
    known = Directory()
    for identifier, name, settlement in (
        (ONE, "МКОУ СОШ №1", "г. Заречный"),
        (FIFTEEN, "МАОУ СОШ №15", "г. Заречный"),
        (TOWN, "Городищенская СОШ", None),
        (PELEVO, "Пелевинская СОШ", None),
    ):
        known.add_school(KnownSchool(identifier, name, (name,), settlement))
    known.add_code(ONE, CodeSystem.FISOKO, "edu073001", current=True)
    known.add_code(ONE, CodeSystem.RCOI, "01307", current=True)
    known.add_code(FIFTEEN, CodeSystem.FISOKO, "edu073015", current=True)
    return known


def test_code_wins_and_is_compared_as_text(directory: Directory) -> None:
    assert directory.match(ref(rcoi="01307")).school == ONE
    assert directory.match(ref(rcoi="01307")).warnings == ()
    assert directory.match(ref(rcoi="13070")).school is None


def test_lost_leading_zero_is_found_with_a_warning(directory: Directory) -> None:
    match = directory.match(ref(rcoi="1307"))
    assert match.school == ONE
    assert "«1307»" in match.warnings[0]
    assert "«01307»" in match.warnings[0]


def test_lost_zero_that_fits_two_schools_is_not_guessed(directory: Directory) -> None:
    directory.add_code(TOWN, CodeSystem.RCOI, "001307", current=True)
    assert directory.match(ref(rcoi="1307")).school is None
    assert directory.match(ref(rcoi="01307")).school == ONE


def test_old_code_still_matches(directory: Directory) -> None:
    directory.add_code(ONE, CodeSystem.FISOKO, "sch660001", current=False)
    assert directory.match(ref(fisoko="sch660001")).school == ONE


def test_equal_name_is_enough(directory: Directory) -> None:
    assert directory.match(ref("МБОУ «Средняя школа № 1»")).school == ONE
    assert directory.match(ref("МБОУ СОШ №1 г.Заречный")).school == ONE


@pytest.mark.parametrize("name", ["СОШ №11", "СОШ 5", "Пелевинская ООШ", "Городищенская школа"])
def test_anything_but_an_equal_name_asks(directory: Directory, name: str) -> None:
    match = directory.match(ref(name))
    assert match.school is None
    assert match.doubt


def test_two_schools_of_one_name_ask(directory: Directory) -> None:
    directory.add_school(KnownSchool(9, "МБОУ СОШ №1", ("МБОУ СОШ №1",), "с. Луговое"))
    match = directory.match(ref("СОШ №1"))
    assert match.school is None
    assert set(match.suspects) == {ONE, 9}
    assert directory.match(ref("СОШ №1 с. Луговое")).school == 9


def test_code_of_one_and_name_of_another_is_never_silent(directory: Directory) -> None:
    match = directory.match(ref("Городищенская СОШ", fisoko="edu073001"))
    assert match.school is None
    assert match.clash
    assert set(match.suspects) == {ONE, TOWN}


def test_codes_of_two_schools_are_never_silent(directory: Directory) -> None:
    match = directory.match(ref(fisoko="edu073015", rcoi="01307"))
    assert match.school is None
    assert set(match.suspects) == {ONE, FIFTEEN}


def test_name_of_a_school_with_another_code_is_never_silent(directory: Directory) -> None:
    match = directory.match(ref("СОШ №1", fisoko="edu999999"))
    assert match.school is None
    assert match.suspects == (ONE,)


def test_code_with_an_unlike_name_matches_with_a_warning(directory: Directory) -> None:
    match = directory.match(ref("СОШ №15 новая", fisoko="edu073001"))
    assert match.school == ONE
    assert "не похоже" in match.warnings[0]


def test_code_with_a_name_written_a_bit_otherwise_is_silent(directory: Directory) -> None:
    directory.add_code(PELEVO, CodeSystem.FISOKO, "edu073004", current=True)
    assert directory.match(ref("Пелевинская ООШ", fisoko="edu073004")).warnings == ()


def test_unknown_code_beside_an_equal_name_can_be_remembered(directory: Directory) -> None:
    match = directory.match(ref("Городищенская СОШ", rcoi="13050"))
    assert match.school == TOWN
    assert match.new_codes == ((CodeSystem.RCOI, "13050"),)


def test_remembered_spelling_matches(directory: Directory) -> None:
    directory.add_alias(PELEVO, name_key("БСШ"))
    assert directory.match(ref("МКОУ БСШ")).school == PELEVO


def test_remembered_contradiction_matches_only_itself(directory: Directory) -> None:
    odd = ref("Городищенская СОШ", fisoko="edu073001")
    directory.add_alias(TOWN, ref_key(odd))
    assert directory.match(odd).school == TOWN
    assert directory.match(ref("Городищенская СОШ")).school == TOWN
    assert directory.match(ref(fisoko="edu073001")).school == ONE


def test_candidates_are_three_at_most_and_the_likeliest_first(directory: Directory) -> None:
    for number in range(20, 26):
        name = f"Пелевинская {'новая ' * (number % 3)}СОШ №{number}"
        directory.add_school(KnownSchool(number, name, (name,)))
    found = directory.candidates(ref("Пелевинская ООШ"))
    assert found[0].school_id == PELEVO
    assert len(found) == 3
    assert "вид школы различается" in found[0].why


def test_other_number_is_no_candidate(directory: Directory) -> None:
    assert all(one.school_id != FIFTEEN for one in directory.candidates(ref("СОШ №1 новая")))


def test_suspects_come_with_their_reason(directory: Directory) -> None:
    odd = ref("Городищенская СОШ", fisoko="edu073001")
    found = directory.candidates(odd, directory.match(odd).suspects)
    reasons = {one.school_id: one.why for one in found}
    assert "код ФИС ОКО принадлежит этой школе" in reasons[ONE]
    assert "название совпадает" in reasons[TOWN]


def test_school_with_another_code_is_another_school(directory: Directory) -> None:
    assert directory.likely(ref("СОШ № 1", fisoko="edu000001")) == ()
    assert directory.likely(ref("СОШ № 1", fisoko="edu073001")) == (ONE,)


@pytest.mark.parametrize(
    ("known", "asked"),
    [("Новолесная СОШ", "Ново-Лесная СОШ"), ("Верхне-Речная ООШ", "МКОУ «Верхнеречная ООШ»")],
)
def test_a_hyphen_makes_no_other_school_and_is_told(known: str, asked: str) -> None:
    directory = Directory()
    directory.add_school(KnownSchool(1, known, (known,)))
    match = directory.match(ref(asked))
    assert match.school == 1
    assert "только дефисом" in match.warnings[0]
    directory.add_school(KnownSchool(2, asked, (asked,)))
    assert directory.match(ref(asked)).school == 2
    assert directory.match(ref(asked)).warnings == ()


def test_a_hyphen_that_fits_two_schools_is_asked() -> None:
    directory = Directory()
    for number, place in enumerate(("с. Дальнее", "с. Ближнее"), 1):
        directory.add_school(KnownSchool(number, "Новолесная СОШ", ("Новолесная СОШ",), place))
    assert directory.match(ref("Ново-Лесная СОШ")).school is None


def test_what_is_not_known_is_said_as_it_is(directory: Directory) -> None:
    assert directory.match(ref("Дальняя ООШ")).doubt == "школы с точно таким названием в базе нет"
    assert directory.match(ref(rcoi="99999")).doubt == "школы с таким кодом в базе нет"
    both = directory.match(ref("Дальняя ООШ", rcoi="99999"))
    assert both.doubt == "школы с точно таким названием или кодом в базе нет"


@pytest.fixture
def district() -> Directory:
    """Schools that files call by their village or by their kind alone."""
    known = Directory()
    for identifier, (name, settlement) in enumerate(
        [
            ("МБОУ СОШ № 1", "с. Белый Камень"),
            ("МБОУ СОШ № 2", "с. Белый Камень"),
            ("МКОУ Берёзовская СОШ", "с. Берёзовка"),
            ("МАОУ «Лицей имени Первых»", "г. Заречный"),
            ("МКОУ ВСОШ № 9", "г. Заречный"),
            ("МКОУ «Школа Заозёрья»", "х. Дальний"),
        ],
        1,
    ):
        known.add_school(KnownSchool(identifier, name, (name,), settlement))
    return known


@pytest.mark.parametrize(
    ("asked", "school"),
    [
        ("Белокаменская СОШ № 1", 1),
        ("Белокаменская школа № 2", 2),
        ("Лицей", 4),
        ("ВСОШ", 5),
        ("ООШ х. Дальний", 6),
    ],
)
def test_place_number_and_kind_offer_the_right_school_first(
    district: Directory, asked: str, school: int
) -> None:
    assert district.match(ref(asked)).school is None
    offered = district.candidates(ref(asked))
    assert offered[0].school_id == school
    assert offered[0].why


def test_a_kind_of_many_schools_offers_none(district: Directory) -> None:
    for number in range(10, 15):
        district.add_school(KnownSchool(number, f"СОШ № {number}", (f"СОШ № {number}",)))
    assert district.candidates(ref("СОШ")) == ()


@pytest.mark.parametrize(
    ("name", "school"),
    [
        ("филиала МКОУ «Озёрской СОШ» – Лесной НОШ", 1),
        ("Озерской средней общеобразовательной школы", 2),
        ("гимназии № 3", 3),
        ("гимназии № 4", None),
        ("Заречной СОШ", None),
    ],
)
def test_a_name_in_the_genitive_is_that_of_the_only_such_school_and_told(
    name: str, school: int | None
) -> None:
    directory = Directory()
    spelt = ("Филиал МКОУ «Озёрская СОШ» – Лесная НОШ", "МКОУ «Озёрская СОШ»", "Гимназия № 3")
    for number, one in enumerate(spelt, 1):
        directory.add_school(KnownSchool(number, one, (one,), None))
    match = directory.match(ref(name))
    assert match.school == school
    assert [("только падежом" in told) for told in match.warnings] == [True] * bool(school)


def test_a_settlement_beside_the_only_school_of_a_name(directory: Directory) -> None:
    match = directory.match(ref("МБОУ «Городищенская СОШ» (с. Городище)"))
    assert match.school == TOWN
    assert "сравнить его не с чем" in match.warnings[0]
    assert directory.match(ref("с. Пелево, Пелевинская СОШ")).school == PELEVO


def test_a_settlement_that_the_register_brings_with_the_same_load(directory: Directory) -> None:
    directory.settle(TOWN, "Лесной район, с. Большое Городище")
    found = directory.match(ref("Городищенская СОШ, с. Большое Городище"))
    assert (found.school, found.warnings) == (TOWN, ())
    assert directory.match(ref("Городищенская СОШ, с. Малое Городище")).school is None


@pytest.mark.parametrize("name", ["СОШ №1, с. Лесное", "МАОУ СОШ №15 (г. Соседск)"])
def test_another_settlement_beside_a_number_is_another_school(
    directory: Directory, name: str
) -> None:
    assert directory.match(ref(name)).school is None


def test_a_number_beside_an_unknown_settlement_asks(directory: Directory) -> None:
    directory.add_school(KnownSchool(5, "МБОУ СОШ № 5", ("МБОУ СОШ № 5",)))
    assert directory.match(ref("СОШ № 5, с. Лесное")).school is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("363000, Лесной район, с. Большой Ключ, ул. Лесная, д. 5", "с. Большой Ключ"),
        ("г. Примерск, пос. Красный Маяк ул. Мира 3", "пос. Красный Маяк"),
        ("р.п. Лесное, Школьный пер., 2", "р.п. Лесное"),
        ("станица Ново-Лесная, д. 12", "станица Ново-Лесная"),
        ("ул. С. Есенина, д. 5", None),
        ("", None),
    ],
)
def test_the_settlement_of_an_address(text: str, place: str | None) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("МБОУ «Ольховская СОШ № 3 им. 50-летия Победы»", "Ольховская СОШ №3"),
        ("МБОУ СОШ № 5 имени 100-летия Республики", "МБОУ СОШ № 5"),
        ("МКОУ «Сосенская СОШ имени 40-летия Победы»", "Сосенская СОШ"),
    ],
)
def test_a_school_without_its_honorary_name_is_offered_first_and_not_taken(
    known: str, asked: str
) -> None:
    directory = Directory()
    directory.add_school(KnownSchool(1, "МБОУ СОШ № 50", ("МБОУ СОШ № 50",), None))
    directory.add_school(KnownSchool(2, known, (known,), None))
    assert directory.match(ref(asked)).school is None
    assert directory.candidates(ref(asked))[0].school_id == 2
    assert directory.likely(ref(asked)) == (2,)
