"""Methodologies as data: the default as shipped, strict reading, choosing by year."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.errors import ResourceError, UserError
from app.models.enums import AssessmentKind
from app.paths import resource
from app.services.methodology.classifying import in_force
from app.services.methodology.faults import faults
from app.services.methodology.json_lines import read_json
from app.services.methodology.loading import (
    as_body,
    load,
    load_all,
    load_file,
    parse,
    parse_stored,
)
from app.services.methodology.types import BiasPolicy, IsbCutoff, Join, YearsBack
from tests.methodology.builders import DAGESTAN, FEDERAL

Body = dict[str, Any]
SHIPPED = resource("methodologies", "federal-1.json")


@pytest.fixture
def body() -> Body:
    """Return the shipped methodology as data, free to be spoilt."""
    read: Body = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return read


def set_value(name: str, value: object) -> Callable[[Body], None]:
    """Return what sets the value of one parameter."""

    def spoil(body: Body) -> None:
        body["parameters"][name]["value"] = value

    return spoil


def set_key(name: str, value: object) -> Callable[[Body], None]:
    """Return what sets a key of the file."""

    def spoil(body: Body) -> None:
        body[name] = value

    return spoil


def drop(*keys: str) -> Callable[[Body], None]:
    """Return what removes a key, found by the way to it."""

    def spoil(body: Body) -> None:
        for key in keys[:-1]:
            body = body[key]
        del body[keys[-1]]

    return spoil


def both_off(body: Body) -> None:
    """Switch both rules off."""
    set_value("rule_a_procedures", None)(body)
    set_value("rule_b_years", None)(body)


def test_the_default_is_the_rule_of_the_field() -> None:
    assert (FEDERAL.threshold_percent, FEDERAL.rule_a_procedures, FEDERAL.rule_b_years) == (
        30,
        2,
        2,
    )
    assert FEDERAL.join is Join.OR
    assert FEDERAL.rule_b_same
    assert FEDERAL.rule_b_years_back is YearsBack.CALENDAR
    assert (FEDERAL.min_participants, FEDERAL.small_sample) == (0, 10)
    assert FEDERAL.risk_zone.one_low_procedure
    assert (FEDERAL.risk_zone.near_from_percent, FEDERAL.risk_zone.growth_points) == (20, 10)
    assert [counted.kind for counted in FEDERAL.counted] == list(AssessmentKind)
    assert all(counted.grades is None for counted in FEDERAL.counted)
    assert any(not basis.confirmed for basis in FEDERAL.legal_basis)
    assert {note.name for note in FEDERAL.notes if not note.confirmed} >= {"min_participants"}


def test_every_shipped_methodology_is_right() -> None:
    found = load_all(resource("methodologies"))
    assert FEDERAL in found


def test_writing_back_loses_nothing() -> None:
    odd = replace(
        FEDERAL, threshold_percent=Decimal("33.3"), last_year=2030, rule_a_procedures=None
    )
    grades = replace(odd, counted=(replace(odd.counted[0], grades=(4, 5)),))
    stored = json.loads(json.dumps(as_body(grades)))
    assert parse(stored, "x.json") == grades


@pytest.mark.parametrize(
    ("spoil", "key", "why"),
    [
        (set_value("threshold_percent", 130), "parameters.threshold_percent.value", "130"),
        (set_value("threshold_percent", -1), "parameters.threshold_percent.value", "от 0 до 100"),
        (set_value("threshold_percent", 0), "parameters.threshold_percent.value", "больше нуля"),
        (set_value("threshold_percent", "30"), "threshold_percent.value", "ожидалось число"),
        (set_value("threshold_percent", True), "threshold_percent.value", "ожидалось число"),
        (set_value("rule_a_procedures", -2), "parameters.rule_a_procedures.value", "-2"),
        (set_value("rule_a_procedures", 1.5), "rule_a_procedures.value", "целое число"),
        (set_value("rule_b_years", 1), "parameters.rule_b_years.value", "от 2 до 10"),
        (set_value("rule_b_same", 1), "parameters.rule_b_same.value", "true или false"),
        (set_value("join", "либо"), "parameters.join.value", "или, и"),
        (set_value("min_participants", -5), "parameters.min_participants.value", "-5"),
        (set_value("small_sample", True), "parameters.small_sample.value", "целое число"),
        (set_value("risk_near_from_percent", 30), "risk_near_from_percent.value", "ниже порога"),
        (set_value("risk_growth_points", 0), "risk_growth_points.value", "больше нуля"),
        (both_off, "parameters.rule_a_procedures.value", "нужно хотя бы одно"),
        (drop("parameters", "join"), "parameters.join", "ключа не хватает"),
        (drop("parameters", "join", "source"), "parameters.join.source", "ключа не хватает"),
        (drop("legal_basis"), "legal_basis", "ключа не хватает"),
        (set_key("treshold", 30), "treshold", "такого ключа в методике нет"),
        (set_key("legal_basis", []), "legal_basis", "непустой список"),
        (set_key("legal_basis", ["акт"]), "legal_basis[0]", "набор ключей"),
        (set_key("title", " "), "title", "непустой текст"),
        (set_key("last_year", 2014), "last_year", "раньше первого (2015)"),
        (set_key("first_year", 15), "first_year", "от 1990"),
        (
            set_key("counted", [{"assessment": "ОГЭ", "subjects": ["Математика"], "grades": [13]}]),
            "counted[0].grades[0]",
            "от 1 до 12",
        ),
        (
            set_key("counted", [{"assessment": "ГИА", "subjects": ["Математика"], "grades": None}]),
            "counted[0].assessment",
            "ВПР, ОГЭ, ЕГЭ",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_key_and_the_reason(
    body: Body, spoil: Callable[[Body], None], key: str, why: str
) -> None:
    spoil(body)
    with pytest.raises(ResourceError) as caught:
        parse(body, "region.json")
    assert caught.value.message.startswith("Файл методики region.json, ключ «")
    assert f"{key}»" in caught.value.message
    assert why in caught.value.message


def test_a_file_that_is_not_an_object_is_refused() -> None:
    with pytest.raises(ResourceError, match=r"region\.json, содержимое файла"):
        parse([], "region.json")


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b""])
def test_an_unreadable_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(ResourceError, match=r"broken\.json не читается"):
        load(path)


def test_a_file_saved_in_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "federal.json"
    path.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert load(path) == FEDERAL


def write(folder: Path, name: str, body: Body, **changes: object) -> None:
    """Write a methodology with some keys changed."""
    text = json.dumps(body | changes, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")


def test_two_files_that_claim_one_year_are_refused(tmp_path: Path, body: Body) -> None:
    write(tmp_path, "a.json", body, last_year=2024)
    write(tmp_path, "b.json", body, first_year=2024, version=2)
    with pytest.raises(ResourceError, match=r"b\.json.*«first_year».*a\.json: 2024 год"):
        load_all(tmp_path)


def test_two_files_of_one_version_are_refused(tmp_path: Path, body: Body) -> None:
    write(tmp_path, "a.json", body, last_year=2023)
    write(tmp_path, "b.json", body, first_year=2024)
    with pytest.raises(ResourceError, match=r"«version»: версия 1 .* занята .* a\.json"):
        load_all(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="нет ни одной методики"):
        load_all(tmp_path)


def test_a_year_gets_the_version_that_covers_it(tmp_path: Path, body: Body) -> None:
    write(tmp_path, "old.json", body, last_year=2023)
    write(tmp_path, "new.json", body, first_year=2024, version=2)
    write(tmp_path, "other.json", body, key="region", version=1)
    known = load_all(tmp_path)
    assert [in_force(known, year).version for year in (2015, 2023, 2024, 2030)] == [1, 1, 2, 2]
    with pytest.raises(UserError, match="Для 2014 года методики нет"):
        in_force(known, 2014)


MODEL = json.loads(resource("isb", "opora-1.json").read_text(encoding="utf-8"))


def at(body: Body, *way: str | int) -> Any:
    """Return a part of the data by the way to it, with the model of the ИСБ written out."""
    body["social"]["model"] = json.loads(json.dumps(MODEL))
    found: Any = body
    for step in way:
        found = found[step]
    return found


def put(value: object, *way: str | int) -> Callable[[Body], None]:
    """Return what sets a value by the way to it."""

    def spoil(body: Body) -> None:
        at(body, *way[:-1])[way[-1]] = value

    return spoil


def repeat(*way: str | int) -> Callable[[Body], None]:
    """Return what writes the first item of a list twice."""

    def spoil(body: Body) -> None:
        found = at(body, *way)
        found.append(found[0])

    return spoil


CUTOFF = {"year": 2025, "value": 33.3, "source": "приказ", "confirmed": True}
INDICATOR = ("social", "model", "indicators")


@pytest.mark.parametrize(
    ("spoil", "key", "why"),
    [
        (put(-0.05, *INDICATOR, 0, "weight"), "indicators[0].weight", "меньше нуля"),
        (put("много", *INDICATOR, 0, "weight"), "indicators[0].weight", "ожидалось число"),
        (put([], *INDICATOR), "social.model.indicators", "непустой список"),
        (put([], *INDICATOR, 0, "figures"), "indicators[0].figures", "непустой список"),
        (repeat(*INDICATOR), "social.model.indicators", "повторяются"),
        (put(101, "social", "model", "enough_percent"), "enough_percent", "от 0 до 100"),
        (put("нет такой", "social", "model"), "social.model", "в программе нет"),
        (put("../isb/opora-1", "social", "model"), "social.model", "в программе нет"),
        (put([CUTOFF, CUTOFF], "social", "cutoffs"), "cutoffs[1].year", "задана дважды"),
        (
            put(4, "social", "parameters", "deficits_needed", "value"),
            "deficits_needed",
            "от 0 до 3",
        ),
        (put("Росстат", "social", "parameters", "isb_source", "value"), "isb_source", "одно из"),
        (put([], "social", "parameters", "isb_source", "value"), "isb_source", "одно из"),
        (repeat("clusters"), "clusters[3].number", "описан дважды"),
        (put(["везде"], "clusters", 0, "signs"), "clusters[0].signs[0]", "одно из"),
        (put(1, "social", "weights"), "social.weights", "такого ключа"),
        (put("иногда", "parameters", "bias_policy", "value"), "bias_policy.value", "одно из"),
    ],
)
def test_conditions_and_clusters_are_read_as_strictly(
    spoil: Callable[[Body], None], key: str, why: str
) -> None:
    body: Body = json.loads(resource("methodologies", "dagestan-1.json").read_text("utf-8"))
    spoil(body)
    with pytest.raises(ResourceError) as caught:
        parse(body, "bad.json")
    assert key in str(caught.value)
    assert why in str(caught.value)


def test_weights_that_are_all_zero_are_refused(body: Body) -> None:
    for indicator in at(body, *INDICATOR):
        indicator["weight"] = 0
    with pytest.raises(ResourceError, match="сумма весов равна нулю"):
        parse(body, "bad.json")


def test_every_preset_is_written_back_whole() -> None:
    for rules in load_all(resource("methodologies")):
        assert parse(json.loads(json.dumps(as_body(rules))), "x.json") == rules
    with_cutoff = replace(DAGESTAN.social, cutoffs=(IsbCutoff(2025, Decimal("33.3"), "акт", True),))
    rules = replace(DAGESTAN, social=with_cutoff)
    assert parse(json.loads(json.dumps(as_body(rules))), "x.json") == rules


def test_what_was_stored_before_conditions_were_data_stays_as_it_was_decided(body: Body) -> None:
    del body["social"], body["clusters"], body["parameters"]["bias_policy"]
    rules = parse_stored(body, "база")
    assert (rules.social, rules.clusters) == (None, ())
    assert rules.bias_policy is BiasPolicy.IGNORE
    assert rules.threshold_percent == FEDERAL.threshold_percent


def written(path: Path, text: str) -> Path:
    """Write a file and return it."""
    path.write_text(text, encoding="utf-8")
    return path


def test_a_complaint_names_the_line(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index('"threshold_percent"')) + 2
    wrong = text.replace('"value": 30,', '"value": 130,', 1)
    with pytest.raises(
        ResourceError, match=rf"x\.json, строка {line}, ключ .*threshold_percent"
    ) as c:
        load_file(written(tmp_path / "x.json", wrong))
    assert "допустимо от 0 до 100, а стоит 130" in str(c.value)


def test_an_unknown_subject_is_refused_with_its_line(tmp_path: Path) -> None:
    wrong = SHIPPED.read_text(encoding="utf-8").replace(
        '"Математика (углублённая)"', '"Алхимия"', 1
    )
    assert "Алхимия" in wrong
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if "Алхимия" in text)
    with pytest.raises(ResourceError, match=f"строка {line}.*«Алхимия» программа не знает"):
        load_file(written(tmp_path / "x.json", wrong))


def test_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    wrong = SHIPPED.read_text(encoding="utf-8").replace("{", '{\n  "porog": 30,', 1)
    with pytest.raises(ResourceError, match=r"строка 2, ключ «porog»: такого ключа в методике нет"):
        load_file(written(tmp_path / "x.json", wrong))


def test_a_missing_key_names_the_line_of_what_it_is_missing_in(tmp_path: Path) -> None:
    wrong = SHIPPED.read_text(encoding="utf-8").replace('"confirmed": true', '"x": 1', 1)
    with pytest.raises(ResourceError, match=r"строка \d+, ключ «legal_basis\[0\]"):
        load_file(written(tmp_path / "x.json", wrong))


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    wrong = '{\n "key": "a",\n "key": "b"}'
    with pytest.raises(ResourceError, match="строка 3, ключ «key»: ключ записан дважды"):
        load_file(written(tmp_path / "x.json", wrong))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": NaN}', "{", '{"a": 1,}', "[1 2]"])
def test_what_is_no_json_is_refused_in_russian(tmp_path: Path, text: str) -> None:
    with pytest.raises(ResourceError, match=r"^Файл методики x\.json не читается, [а-я]+"):
        load_file(written(tmp_path / "x.json", text))


def test_lines_are_found_in_any_writing_of_json() -> None:
    text = '{"a" : [ 1.5 ,\n{"b\\u0041": null}, []],\n"c": {}, "d": "x\\"y"}'
    value, lines = read_json(text)
    assert value == {"a": [Decimal("1.5"), {"bA": None}, []], "c": {}, "d": 'x"y'}
    assert lines == {"": 1, "a": 1, "a[0]": 1, "a[1]": 2, "a[1].bA": 2, "a[2]": 2, "c": 3, "d": 3}


def test_a_file_may_hold_a_list_that_overlaps_in_no_year(tmp_path: Path, body: Body) -> None:
    older = {**body, "last_year": 2020}
    newer = {**body, "first_year": 2021, "version": 2}
    good = written(tmp_path / "good.json", json.dumps([older, newer]))
    assert [rules.version for rules in load_file(good)] == [1, 2]
    bad = written(tmp_path / "bad.json", json.dumps([body, newer], indent=1))
    with pytest.raises(
        ResourceError, match=r"bad\.json, строка \d+, ключ «\[1\]\.first_year»: годы пересекаются"
    ):
        load_file(bad)
    with pytest.raises(ResourceError, match="должна быть одна методика"):
        load(good)


def test_files_that_are_no_methodology_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="файла нет"):
        load_file(tmp_path / "нет.json")
    with pytest.raises(ResourceError, match="велик для методики"):
        load_file(written(tmp_path / "big.json", " " * 1_000_001))
    with pytest.raises(ResourceError, match="непустой список"):
        load_file(written(tmp_path / "empty.json", "[]"))
    wrong = tmp_path / "cp1251.json"
    wrong.write_bytes('{"title": "Методика"}'.encode("cp1251"))
    with pytest.raises(ResourceError, match="кодировка не UTF-8"):
        load_file(wrong)


@pytest.mark.parametrize("word", ["NaN", "-Infinity", "9" * 5000])
def test_what_is_no_number_is_refused_with_its_line(tmp_path: Path, body: Body, word: str) -> None:
    named = {**body, "title": "Методика NaN и Infinity"}
    assert load_file(written(tmp_path / "good.json", json.dumps(named)))[0].title == named["title"]
    text = json.dumps(body, indent=1).replace('"value": 30,', f'"value": {word},', 1)
    line = next(n for n, t in enumerate(text.splitlines(), 1) if word in t)
    with pytest.raises(ResourceError, match=f"строка {line}: вместо числа стоит то, чего"):
        load_file(written(tmp_path / "bad.json", text))


@pytest.mark.parametrize("word", ["1e-9999", "1E+99999", "1e-999999999999999999999"])
def test_a_power_of_ten_that_would_fill_the_memory_is_refused(
    tmp_path: Path, body: Body, word: str
) -> None:
    text = json.dumps(body, indent=1).replace('"value": 30,', f'"value": {word},', 1)
    line = next(n for n, t in enumerate(text.splitlines(), 1) if word in t)
    with pytest.raises(ResourceError, match=f"строка {line}: вместо числа стоит то, чего"):
        load_file(written(tmp_path / "bad.json", text))


@pytest.mark.parametrize("word", ["30.0000001", "1e-300", "30." + "1" * 400])
def test_a_number_that_the_database_would_change_is_refused(
    tmp_path: Path, body: Body, word: str
) -> None:
    set_value("risk_near_from_percent", None)(body)
    text = json.dumps(body, indent=1).replace('"value": 30,', f'"value": {word},', 1)
    with pytest.raises(ResourceError, match=r"threshold_percent.*после запятой не больше 6 знаков"):
        load_file(written(tmp_path / "bad.json", text))


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Методика\ud800", "нельзя напечатать"),
        ("Мето\u0000дика", "нельзя напечатать"),
        ("Методика \u202eакидотем", "нельзя напечатать"),
        ("Мето\u200bдика", "нельзя напечатать"),
        ("Мето\u2028дика", "нельзя напечатать"),
        ("М" * 2001, "длиннее 2000 знаков"),
    ],
)
def test_a_text_that_could_not_be_stored_or_shown_is_refused(
    tmp_path: Path, body: Body, title: str, why: str
) -> None:
    text = json.dumps({**body, "title": title}, indent=1)
    with pytest.raises(ResourceError, match=f"строка 4, ключ «title»: .*{why}"):
        load_file(written(tmp_path / "bad.json", text))
    fine = json.dumps({**body, "title": "М" * 2000}, indent=1)
    assert load_file(written(tmp_path / "good.json", fine))


def test_the_line_of_each_of_many_values_is_found_in_one_walk() -> None:
    """Counting lines from the start each time took minutes for a file within the limit."""
    text = "[\n" + ",\n".join("1" for _ in range(200_000)) + "]"
    _, lines = read_json(text)
    assert (lines["[0]"], lines["[199999]"]) == (2, 200_001)


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("figures", [["low_income"], ["nosuch"]], r"indicators\[1\]\.figures\[1\]\[0\]"),
        ("of", "nosuch", r"indicators\[1\]\.of"),
    ],
)
def test_a_model_that_asks_for_what_no_passport_has_is_refused(
    tmp_path: Path, body: Body, key: str, value: object, where: str
) -> None:
    """It would never be known of any school, and nobody would learn why."""
    model = json.loads(resource("isb", "opora-1.json").read_text(encoding="utf-8"))
    body["social"]["model"] = model
    assert load_file(written(tmp_path / "good.json", json.dumps(body, indent=1)))
    model["indicators"][1][key] = value
    with pytest.raises(
        ResourceError, match=rf"строка \d+, ключ «social\.model\.{where}».*«nosuch».*паспорте нет"
    ):
        load_file(written(tmp_path / "bad.json", json.dumps(body, indent=1)))


@pytest.mark.parametrize(
    ("counted", "where", "why"),
    [
        (("ЕГЭ", "Математика", None), r"subjects\[0\]", "ЕГЭ по предмету «Математика» не бывает; "
         "есть «Математика \\(профильная\\)», «Математика \\(базовая\\)»"),
        (("ОГЭ", "Математика (базовая)", None), r"subjects\[0\]", "есть «Математика»"),
        (("ОГЭ", "Математика", [11]), "grades", "ОГЭ сдают в 9 классе, а не в 11"),
        (("ОГЭ", "Литературное чтение", None), r"subjects\[0\]", "не бывает"),
        (("ЕГЭ", "Русский язык", [9, 10]), "grades", "ЕГЭ сдают в 11 классе, а не в 9, 10"),
        (("ЕГЭ", "Русский язык", [12]), "grades", "а не в 12"),
        (("ВПР", "Русский язык", [1]), "grades", "ВПР проводят в 4–11 классах, а не в 1"),
        (("ВПР", "Математика", [4, 12]), "grades", "ВПР проводят в 4–11 классах, а не в 12"),
        (("ВПР", "Химия", [4, 5]), "grades",
         "ВПР по предмету «Химия» проводят в 8–11 классах, а не в 4, 5"),
    ],
)  # fmt: skip
def test_a_procedure_that_is_never_held_is_refused(
    tmp_path: Path, body: Body, counted: tuple[str, str, list[int] | None], where: str, why: str
) -> None:
    """It would count nothing, and nobody would learn why."""
    kind, subject, grades = counted
    body["counted"][1] = {"assessment": kind, "subjects": [subject], "grades": grades}
    with pytest.raises(ResourceError, match=rf"строка \d+, ключ «counted\[1\]\.{where}».*{why}"):
        load_file(written(tmp_path / "bad.json", json.dumps(body, indent=1)))
    for subjects, fine in ((["Математика"], [4, 11]), (["Русский язык", "Химия"], [4, 8])):
        body["counted"][1] = {"assessment": "ВПР", "subjects": subjects, "grades": fine}
        assert load_file(written(tmp_path / "good.json", json.dumps(body, indent=1)))


@pytest.mark.parametrize("value", [-1, 130])
def test_a_border_that_no_passport_can_have_is_refused(
    tmp_path: Path, body: Body, value: int
) -> None:
    cutoff = {"year": 2025, "value": value, "source": "Приказ", "confirmed": True}
    body["social"]["cutoffs"] = [cutoff]
    with pytest.raises(ResourceError, match=rf"cutoffs\[0\]\.value».*от 0 до 100, а стоит {value}"):
        load_file(written(tmp_path / "bad.json", json.dumps(body, indent=1)))
    body["social"]["parameters"]["isb_source"]["value"] = "готовый ИСБ региона"
    assert load_file(written(tmp_path / "good.json", json.dumps(body, indent=1)))
    body["social"] = None
    assert load_file(written(tmp_path / "good.json", json.dumps(body, indent=1)))


def test_the_line_of_a_border_is_that_of_its_year(tmp_path: Path, body: Body) -> None:
    later = {"year": 2026, "value": 150, "source": "Приказ", "confirmed": True}
    body["social"]["cutoffs"] = [later, {**later, "year": 2025, "value": 40}]
    with pytest.raises(ResourceError, match=r"cutoffs\[0\]\.value».*а стоит 150"):
        load_file(written(tmp_path / "bad.json", json.dumps(body, indent=1)))


def test_nothing_of_the_program_has_a_fault() -> None:
    assert [list(faults(rules)) for rules in load_all(resource("methodologies"))] == [[], [], []]


def test_a_risk_zone_from_zero_is_refused(tmp_path: Path, body: Body) -> None:
    set_value("risk_near_from_percent", 0)(body)
    with pytest.raises(ResourceError, match=r"строка \d+, .*чтобы выключить, напишите null"):
        load_file(written(tmp_path / "x.json", json.dumps(body, indent=1)))


def test_one_version_twice_in_a_file_is_refused_with_both_lines(tmp_path: Path, body: Body) -> None:
    both = json.dumps([{**body, "last_year": 2019}, {**body, "first_year": 2020}], indent=1)
    with pytest.raises(ResourceError, match=r"строка \d+, ключ «\[1\]\.version».*со строки 2"):
        load_file(written(tmp_path / "bad.json", both))


def test_signs_of_a_cluster_are_kept_in_one_order(tmp_path: Path, body: Body) -> None:
    """The editor gives them in its own order: it must not make another methodology of it."""
    cluster = {"number": 1, "title": "а", "source": "б", "confirmed": False}
    body["clusters"] = [{**cluster, "signs": ["ШНСУ", "ШНОР", "ШНСУ"]}]
    (rules,) = load_file(written(tmp_path / "x.json", json.dumps(body)))
    assert [sign.value for sign in rules.clusters[0].signs] == ["ШНОР", "ШНСУ"]


def test_a_value_is_quoted_as_the_file_writes_it(tmp_path: Path, body: Body) -> None:
    for value, said in ((True, "а стоит true"), ("30", "а стоит «30»"), (None, "а стоит null")):
        text = json.dumps(body, indent=1, ensure_ascii=False)
        text = text.replace('"value": 30,', f'"value": {json.dumps(value)},', 1)
        with pytest.raises(ResourceError, match=said):
            load_file(written(tmp_path / "bad.json", text))
