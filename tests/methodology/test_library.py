"""Methodologies of the office: chosen for a year, edited into versions, brought and taken away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.errors import ResourceError, UserError
from app.models.decisions import Methodology
from app.models.enums import AssessmentKind
from app.services.changes import ChangeSet, Topic
from app.services.journal import next_undo, undo_last
from app.services.methodology import (
    apply_rules,
    confirm,
    default_rules,
    edited,
    export_rules,
    import_rules,
    known_rules,
    rules_by_name,
    rules_for,
    year_rules,
)
from app.services.methodology.loading import as_body, parse_stored
from app.services.methodology.types import IsbCutoff
from app.services.workspace import Workspace
from tests.methodology.builders import DAGESTAN, FEDERAL, GIA, NO_RISK, YEAR
from tests.stored import add_result, add_school

STRICT = replace(FEDERAL, threshold_percent=Decimal("33.3"))


def test_a_choice_serves_its_year_alone_and_can_be_undone(workspace: Workspace) -> None:
    assert apply_rules(workspace, YEAR, GIA) == ChangeSet.of(Topic.SETTINGS, Topic.DECISIONS)
    assert rules_for(workspace, YEAR) == GIA
    assert rules_for(workspace, YEAR + 1) == FEDERAL
    assert year_rules(workspace, YEAR).chosen
    assert next_undo(workspace) == f"методика за 2025 год: {GIA.title}"
    undo_last(workspace)
    assert rules_for(workspace, YEAR) == FEDERAL
    assert not year_rules(workspace, YEAR).chosen


def test_an_edited_methodology_is_a_new_version_and_old_years_keep_theirs(
    workspace: Workspace,
) -> None:
    apply_rules(workspace, YEAR - 1, FEDERAL)
    apply_rules(workspace, YEAR, STRICT)
    apply_rules(workspace, YEAR + 1, STRICT)
    versions = [rules_for(workspace, year).version for year in (YEAR - 1, YEAR, YEAR + 1)]
    assert versions == [1, 2, 2]
    assert rules_for(workspace, YEAR - 1) == FEDERAL
    own = [item for item in known_rules(workspace) if item.stored]
    assert [item.rules.threshold_percent for item in own] == [Decimal("33.3")]
    assert own[0].name.endswith("версия 2 (из базы)")
    assert [i.rules.key for i in known_rules(workspace) if not i.stored] == [
        "dagestan",
        "federal",
        "gia",
    ]


def test_taking_the_choice_back_returns_to_the_rules_of_the_decisions(
    workspace: Workspace,
) -> None:
    assert default_rules(workspace, YEAR) == ChangeSet()
    school = add_school(workspace, "Первая")
    add_result(workspace, school, (AssessmentKind.OGE, YEAR, "Математика", 9), 10, 3)
    apply_rules(workspace, YEAR, STRICT)
    confirm(workspace, YEAR, [school])
    apply_rules(workspace, YEAR, GIA)
    assert (year_rules(workspace, YEAR).rules, year_rules(workspace, YEAR).decisions) == (GIA, 1)
    default_rules(workspace, YEAR)
    assert rules_for(workspace, YEAR).threshold_percent == Decimal("33.3")


def test_rules_that_do_not_cover_the_year_cannot_serve_it(workspace: Workspace) -> None:
    short = replace(DAGESTAN, last_year=YEAR - 1)
    with pytest.raises(UserError, match="действует с 2021 по 2024 года, 2025 год в неё не входит"):
        apply_rules(workspace, YEAR, short)
    with pytest.raises(UserError, match="действует с 2021 года"):
        apply_rules(workspace, 2020, DAGESTAN)
    assert rules_for(workspace, YEAR) == FEDERAL


def test_a_file_goes_out_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    path = export_rules(replace(STRICT, version=7), tmp_path / "методика.json")
    assert import_rules(workspace, path) == (replace(STRICT, version=7),)
    assert import_rules(workspace, path) == (replace(STRICT, version=7),)
    assert [i.rules.version for i in known_rules(workspace) if i.stored] == [7]
    assert rules_by_name(workspace, "federal").version == 7
    assert rules_by_name(workspace, str(path)).version == 7
    assert rules_for(workspace, YEAR) == FEDERAL


def test_a_version_that_says_something_else_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="версия 1 методики «federal» уже есть"):
        import_rules(workspace, export_rules(STRICT, tmp_path / "a.json"))
    import_rules(workspace, export_rules(replace(STRICT, version=5), tmp_path / "b.json"))
    other = replace(STRICT, version=5, min_participants=3)
    with pytest.raises(UserError, match="версия 5"):
        import_rules(workspace, export_rules(other, tmp_path / "c.json"))


def test_a_wrong_file_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    body = as_body(replace(STRICT, version=9))
    bad = {**body, "version": 10, "parameters": {**body["parameters"], "extra": 1}}
    path = tmp_path / "x.json"
    first = {**body, "last_year": 2020}
    path.write_text(json.dumps([first, {**bad, "first_year": 2021}]), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"ключ «\[1\]\.parameters\.extra»"):
        import_rules(workspace, path)
    assert not [item for item in known_rules(workspace) if item.stored]


def test_rules_that_would_not_come_back_are_not_stored(workspace: Workspace) -> None:
    """One such copy would shut the whole list of methodologies for ever."""
    rules = replace(FEDERAL, threshold_percent=Decimal("1e-9999"), risk_zone=NO_RISK)
    with pytest.raises(UserError, match="Порог низкого результата: после запятой"):
        apply_rules(workspace, 2025, rules)
    assert known_rules(workspace)


def test_an_unknown_name_lists_the_known_ones(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Есть: dagestan, federal, gia"):
        rules_by_name(workspace, "урал")
    two = [as_body(replace(GIA, last_year=2020)), as_body(replace(GIA, first_year=2021, version=2))]
    path = tmp_path / "two.json"
    path.write_text(json.dumps(two), encoding="utf-8")
    with pytest.raises(UserError, match="несколько методик"):
        rules_by_name(workspace, str(path))


def test_an_edited_parameter_loses_its_confirmed_source() -> None:
    new = edited(FEDERAL, threshold_percent=Decimal(25))
    notes = {note.name: note for note in new.notes}
    assert not notes["threshold_percent"].confirmed
    assert notes["threshold_percent"].source.startswith("Изменено специалистом")
    assert notes["rule_a_procedures"].confirmed
    assert edited(FEDERAL) == FEDERAL


def test_what_was_stored_before_numbers_had_a_limit_opens_and_is_decided_under(
    workspace: Workspace,
) -> None:
    """The limit of decimals is for what comes in: an office's own methodology always opens."""
    body = as_body(FEDERAL) | {"key": "own"}
    body["parameters"]["threshold_percent"]["value"] = 33.33333333
    head = {name: body[name] for name in ("key", "version", "title", "first_year", "last_year")}
    with workspace.database.write() as session:
        session.add(Methodology(**head, body=body, stored_at=datetime(2026, 1, 1, tzinfo=UTC)))
    own = rules_by_name(workspace, "own")
    assert own.threshold_percent == Decimal("33.33333333")
    apply_rules(workspace, YEAR, own)
    assert rules_for(workspace, YEAR) == own
    with pytest.raises(UserError) as told:
        apply_rules(workspace, YEAR, replace(own, borderline_points=Decimal("0.33333333")))
    assert str(told.value.message) == (
        f"Методика «{own.title}» не сохранена. Пограничное значение: после запятой не больше "
        "6 знаков."
    )


