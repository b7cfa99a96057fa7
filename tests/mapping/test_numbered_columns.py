"""Columns named by scores or tasks: placed by a person's choice of the kind, and read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.enums import RecordKind
from app.services.importing.mapped import (
    Role,
    TableKind,
    faults,
    fields_of,
    interpret,
    place_all,
    propose,
)
from tests.importing.layouts.layout_sheets import errors, sheet
from tests.importing.layouts.record_sheets import cell, records
from tests.mapping.test_mapped_tables import said_of

SCORES = sheet(
    "Как распределились баллы, 2025 год",
    "Школа;Писали;0;1 балл;2;3 б",
    "МКОУ СОШ №1;10;10;20;30;40",
)
TASKS = sheet(
    "Задания, 2025 год",
    "Школа;Задание 1;2.1;9K1 (3б)",
    "МКОУ СОШ №1;80;60,5;12",
)


def test_scores_are_placed_by_the_numbers_of_their_titles() -> None:
    first = propose(SCORES)
    made = place_all(SCORES, first.header, TableKind.RECORD, RecordKind.SCORES)
    fields = {column.title: column.field for column in made.columns if column.role is Role.FIELD}
    assert fields["0"] == "score_0"
    assert fields["1 балл"] == "score_1"
    assert fields["3 б"] == "score_3"
    made = said_of(made, assessment="ВПР", subject="Математика", grade="5")
    open_ = [column.column for column in made.columns if column.role is Role.OPEN]
    for column in open_:
        made = made.with_column(column, role=Role.FIELD, field="participants")
    assert faults(made) == ()
    read = interpret(SCORES, made).extract
    (fact,) = records(read)
    assert fact.data["score_2"] == 30
    assert cell(read, fact, "score_2") == "E3"
    assert not errors(read.problems)


def test_tasks_are_placed_and_read() -> None:
    first = propose(TASKS)
    made = place_all(TASKS, first.header, TableKind.RECORD, RecordKind.TASKS)
    made = said_of(made, assessment="ВПР", subject="Математика", grade="5")
    assert faults(made) == ()
    (fact,) = records(interpret(TASKS, made).extract)
    assert fact.data == {"task_1": 80, "task_2.1": 60.5, "task_9К1": 12}


@pytest.mark.parametrize(
    ("record", "title", "names"),
    [
        (RecordKind.SCORES, "7 баллов", ["score_7"]),
        (RecordKind.SCORES, "семь", []),
        (RecordKind.TASKS, "3.2", ["task_3.2", "max_3.2"]),
        (RecordKind.PASSPORT, "7", []),
    ],
)
def test_the_list_offers_what_a_title_may_name(
    record: RecordKind, title: str, names: list[str]
) -> None:
    plain = fields_of(TableKind.RECORD, record)
    offered = fields_of(TableKind.RECORD, record, [title])
    assert [name for name in offered if name not in plain] == names
    assert all(offered.values())


def test_numbers_are_no_scores_in_a_table_of_results() -> None:
    first = propose(SCORES)
    made = place_all(SCORES, first.header, TableKind.RESULT, None)
    assert not any(column.field.startswith("score_") for column in made.columns)
    assert replace(made).kind is TableKind.RESULT
