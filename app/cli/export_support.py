"""The kinds of ``export`` that speak of support and of the management cycle."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from app.cli.export_analysis import Filter
from app.cli.places import newest_year
from app.errors import UserError
from app.services.clock import local_today
from app.services.exporting import write_support
from app.services.workspace import Workspace

_NOTHING = {
    "risks": "факторы риска за этот год не отмечены.",
    "curators": "за этот год никто не назначен.",
    "networks": "сетевых групп нет.",
    "recommendations": "рекомендаций за этот год нет.",
    "evidence": "",
}


def _writer(kind: str) -> Callable[[Workspace, argparse.Namespace, Filter], list[str]]:
    def write(workspace: Workspace, arguments: argparse.Namespace, wanted: Filter) -> list[str]:
        year, school = wanted
        if kind == "evidence" and school is not None:
            raise UserError("Матрица доказательств одна на район.", "Уберите параметр --school.")
        today = local_today()
        of_year = year or newest_year(workspace)
        count = write_support(workspace, kind, arguments.out, of_year, school, today)
        return [] if count else [_NOTHING[kind]]

    return write


WRITERS: Mapping[str, Callable[[Workspace, argparse.Namespace, Filter], list[str]]] = {
    kind: _writer(kind) for kind in _NOTHING
}