def test_what_was_stored_with_faults_can_be_edited_and_gets_no_new_ones(
    workspace: Workspace,
) -> None:
    body = as_body(FEDERAL) | {"key": "own"}
    body["parameters"]["threshold_percent"]["value"] = 33.33333333
    body["counted"] = [{"assessment": "ЕГЭ", "subjects": ["Алхимия"], "grades": [8]}]
    _stored(workspace, body)
    own = rules_by_name(workspace, "own")
    apply_rules(workspace, YEAR, edited(own, rule_a_procedures=3))
    assert rules_for(workspace, YEAR).rule_a_procedures == 3
    assert own.social is not None
    cutoff = IsbCutoff(YEAR, Decimal(150), "приказ", confirmed=True)
    wide = replace(own, social=replace(own.social, cutoffs=(cutoff,)))
    with pytest.raises(UserError, match="Граница ИСБ: ИСБ по паспортам бывает от 0 до 100"):
        apply_rules(workspace, YEAR, wide)
    with pytest.raises(UserError, match=r"не сохранена\. Правило А: низких процедур за год: доп"):
        apply_rules(workspace, YEAR, replace(own, rule_a_procedures=0))


def _stored(workspace: Workspace, body: dict[str, Any]) -> None:
    head = {name: body[name] for name in ("key", "version", "title", "first_year", "last_year")}
    with workspace.database.write() as session:
        session.add(Methodology(**head, body=body, stored_at=datetime(2026, 1, 1, tzinfo=UTC)))


def test_what_newer_files_are_refused_for_goes_out_as_it_is_stored(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A subject that is never held, a border beyond any passport, signs that nobody sees."""
    body = as_body(FEDERAL) | {"key": "own", "title": "Своя\u200b методика"}
    body["counted"] = [{"assessment": "ЕГЭ", "subjects": ["Математика"], "grades": [8]}]
    cutoff = {"year": YEAR, "value": 150, "source": "приказ\u202a", "confirmed": True}
    body["social"]["cutoffs"] = [cutoff]
    _stored(workspace, body)
    own = rules_by_name(workspace, "own")
    path = export_rules(own, tmp_path / "своя.json")
    assert json.loads(path.read_text(encoding="utf-8")) == body
    assert parse_stored(json.loads(path.read_text(encoding="utf-8")), "") == own
    with pytest.raises(ResourceError, match=r"Файл методики своя\.json"):
        import_rules(workspace, path)


def test_a_methodology_that_does_not_fit_a_file_names_the_file_that_was_asked_for(
    tmp_path: Path,
) -> None:
    exact = replace(FEDERAL, borderline_points=Decimal("0.1234567890123456789"))
    wrong = replace(FEDERAL, threshold_percent=Decimal("1e-9999"), risk_zone=NO_RISK)
    for rules in (exact, wrong):
        with pytest.raises(UserError, match=r"своя\.json") as told:
            export_rules(rules, tmp_path / "своя.json")
        assert "tmp" not in str(told.value)
    assert list(tmp_path.iterdir()) == []
