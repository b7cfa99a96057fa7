"""Methodologies as data files: reading them strictly, and writing a rule set back as data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.errors import ResourceError, UserError
from app.models.enums import AssessmentKind
from app.services.methodology.faults import Fault, faults, refuse_new_faults
from app.services.methodology.loading_social import (
    MANY,
    YEARS,
    cluster_body,
    clusters,
    note,
    social,
    social_body,
    text_of,
)
from app.services.methodology.reading import Node, WrongValueError, plain
from app.services.methodology.types import (
    BiasPolicy,
    CountedProcedures,
    Join,
    LegalBasis,
    RiskZoneRule,
    RuleSet,
    YearsBack,
)

_HEAD = (
    "key",
    "version",
    "title",
    "first_year",
    "last_year",
    "legal_basis",
    "counted",
    "social",
    "clusters",
)
_PARAMETERS = (
    "threshold_percent",
    "rule_a_procedures",
    "rule_b_years",
    "rule_b_same",
    "rule_b_years_back",
    "join",
    "min_participants",
    "small_sample",
    "borderline_points",
    "risk_one_low_procedure",
    "risk_near_from_percent",
    "risk_growth_points",
    "bias_policy",
)

_CUTOFF = re.compile(r"social\.cutoffs\[(\d+)\]")
_LARGEST_FILE = 1_000_000
"""Bytes; a methodology with all its sources takes some ten thousand."""


@cache
def load_all(folder: Path) -> tuple[RuleSet, ...]:
    """Return every methodology of a folder, by key and first year.

    ResourceError names the file, the key and the reason when any of them is not right.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise ResourceError(f"В папке {folder} нет ни одной методики.", "Переустановите программу.")
    nodes = [_only(_nodes(path), path.name) for path in files]
    found = _parsed(nodes)
    return tuple(sorted(found, key=lambda rules: (rules.key, rules.first_year)))


def load(path: Path) -> RuleSet:
    """Return the methodology of one file; ResourceError when it is not right."""
    return parse_node(_only(_nodes(path), path.name))


def load_file(path: Path) -> tuple[RuleSet, ...]:
    """Return the methodologies of a file that a person brings: one, or a list of them.

    ResourceError names the file, the line, the key and the reason; two of one key must not
    claim the same year, and a subject that no result carries would never count.
    """
    nodes = _nodes(path)
    found = _parsed(nodes)
    for node, rules in zip(nodes, found, strict=True):
        for fault in faults(rules):
            _way(node, fault, rules).fail(fault.why)
    return found


def check_storable(rules: RuleSet, known: Iterable[RuleSet]) -> None:
    """Refuse rules that the database could not give back; UserError names the parameter.

    ``known`` are the stored versions: what they say already may be said again.
    """
    refuse_new_faults(rules, known)
    try:
        parse(json.loads(json.dumps(as_body(rules))), "")
    except WrongValueError as error:
        raise UserError(
            f"Методика «{rules.title}» не сохранена. {Fault(error.key, error.why).text}",
            "Исправьте и повторите.",
        ) from error


def _parsed(nodes: Sequence[Node]) -> tuple[RuleSet, ...]:
    """Return the methodologies of all nodes; they must not contradict each other."""
    found = [(node, parse_node(node)) for node in nodes]
    _check_years(found)
    return tuple(rules for _, rules in found)


def _way(node: Node, fault: Fault, rules: RuleSet) -> Node:
    """Return the place of a fault in its file, where cut-offs stand in any order."""
    key = fault.key
    found = _CUTOFF.match(key)
    if found and rules.social is not None:
        year = rules.social.cutoffs[int(found[1])].year
        years = [item["year"] for item in node.value["social"]["cutoffs"]]
        key = key.replace(found[0], f"social.cutoffs[{years.index(year)}]")
    return node.way(key)


