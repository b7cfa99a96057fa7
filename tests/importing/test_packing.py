"""Facts that go to the parent as columns come back equal, in their order."""

from __future__ import annotations

import pickle
from datetime import date
from types import MappingProxyType

from app.models.enums import AssessmentKind, CodeSystem, CountsOrigin, ReferenceScope
from app.services.importing import packing
from app.services.importing.facts import (
    Block,
    Marks,
    Procedure,
    ReferenceFact,
    ResultFact,
    SchoolRef,
)

PROCEDURE = Procedure(AssessmentKind.VPR, 2025, "Математика", 5)
MARKS = Marks(20, 2, 8, 6, 4, 2, 10.0, 40.0, 30.0, 20.0, None, CountsOrigin.RECOVERED)


def result(number: int, marks: Marks = MARKS, day: date | None = None) -> ResultFact:
    ref = SchoolRef(((CodeSystem.FISOKO, f"edu{number:06}"),), f"Школа № {number}")
    return ResultFact(ref, PROCEDURE, marks, str(number), day, ((b"digest", 4),))


def sent(value: object) -> object:
    packing.be_used()
    return pickle.loads(pickle.dumps(value, 5))


def test_results_and_other_facts_keep_their_values_and_their_order() -> None:
    reference = ReferenceFact(
        ReferenceScope.REGION, "Край", PROCEDURE, 900, 5.0, 45.0, 30.0, 20.0, None, "7"
    )
    facts = (result(6), reference, result(8, Marks(3)), result(9, day=date(2025, 6, 3)))
    block = Block("Лист1", {"participants": "C"}, facts)
    back = sent(block)
    assert back == block
    assert isinstance(back, Block)
    assert [getattr(fact, "pupils", None) for fact in back.facts] == [
        getattr(fact, "pupils", None) for fact in facts
    ]


def test_a_block_without_results_and_an_empty_one_go_too() -> None:
    reference = ReferenceFact(
        ReferenceScope.REGION, "Край", PROCEDURE, None, None, None, None, None, 4.1, "7"
    )
    for facts in ((), (reference,)):
        assert sent(Block("Лист1", {}, facts)) == Block("Лист1", {}, facts)


def test_a_school_without_name_or_with_two_codes_is_the_same() -> None:
    codes = ((CodeSystem.FISOKO, "edu000001"), (CodeSystem.RCOI, "01234"))
    for ref in (SchoolRef(codes, None), SchoolRef((), "Школа")):
        block = Block("Лист1", {}, (ResultFact(ref, PROCEDURE, MARKS, "3"),))
        assert sent(block) == block


def test_what_is_looked_up_by_hash_is_found_after_the_way() -> None:
    ref = result(6).ref
    assert {ref: 1}[sent(ref)] == 1  # type: ignore[index]
    assert {PROCEDURE: 1}[sent(PROCEDURE)] == 1  # type: ignore[index]
    assert sent(MappingProxyType({"a": 1})) == {"a": 1}
