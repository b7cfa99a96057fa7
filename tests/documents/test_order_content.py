"""What the order says."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from app.errors import ResourceError
from app.services.documents import blocks, snapshot
from app.services.documents.content.rule import risk_rule_in_words, rule_in_words
from app.services.documents.language import NBSP
from app.services.documents.texts import Sentences, sentences
from app.services.methodology.types import CountedProcedures, Join, RiskZoneRule
from tests.documents.samples import OFFICE, RULES, emblem, order, schools

_SAY_RULE = sentences("rule")


def of_type(content: blocks.Content, kind: type) -> list:
    return [block for block in content.blocks if isinstance(block, kind)]


def plain(content: blocks.Content) -> str:
    return "\n".join(piece.text for piece in blocks.texts(content)).replace(NBSP, " ")


def test_requisites_stand_in_the_order_of_the_standard() -> None:
    kinds = [type(block).__name__ for block in order().blocks]
    assert kinds == [
        "Letterhead", "DocumentName", "Registration", "Paragraph", "Heading", "Paragraph",
        "Paragraph", "NumberedPoints", "Signature", "Paragraph", "Paragraph", "Annex",
        "ApprovalStamp", "Heading", "Table", "Paragraph", "Paragraph", "Paragraph", "Paragraph",
    ]  # fmt: skip


def test_order_says_everything() -> None:
    text = plain(order())
    for expected in (
        "П Р И К А З",
        "26 сентября 2025 г.",
        "№ 66-ОД",
        "с. Тридевятое",
        "за 2024 и 2025 годы",
        "п р и к а з ы в а ю:",
        "(приложение).",
        "в срок до 1 ноября 2025 г.:",
        "главного специалиста Присказкину В.Б.",
        "оставляю за собой",
        "А.П. Сказкина",
        "Исполнитель: О.П. Небылицын",
        "тел. 8 (99999) 0-00-01",
        "к приказу от 26 сентября 2025 г. № 66-ОД",
        "УТВЕРЖДЕН\nприказом Управления образования администрации Тридевятого",
        "Основание правила. Порядок выявления школ (приказ округа от 01.09.2024 № 12-п).",
    ):
        assert expected in text
    assert "—" not in text
    assert ".." not in text
    assert not order().title.endswith(".")


def test_missing_requisites_are_blanks_not_inventions() -> None:
    content = order(number="", date=None, deadline=None, coordinator="")
    text = plain(content)
    assert "от ____________ № ______" in text
    assert "в срок до ____________:" in text
    assert "включённых в перечень, ______________________________." in text
    assert of_type(content, blocks.Registration) == [
        blocks.Registration("____________", f"№{NBSP}______")
    ]


def test_executor_and_parent_are_left_out_when_unknown() -> None:
    office = replace(OFFICE, parent="", executor_name="", executor_phone="8 000")
    content = order(office=office)
    assert of_type(content, blocks.Letterhead)[0].names == (office.name,)
    assert "Исполнитель" not in plain(content)
    without_phone = order(office=replace(OFFICE, executor_phone=""))
    assert "тел." not in plain(without_phone)


def test_control_may_be_given_to_another() -> None:
    text = plain(order(controller="заместителя начальника Небылицына О.П."))
    assert "возложить на заместителя начальника Небылицына О.П." in text
    assert "оставляю" not in text


def test_table_holds_every_school_in_order() -> None:
    table = of_type(order(schools=schools(40)), blocks.Table)[0]
    assert [column.title for column in table.columns] == [
        "№", "Общеобразовательная организация", "Категория", "Основание",
    ]  # fmt: skip
    assert [row[0] for row in table.rows] == [str(n) for n in range(1, 41)]
    assert table.rows[3][1] == f"МБОУ «Тридевятая СОШ №{NBSP}4»"


def test_risk_zone_is_a_second_numbered_annex_with_its_own_rule() -> None:
    content = order(risk_zone=schools(2, "зона риска"))
    text = plain(content)
    assert [annex.mark[0] for annex in of_type(content, blocks.Annex)] == [
        f"Приложение №{NBSP}1", f"Приложение №{NBSP}2",
    ]  # fmt: skip
    assert "(приложение № 1)." in text
    assert "(приложение № 2)." in text
    assert "от 20 до 30 %" in text
    assert "на 10 процентных пунктов" in text
    assert of_type(content, blocks.Table)[1].rows[0][2] == "зона риска"


def test_abbreviations_are_those_that_are_used() -> None:
    assert "ШНСУ –" not in plain(order())
    assert "ШНСУ –" in plain(order(schools=schools(2, "ШНОР+ШНСУ")))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "хотя бы одно условие: в одном году низкие результаты получены не менее чем по 2 "),
        ({"join": Join.AND}, "оба условия"),
        ({"rule_a_procedures": None}, "если по одной и той же процедуре результат низкий 2 года"),
        ({"rule_a_procedures": 1, "rule_b_years": None}, "низкий результат получен хотя бы по од"),
        ({"rule_b_same": False}, "в каждом из 2 лет подряд"),
        ({"rule_b_years": 5}, "низкий 5 лет подряд"),
        ({"min_participants": 7}, "участвовало менее 7 обучающихся"),
        ({"threshold_percent": Decimal("33.30")}, "не менее 33,3 %"),
    ],
)
def test_rule_in_words(changes: dict, expected: str) -> None:
    text = rule_in_words(replace(RULES, **changes), _SAY_RULE).replace(NBSP, " ")
    assert expected in text
    assert "ОГЭ (9 класс) – русский язык, математика" in text


def test_subjects_with_several_grades() -> None:
    counted = (CountedProcedures(RULES.counted[0].kind, ("Физика",), (7, 8)),)
    text = rule_in_words(replace(RULES, counted=counted), _SAY_RULE).replace(NBSP, " ")
    assert "ВПР (7, 8 классы) – физика" in text


def test_risk_rule_says_only_what_is_on() -> None:
    rules = replace(RULES, risk_zone=RiskZoneRule(True, None, None))
    text = risk_rule_in_words(rules, _SAY_RULE)
    assert "по одной процедуре года." in text
    assert "процентных пунктов" not in text
    only_growth = replace(RULES, risk_zone=RiskZoneRule(False, None, Decimal(5)))
    assert "на 5 процентных пунктов" in risk_rule_in_words(only_growth, _SAY_RULE)


def test_snapshot_round_trip() -> None:
    office = replace(OFFICE, emblem=emblem())
    content = order(office=office, risk_zone=schools(1), schools=schools(2))
    stored = json.loads(json.dumps(snapshot.to_json(content)))
    assert snapshot.from_json(stored) == content


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"format": 2, "content": {}},
        {"format": 1, "content": {"is": "Run", "text": "а"}},
        {"format": 1, "content": {"is": "Popen", "args": []}},
    ],
)
def test_strange_snapshot_is_refused(data: dict) -> None:
    with pytest.raises(ValueError, match="snapshot"):
        snapshot.from_json(data)


def test_sentences_name_what_is_wrong() -> None:
    say = Sentences("order.json", {"a": "год {year}", "b": "{year.__class__}"})
    assert say("a", year="{x}") == "год {x}"
    with pytest.raises(ResourceError, match="нет предложения «c»"):
        say("c")
    with pytest.raises(ResourceError, match=r"неизвестная метка \{year\}"):
        say("a", yaer="2025")
    with pytest.raises(ResourceError, match=r"неизвестная метка \{year.__class__\}"):
        say("b", year="2025")


def test_table_refuses_ragged_rows() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        blocks.Table((blocks.Column("а", 1),), (("1", "2"),))


def test_places_are_told_in_russian() -> None:
    places = {piece.place for piece in blocks.texts(order())}
    assert "Приложение, таблица 1, строка 2, графа «Основание»" in places
    assert "текст документа, пункт 2.1." in places