def _nodes(path: Path) -> tuple[Node, ...]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ResourceError(
                f"Файл {path.name} слишком велик для методики.", "Проверьте, тот ли это файл."
            )
        # utf-8-sig: a person may have saved the file in Notepad.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ResourceError(
            f"Файл методики {path.name} не читается: файла нет или он закрыт для чтения.",
            "Проверьте имя файла и права на него.",
        ) from error
    except UnicodeDecodeError as error:
        raise ResourceError(
            f"Файл методики {path.name} не читается: кодировка не UTF-8.",
            "Сохраните файл в кодировке UTF-8 и повторите.",
        ) from error
    node = text_of(path.name, text)
    return node.items() if isinstance(node.value, list) else (node,)


def _only(nodes: tuple[Node, ...], name: str) -> Node:
    if len(nodes) > 1:
        Node(name, "", None).fail("в файле программы должна быть одна методика")
    return nodes[0]


def parse(body: Any, file: str) -> RuleSet:
    """Return the rule set that ``body`` describes; ``file`` names it in complaints."""
    return parse_node(Node(file, "", body))


def parse_stored(body: dict[str, Any], file: str) -> RuleSet:
    """Return a rule set of the database, also one stored before ШНСУ and clusters were data.

    What those did not have they did not decide by: no social part, no clusters, and marks of
    bias left alone.  What newer files are refused for does not close an office's own methodology.
    """
    earlier = {
        "value": BiasPolicy.IGNORE.value,
        "source": "до появления настройки",
        "confirmed": True,
    }
    parameters = {"bias_policy": earlier, **body["parameters"]}
    whole = {"social": None, "clusters": [], **body, "parameters": parameters}
    return parse_node(Node(file, "", whole))


def parse_node(node: Node) -> RuleSet:
    """Return the rule set that a node describes; ResourceError when it is not right."""
    top = node.fields(*_HEAD, "parameters")
    given = {
        name: node.fields("value", "source", "confirmed")
        for name, node in top["parameters"].fields(*_PARAMETERS).items()
    }
    value = {name: fields["value"] for name, fields in given.items()}
    rules = RuleSet(
        key=top["key"].text(),
        version=top["version"].whole(1, MANY),
        title=top["title"].text(),
        first_year=top["first_year"].whole(*YEARS),
        last_year=top["last_year"].optional(lambda node: node.whole(*YEARS)),
        legal_basis=tuple(_basis(node) for node in top["legal_basis"].items()),
        counted=tuple(_counted(node) for node in top["counted"].items()),
        threshold_percent=_threshold(value["threshold_percent"]),
        rule_a_procedures=value["rule_a_procedures"].optional(lambda n: n.whole(1, MANY)),
        rule_b_years=value["rule_b_years"].optional(lambda n: n.whole(2, 10)),
        rule_b_same=value["rule_b_same"].flag(),
        rule_b_years_back=value["rule_b_years_back"].one_of(YearsBack),
        join=value["join"].one_of(Join),
        min_participants=value["min_participants"].whole(0, MANY),
        small_sample=value["small_sample"].whole(0, MANY),
        borderline_points=value["borderline_points"].decimal(0, 100),
        risk_zone=_risk_zone(value),
        bias_policy=value["bias_policy"].one_of(BiasPolicy),
        social=top["social"].optional(social),
        clusters=clusters(top["clusters"]),
        notes=tuple(note(name, fields) for name, fields in given.items()),
    )
    _check(rules, top, value)
    return rules


def as_body(rules: RuleSet) -> dict[str, Any]:
    """Return the rule set as data that ``parse`` reads back equal; numbers fit any JSON."""
    values = {
        "threshold_percent": rules.threshold_percent,
        "rule_a_procedures": rules.rule_a_procedures,
        "rule_b_years": rules.rule_b_years,
        "rule_b_same": rules.rule_b_same,
        "rule_b_years_back": rules.rule_b_years_back.value,
        "join": rules.join.value,
        "min_participants": rules.min_participants,
        "small_sample": rules.small_sample,
        "borderline_points": rules.borderline_points,
        "risk_one_low_procedure": rules.risk_zone.one_low_procedure,
        "risk_near_from_percent": rules.risk_zone.near_from_percent,
        "risk_growth_points": rules.risk_zone.growth_points,
        "bias_policy": rules.bias_policy.value,
    }
    return {
        "key": rules.key,
        "version": rules.version,
        "title": rules.title,
        "first_year": rules.first_year,
        "last_year": rules.last_year,
        "legal_basis": [_basis_body(basis) for basis in rules.legal_basis],
        "counted": [_counted_body(counted) for counted in rules.counted],
        "social": None if rules.social is None else social_body(rules.social),
        "clusters": [cluster_body(cluster) for cluster in rules.clusters],
        "parameters": {
            note.name: {
                "value": plain(values[note.name]),
                "source": note.source,
                "confirmed": note.confirmed,
            }
            for note in rules.notes
        },
    }


