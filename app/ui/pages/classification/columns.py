"""Columns of the list, of the results and of the parts of the ИСБ in an explanation."""

from __future__ import annotations

from app.models.enums import Category
from app.services.methodology import ProtocolRow
from app.services.sorting import natural_key
from app.ui.category_chips import category_chip, category_rank, category_word
from app.ui.itemmodels.columns import Align, Column
from app.ui.numbers import distance, share, tenths, whole
from app.ui.office_words import said
from app.ui.pages.classification.lines import (
    ClassLine,
    PartLine,
    ProcedureLine,
    chip_computed,
    chip_in_force,
    chip_region,
    chip_standing,
)


def _word(chip: object) -> str | None:
    word = getattr(chip, "word", None)
    return word if isinstance(word, str) else None


def _region_rank(line: ClassLine) -> int | None:
    region = line.found.region
    return None if region is None else category_rank(region.category)


LINES: tuple[Column[ClassLine], ...] = (
    Column(
        "school",
        "Школа",
        lambda line: line.found.school,
        width=204,
        sort_key=lambda line: natural_key(line.found.school),
    ),
    Column(
        "in_force",
        "Категория\nв силе",
        lambda line: _word(chip_in_force(line)),
        width=118,
        sort_key=lambda line: category_rank(line.in_force),
        chip=chip_in_force,
        hint=lambda line: line.found.reason_in(said),
    ),
    Column(
        "standing",
        "Решение",
        lambda line: _word(chip_standing(line)),
        width=130,
        chip=chip_standing,
        hint=lambda line: line.found.reason_in(said),
    ),
    Column(
        "computed",
        "По расчёту",
        lambda line: _word(chip_computed(line)),
        width=118,
        sort_key=lambda line: category_rank(line.computed),
        chip=chip_computed,
        hint=lambda line: said(line.found.verdict.reason),
    ),
    Column(
        "region",
        "Список\nрегиона",
        lambda line: _word(chip_region(line)),
        width=106,
        sort_key=_region_rank,
        chip=chip_region,
        hint=lambda line: line.found.region.source if line.found.region else "",
    ),
    Column(
        "attention",
        "Обратить\nвнимание",
        lambda line: _attention(line),
        width=182,
        hint=lambda line: said("\n".join(line.found.warnings)),
    ),
    Column(
        "pupils",
        "До границы,\nучастников",
        lambda line: line.pupils,
        whole,
        Align.RIGHT,
        width=104,
        hint=lambda line: said(line.found.verdict.distance.text),
        hidden=True,
    ),
    Column(
        "before",
        "Год назад",
        lambda line: category_word(line.before) if line.before else None,
        width=110,
        hint=lambda line: said(line.since),
        hidden=True,
    ),
    Column("low", "Низких\nпроцедур", lambda line: _low(line), whole, Align.RIGHT, 74, hidden=True),
    Column("cluster", "Кластер", lambda line: _cluster(line), whole, Align.RIGHT, 70, hidden=True),
    Column("isb", "ИСБ", lambda line: _isb(line), tenths, Align.RIGHT, 60, hidden=True),
    Column("reason", "Основание", lambda line: line.found.reason_in(said), width=300, hidden=True),
)

PROCEDURES: tuple[Column[ProcedureLine], ...] = (
    Column("title", "Процедура", lambda line: line.title, width=150),
    Column("figures", "Ниже\nминимума", lambda line: line.figures, align=Align.RIGHT, width=92),
    Column(
        "percent",
        "%",
        lambda line: line.percent,
        share,
        Align.RIGHT,
        width=62,
        mark=lambda line: line.mark,
        hint=lambda _line: "Нажмите, чтобы увидеть, из какой ячейки это число.",
        link=True,
    ),
    Column(
        "points",
        "Порог,\n± п. п.",
        lambda line: line.points,
        distance,
        Align.RIGHT,
        width=62,
        hint=lambda _line: "На сколько процентных пунктов доля выше порога; с минусом – ниже.",
    ),
    Column(
        "pupils",
        "Чел.",
        lambda line: line.pupils,
        whole,
        Align.RIGHT,
        width=46,
        hint=lambda _line: "Сколько результатов должны стать другими, чтобы перейти порог.",
    ),
)

PARTS: tuple[Column[PartLine], ...] = (
    Column("title", "Показатель", lambda line: line.title, width=210),
    Column("value", "%", lambda line: line.value, tenths, Align.RIGHT, width=56),
    Column("weight", "Вес", lambda line: f"{line.weight:g}".replace(".", ","), width=50),
    Column("points", "Вклад", lambda line: line.points, tenths, Align.RIGHT, width=60),
)

DECISIONS: tuple[Column[ProtocolRow], ...] = (
    Column(
        "when",
        "Когда",
        lambda row: row.decided_at.astimezone().strftime("%d.%m.%Y %H:%M"),
        width=138,
        sort_key=lambda row: row.decided_at,
    ),
    Column("who", "Кто", lambda row: row.decided_by or "не записано", width=80),
    Column("school", "Школа", lambda row: row.school, width=186),
    Column(
        "category",
        "Решено",
        lambda row: category_word(row.category),
        width=112,
        chip=lambda row: category_chip(row.category),
    ),
    Column(
        "computed",
        "По расчёту",
        lambda row: category_chip(_computed(row)).word,
        width=112,
        chip=lambda row: category_chip(_computed(row)),
        hint=lambda row: said(row.computed_reason),
    ),
    Column("basis", "На основании", lambda row: row.basis_title, width=156),
    Column("why", "Почему", lambda row: row.reason or said(row.computed_reason), width=200),
    Column("current", "В силе", lambda row: "да" if row.current else "нет", width=64),
    Column("methodology", "Методика", lambda row: row.methodology, width=220, hidden=True),
)


def _computed(row: ProtocolRow) -> Category | None:
    """Return what was computed at that moment; None where there were no data."""
    return row.computed if row.computed_word == row.computed.value else None


def _low(line: ClassLine) -> int | None:
    verdict = line.found.verdict
    return None if verdict.no_data else len({outcome.procedure for outcome in verdict.low})


def _attention(line: ClassLine) -> str:
    return ", ".join(kind.value for kind in line.attention)


def _cluster(line: ClassLine) -> int | None:
    cluster = line.found.verdict.cluster
    return cluster.number if cluster else None


def _isb(line: ClassLine) -> float | None:
    social = line.found.verdict.social
    value = social.evidence.isb if social else None
    return None if value is None else float(value)
