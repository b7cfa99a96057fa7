"""Control rules as data, read strictly; those that look at other years, subjects, registers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.errors import ResourceError
from app.models.enums import AssessmentKind, Severity
from app.services.importing import checking, record_checks
from app.services.importing.control_rules import parse_rules
from app.services.importing.facts import Procedure
from app.services.importing.plan import Finding
from app.services.workspace import Workspace
from tests.importing.loads import (
    VPR,
    load,
    plan_of,
    prepare_facts,
    ref,
    register,
    result,
    results,
    school,
)

RULE: dict[str, Any] = {
    "key": "marks_sum",
    "title": "Доли в сумме дают 100 %",
    "left": "сумма долей",
    "operator": "=",
    "right": "100 %",
    "severity": "error",
    "tolerance": 0.5,
    "hint": "Сверьте доли.",
    "source": "арифметика",
    "confirmed": True,
}
ONE = ref("МКОУ СОШ №1", fisoko="edu000001", rcoi="01307")
BEFORE = Procedure(VPR.kind, VPR.year - 1, VPR.subject, VPR.grade)
RUSSIAN = Procedure(VPR.kind, VPR.year, "Русский язык", VPR.grade)
HISTORY = Procedure(VPR.kind, VPR.year, "История", VPR.grade)


def text_of(*rules: dict[str, Any]) -> str:
    return json.dumps({"title": "Правила", "rules": rules}, ensure_ascii=False, indent=1)


def test_a_sound_file_is_read() -> None:
    (rule,) = parse_rules("r.json", text_of(RULE), {"marks_sum"}).values()
    assert (rule.left, rule.operator, rule.right) == ("сумма долей", "=", "100 %")
    assert (rule.severity, rule.soft) == (Severity.ERROR, False)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"severty": "error"}, "неизвестный ключ «severty»"),
        ({"severity": "fatal"}, "важность «fatal» неизвестна"),
        ({"left": ""}, "«left» должен быть текст"),
        ({"hint": 5}, "«hint» должен быть текст"),
        ({"confirmed": "да"}, "«confirmed» должно быть true или false"),
        ({"soft": True}, "ошибку нельзя подтвердить"),
        ({"tolerance": "много"}, "«tolerance» нет числа"),
        ({"tolerance": True}, "«tolerance» нет числа"),
        ({"tolerance": {"points": []}}, "«tolerance» нет числа"),
        ({"key": "marks_total"}, "правила «marks_total» программа не знает"),
        ({"key": "other"}, "записано дважды"),
    ],
)
def test_a_slip_is_refused_with_its_line(change: dict[str, Any], reason: str) -> None:
    text = text_of({**RULE, "key": "other"}, {**RULE, **change})
    with pytest.raises(ResourceError, match=reason) as refused:
        parse_rules("r.json", text, {"other", "marks_sum"})
    line = text[: text.rindex(f'"{next(iter(change))}":')].count("\n") + 1
    assert f"строка {line}:" in refused.value.message


@pytest.mark.parametrize("key", sorted(RULE))
def test_a_key_that_is_lacking_is_refused(key: str) -> None:
    rule = {name: value for name, value in RULE.items() if name != key}
    with pytest.raises(ResourceError, match=f"нет ключа «{key}»"):
        parse_rules("r.json", text_of(rule), {"marks_sum"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"rules": [\n{"key": 1,}]}', "строка 2: это не JSON"),
        ("[]", "нет списка «rules»"),
        ('{"rules": {}}', "нет списка «rules»"),
        ('{"rules": [\n\n 5]}', "строка 3: правило – не набор ключей"),
        ('{"rules": []}', "нет правила «marks_sum»"),
    ],
)
def test_a_broken_file_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ResourceError, match=reason):
        parse_rules("r.json", text, {"marks_sum"})


def test_the_rules_of_the_program_are_sound() -> None:
    everything = {**checking.rules(), **record_checks.rules()}
    assert all(rule.hint and rule.source and rule.left for rule in everything.values())
    assert all(rule.severity is Severity.WARNING for rule in everything.values() if rule.soft)


# Beyond one sheet.


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """A workspace that knows a school of 50 pupils."""
    load(workspace, register("Реестр.xlsx", school(4, ONE, pupils=50)))
    return workspace


def found(workspace: Workspace, rule: str, *files: Any) -> list[Finding]:
    plan = prepare_facts(workspace, list(files))
    return [one for file in plan.files for one in file.findings if one.rule == rule]


def test_a_jump_of_a_small_group_within_a_year(known: Workspace) -> None:
    load(known, results("2024.xlsx", result(9, ONE, n2=0, participants=10, procedure=BEFORE)))
    (finding,) = found(known, "year_jump", results("А.xlsx", result(12, ONE, n2=5)))
    assert finding.soft
    assert finding.cell == "D12"
    assert "доля «2» 50 % (10 уч.), а год назад 0 % (10 уч.)" in finding.message
    assert found(known, "year_jump", results("Б.xlsx", result(12, ONE, n2=4))) == []


def test_both_years_of_one_load_are_compared(known: Workspace) -> None:
    files = (
        results("2024.xlsx", result(9, ONE, n2=9, procedure=BEFORE)),
        results("2025.xlsx", result(9, ONE, n2=0)),
    )
    plan = prepare_facts(known, files)
    assert [one.rule for one in plan_of(plan, "2025.xlsx").findings] == ["year_jump"]
    assert plan_of(plan, "2024.xlsx").findings == ()


def test_a_large_group_may_jump(known: Workspace) -> None:
    load(known, results("2024.xlsx", result(9, ONE, n2=0, participants=45, procedure=BEFORE)))
    many = results("А.xlsx", result(12, ONE, n2=40, participants=48))
    assert found(known, "year_jump", many) == []


def test_one_class_in_two_subjects(known: Workspace) -> None:
    load(known, results("РУ.xlsx", result(9, ONE, participants=40, procedure=RUSSIAN)))
    (finding,) = found(known, "two_subjects", results("МА.xlsx", result(12, ONE, participants=10)))
    assert "участников 10, а по предмету «Русский язык» в том же классе 40" in finding.message
    same = results("МА.xlsx", result(12, ONE, participants=35))
    assert found(known, "two_subjects", same) == []


def test_subjects_that_only_a_part_writes_are_not_compared(known: Workspace) -> None:
    load(known, results("ИС.xlsx", result(9, ONE, participants=40, procedure=HISTORY)))
    few = results("МА.xlsx", result(12, ONE, participants=10))
    assert found(known, "two_subjects", few) == []
    oge = Procedure(AssessmentKind.OGE, 2025, "Математика", 9)
    assert found(known, "two_subjects", results("О.xlsx", result(9, ONE, procedure=oge))) == []


def test_participants_against_the_register(known: Workspace) -> None:
    (finding,) = found(known, "register_pupils", results("А.xlsx", result(9, ONE, participants=51)))
    assert finding.cell == "C9"
    assert "участников 51, а в школе по реестру 50" in finding.message
    assert found(known, "register_pupils", results("Б.xlsx", result(9, ONE, participants=50))) == []


def test_the_register_of_the_same_load_counts(workspace: Workspace) -> None:
    files = (
        results("А.xlsx", result(9, ref(rcoi="01307"), participants=60)),
        register("Реестр.xlsx", school(4, ONE, pupils=50)),
    )
    assert len(found(workspace, "register_pupils", *files)) == 1