def _basis(node: Node) -> LegalBasis:
    fields = node.fields("title", "source", "confirmed")
    return LegalBasis(fields["title"].text(), fields["source"].text(), fields["confirmed"].flag())


def _basis_body(basis: LegalBasis) -> dict[str, Any]:
    return {"title": basis.title, "source": basis.source, "confirmed": basis.confirmed}


def _counted(node: Node) -> CountedProcedures:
    fields = node.fields("assessment", "subjects", "grades")
    return CountedProcedures(
        fields["assessment"].one_of(AssessmentKind),
        tuple(subject.text() for subject in fields["subjects"].items()),
        fields["grades"].optional(lambda n: tuple(grade.whole(1, 12) for grade in n.items())),
    )


def _counted_body(counted: CountedProcedures) -> dict[str, Any]:
    grades = None if counted.grades is None else list(counted.grades)
    return {
        "assessment": counted.kind.value,
        "subjects": list(counted.subjects),
        "grades": grades,
    }


def _threshold(node: Node) -> Decimal:
    threshold = node.decimal(0, 100)
    if not threshold:
        node.fail("порог должен быть больше нуля, иначе низким станет любой результат")
    return threshold


def _risk_zone(value: dict[str, Node]) -> RiskZoneRule:
    return RiskZoneRule(
        value["risk_one_low_procedure"].flag(),
        value["risk_near_from_percent"].optional(lambda node: node.decimal(0, 100)),
        value["risk_growth_points"].optional(_threshold),
    )


def _check(rules: RuleSet, top: dict[str, Node], value: dict[str, Node]) -> None:
    """Check what several keys say together."""
    if rules.last_year is not None and rules.last_year < rules.first_year:
        top["last_year"].fail(f"последний год раньше первого ({rules.first_year})")
    if rules.rule_a_procedures is None and rules.rule_b_years is None:
        value["rule_a_procedures"].fail("выключены оба правила, «А» и «Б»; нужно хотя бы одно")
    near = rules.risk_zone.near_from_percent
    if near is not None and near >= rules.threshold_percent:
        value["risk_near_from_percent"].fail(
            f"зона риска должна начинаться ниже порога {rules.threshold_percent} %"
        )


def _check_years(found: Iterable[tuple[Node, RuleSet]]) -> None:
    """Refuse two that both claim a year: nobody could say which of them is in force."""
    in_order = sorted(found, key=lambda item: (item[1].key, item[1].first_year))
    for (other, first), (node, second) in pairwise(in_order):
        ends = first.last_year
        if first.key == second.key and (ends is None or ends >= second.first_year):
            node.at("first_year").fail(
                f"годы пересекаются с {_place(other, node)}: {second.first_year} год есть в обеих"
            )
    _check_versions(in_order)


def _place(other: Node, node: Node) -> str:
    """Return where the other methodology stands: in the same file by its line, or in another."""
    if other.file != node.file:
        return f"методикой файла {other.file}"
    return f"методикой со строки {other.line()}"


def _check_versions(found: Iterable[tuple[Node, RuleSet]]) -> None:
    seen: dict[tuple[str, int], Node] = {}
    for node, rules in found:
        other = seen.setdefault((rules.key, rules.version), node)
        if other is not node:
            node.at("version").fail(
                f"версия {rules.version} методики «{rules.key}» уже занята {_place(other, node)}"
            )
