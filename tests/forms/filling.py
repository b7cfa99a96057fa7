"""Blanks as a school treats them: made, opened in another program, filled in, sent back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from app.models.enums import CodeSystem
from app.services import forms, importing
from app.services.importing.plan import Decisions, ImportPlan
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.stored import add_school

YEAR = 2025


def school(workspace: Workspace, name: str = "МБОУ Луговская СОШ", **more: Any) -> int:
    """Store a school with both codes."""
    values = {"fisoko": "edu100001", "rcoi": "01301", "kind": "СОШ", **more}
    return add_school(workspace, name, **values)


def blank(workspace: Workspace, folder: Path, *keys: str, **more: Any) -> Path:
    """Make blanks for the schools of the workspace and return the first file."""
    request = forms.FormsRequest(YEAR, folder, keys, deadline=date(2025, 11, 20), **more)
    return forms.make_forms(workspace, request, NoProgress()).files[0]


def fill(path: Path, sheet: str, values: dict[str, Any]) -> None:
    """Write values into a sheet: by the name of a figure, or by «subject/figure»."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    columns = {page.cell(2, column).value: column for column in range(1, page.max_column + 1)}
    for name, value in values.items():
        line, _, figure = name.partition("/")
        page.cell(rows[line], columns[figure or "value"]).value = value
    book.save(path)


def set_cell(path: Path, sheet: str, cell: str, value: Any) -> None:
    """Write one cell by its address."""
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def plan(workspace: Workspace, *paths: Path) -> ImportPlan:
    """Return what loading the files would do; their copies are gone already."""
    found = importing.prepare(workspace, paths, NoProgress())
    importing.discard(found)
    return found


def load(workspace: Workspace, *paths: Path, good: bool = False) -> importing.ImportReport:
    """Load the files as the command does."""
    found = importing.prepare(workspace, paths, NoProgress())
    if good:
        wrong = frozenset(file.path for file in found.files if file.has_errors)
        found = importing.revise(workspace, found, Decisions(accept_good=wrong))
    try:
        return importing.apply(workspace, found, NoProgress())
    finally:
        importing.discard(found)


def messages(found: ImportPlan | importing.ImportReport) -> list[tuple[str, str]]:
    """Return cell and message of every finding."""
    return [(one.cell or "", one.message) for file in found.files for one in file.findings]


CODES = {CodeSystem.FISOKO: "edu100001", CodeSystem.RCOI: "01301"}
