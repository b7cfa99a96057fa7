"""The rooms of docs/ARCHITECTURE.md: who may import whom, and how long things may be."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app"
FILES = sorted(path for path in APP.rglob("*.py") if "versions" not in path.parts)
NAMES = [str(path.relative_to(ROOT)) for path in FILES]

LONGEST_FUNCTION = 60
LONGEST_FILE = 500

QT_LGPL = {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtTest", "QtSvgWidgets"}
"""Modules of PySide6-Essentials under the LGPL; charts and the like are GPL only."""
NETWORK = {
    "socket", "ssl", "http", "urllib.request", "urllib.error", "ftplib", "smtplib", "socketserver",
    "xmlrpc", "asyncio", "requests", "httpx", "PySide6.QtNetwork", "PySide6.QtWebSockets",
}  # fmt: skip
"""Ways out of the machine: the program has none (personal data, offline workstations)."""
STORAGE = {"sqlalchemy", "sqlite3", "alembic", "filelock"}
PURE = {
    "app.services.analysis.weighted",
    "app.services.analysis.uncertainty",
    "app.services.analysis.pivot",
    "app.services.analysis.similar",
    "app.services.analysis.tasks",
    "app.services.analysis.words",
    "app.services.analysis.pictures",
    "app.services.methodology.rules",
    "app.services.methodology.explain",
    "app.services.methodology.distance",
    "app.services.methodology.shares",
    "app.services.methodology.wording",
    "app.services.methodology.types",
    "app.services.methodology.isb",
    "app.services.methodology.bias",
    "app.services.methodology.bits",
    "app.services.methodology.social",
    "app.services.methodology.since",
    "app.services.methodology.json_lines",
    "app.services.importing.counts",
    "app.services.importing.names",
    "app.services.acts",
    "app.services.names",
    "app.services.decimals",
    "app.services.russian",
    "app.services.importing.facts",
    "app.services.importing.grid",
    "app.services.documents.blanks",
    "app.services.documents.blocks",
    "app.services.documents.language",
    "app.services.documents.numerals",
    "app.services.documents.together",
    "app.services.indicators.facts",
    "app.services.indicators.numbers",
    "app.services.indicators.periods",
    "app.services.indicators.tree",
    "app.services.roadmap.facts",
    "app.services.roadmap.numbering",
    "app.services.roadmap.quantities",
    "app.services.roadmap.term_words",
    "app.services.roadmap.terms",
    "app.services.support.facts",
    "app.services.support.marks",
}
PURE_FOLDERS = (
    "app.services.charts",
    "app.services.documents.content",
    "app.services.importing.layouts",
    "app.services.importing.measures",
    "app.services.importing.plans",
    "app.services.importing.support_tables",
)
OPEN_TO_PURE = {
    "app.errors",
    "app.models.enums",
    "app.services.changes",
    "app.services.figures",  # the catalogue of named figures, read from resources
    "app.services.months",
    "app.services.procedures",  # the grades of assessments, read from resources
    "app.services.results.types",  # the frozen rows of results
    "app.services.score_counts",  # pupils by score as one text, and back
    "app.services.sorting",
    "app.services.source",
    "app.services.spreadsheets",  # the frozen types of its cells
    "app.services.part_totals",  # names of rows, by those words
    "app.services.table_words",  # the words of tables, read from resources
}
FILE_ACCESS = {"os", "io", "shutil", "tempfile", "pathlib"}
SHARED_SERVICES = {
    "acts", "cases", "changes", "decimals", "figures", "months", "names", "output", "procedures",
    "part_totals", "progress", "provenance", "russian", "score_counts", "sorting", "source",
    "table_words", "workspace",
}  # fmt: skip
"""Modules beside the verbs that every verb and caller uses."""
FROZEN_TYPES = {"types", "plan", "facts", "blocks"}
"""Modules of a verb that hold nothing but frozen types: they may be read from outside."""
LATE_ROOMS = {
    "app.models.database",  # all tables wait for the first write
    "app.bootstrap",  # opens either the window or a command, and imports what that one needs
    "app.ui.application",  # paints before SQLAlchemy is loaded
    "app.services.documents.own_templates.engine",  # python-docx waits for the first template
    "app.services.documents.pictures",  # a picture alone; reportlab waits for the first one
    "app.services.documents.rendering",  # reportlab and python-docx wait for the first paper
    "app.services.importing.layouts_door",  # all layouts wait for a parent that needs one
    "app.services.importing.preparing",  # imports planning and storing while the children read
    "app.services.spreadsheets.child",  # a process with little memory imports one parser only
}
"""May import our own modules late."""
HEAVY = {
    "PIL", "alembic", "docx", "lxml", "num2words", "openpyxl", "pandas", "psutil", "pymorphy3",
    "pypdfium2", "pyphen", "python_calamine", "pytrovich", "rapidfuzz", "reportlab", "sqlalchemy",
    "xlrd", "xlsxwriter",
}  # fmt: skip
"""May be imported late, as the standard library may: a start pays only for what it uses."""
BROAD_EXCEPT = {
    "app.__main__",  # the crash hook
    "app.ui.tasks.runner",  # the task boundary
    "app.ui.tasks.workers",
    "app.services.spreadsheets.child",  # a fault of ours costs one file; it is told and logged
    "app.services.spreadsheets.xlsx",  # a panic of Rust code has no public class
}
"""The only places that may catch everything."""


@dataclass(frozen=True)
class Import:
    """One imported module name and whether the statement stands inside a function."""

    name: str
    line: int
    late: bool
    typing_only: bool


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> list[Import]:
    """Return every import; ``from a import b`` counts as ``a.b`` where that is a module of ours."""
    found: list[Import] = []

    def visit(node: ast.AST, late: bool, typing_only: bool) -> None:
        for child in ast.iter_child_nodes(node):
            inside = late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            only = typing_only or (
                isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            )
            for name in _names(child):
                found.append(Import(name, child.lineno, inside, only))
            visit(child, inside, only)

    visit(tree_of(path), late=False, typing_only=False)
    return found


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "relative imports hide the room"
        base = node.module or ""
        for alias in node.names:
            full = f"{base}.{alias.name}"
            is_module = _is_module(full) and alias.name not in _offered(base)
            yield full if base == "PySide6" or is_module else base


def _is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return name.startswith("app") and (place.with_suffix(".py").exists() or place.is_dir())


@cache
def _offered(package: str) -> frozenset[str]:
    """Return the names that a face binds: a function may be called like the module it is from."""
    init = ROOT.joinpath(*package.split("."), "__init__.py")
    if not init.exists():
        return frozenset()
    froms = [node for node in tree_of(init).body if isinstance(node, ast.ImportFrom)]
    return frozenset(alias.asname or alias.name for node in froms for alias in node.names)


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def room(module: str) -> str:
    """Return the room of a module: ``models``, ``services``, ``cli``, ``ui`` or its own name."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "app"


def verb(module: str) -> str | None:
    """Return the verb of a module of services, None for the shared ones and other rooms."""
    parts = module.split(".")
    inside = len(parts) > 2 and parts[1] == "services" and parts[2] not in SHARED_SERVICES
    return parts[2] if inside else None


ALLOWED = {
    "app": set(),
    "closing": set(),
    "errors": set(),
    "faces": set(),
    "logs": set(),
    "paths": {"errors"},
    "models": {"models", "closing", "errors", "paths"},
    "services": {"services", "models", "closing", "errors", "faces", "paths"},
    "cli": {"cli", "services", "errors", "paths", "app"},
    "ui": {"ui", "services", "errors", "paths", "app"},
    "bootstrap": {"cli", "ui", "services", "models", "errors", "faces", "paths", "logs"},
    "__main__": {"bootstrap", "errors", "logs", "paths"},
}


def room_faults(module: str, found: list[Import]) -> list[str]:
    """Return the imports of ``module`` that the table of rooms does not allow."""
    faults = []
    for item in found:
        if not within(item.name, {"app"}):
            continue
        target = room(item.name)
        enums = item.name == "app.models.enums" and room(module) in ("cli", "ui")
        if target not in ALLOWED[room(module)] and not enums:
            faults.append(f"{module}:{item.line} imports {item.name}")
    return faults


def third_party_faults(module: str, found: list[Import]) -> list[str]:
    """Return imports of Qt, storage and network where they do not belong."""
    faults = []
    for item in found:
        wrong = within(item.name, NETWORK)
        wrong |= within(item.name, {"PySide6", "shiboken6"}) and room(module) != "ui"
        wrong |= within(item.name, STORAGE) and room(module) not in ("models", "services")
        if item.name.startswith("PySide6."):
            wrong |= item.name.split(".")[1] not in QT_LGPL
        if wrong:
            faults.append(f"{module}:{item.line} imports {item.name}")
    return faults


def verb_faults(module: str, found: list[Import]) -> list[str]:
    """Return imports of another verb's inside: only its face and its frozen types are open."""
    faults = []
    for item in found:
        target = verb(item.name)
        inside = item.name.split(".")[3:]
        if target is None or target == verb(module) or not inside:
            continue
        if inside[0] not in FROZEN_TYPES:
            faults.append(f"{module}:{item.line} imports {item.name}")
    return faults


def is_pure(module: str) -> bool:
    return module in PURE or within(module, set(PURE_FOLDERS))


def pure_faults(module: str, found: list[Import]) -> list[str]:
    """Return imports that make a pure module impure: storage, files, anything but pure ones."""
    faults = []
    for item in found:
        ours = within(item.name, {"app"})
        open_to_all = item.name in OPEN_TO_PURE or is_pure(item.name)
        sibling = verb(item.name) == verb(module) and ours
        wrong = within(item.name, STORAGE | FILE_ACCESS) or (
            ours and not open_to_all and not sibling and item.name != "app.models"
        )
        if wrong and not item.typing_only:
            faults.append(f"{module}:{item.line} imports {item.name}")
    return faults


def late_faults(module: str, found: list[Import]) -> list[str]:
    """Return late imports that are neither of a heavy package nor in the rooms that open others."""
    return [
        f"{module}:{item.line} imports {item.name} late"
        for item in found
        if item.late and not _may_be_late(module, item.name)
    ]


def _may_be_late(module: str, target: str) -> bool:
    top = target.split(".")[0]
    # The runner of migrations is Alembic's door: importing it is importing Alembic.
    door = target == "app.models.migrations.runner"
    return door or module in LATE_ROOMS or top in HEAVY or top in sys.stdlib_module_names


def broad_excepts(module: str, tree: ast.Module) -> list[str]:
    """Return handlers that catch everything outside the crash hook and the task boundary."""
    return [
        f"{module}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and module not in BROAD_EXCEPT
        and _catches_all(node)
        and not _reraises(node)
    ]


def _catches_all(node: ast.ExceptHandler) -> bool:
    if node.type is None:
        return True
    types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(isinstance(t, ast.Name) and t.id in ("Exception", "BaseException") for t in types)


def _reraises(node: ast.ExceptHandler) -> bool:
    """Cleaning up and raising the same again swallows nothing."""
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports(path: Path) -> None:
    module, found = module_name(path), imports(path)
    assert room_faults(module, found) == []
    assert third_party_faults(module, found) == []
    assert verb_faults(module, found) == []
    assert late_faults(module, found) == []
    if is_pure(module):
        assert pure_faults(module, found) == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_shape(path: Path) -> None:
    module, tree = module_name(path), tree_of(path)
    assert ast.get_docstring(tree), f"{module} has no docstring"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert broad_excepts(module, tree) == []
    long = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@cache
def graph() -> dict[str, set[str]]:
    """Return which module needs which at import time; late and typing imports tie no knots."""
    known = {module_name(path) for path in FILES}
    edges: dict[str, set[str]] = {}
    for path in FILES:
        wanted = {i.name for i in imports(path) if not i.late and not i.typing_only}
        edges[module_name(path)] = wanted & known - {module_name(path)}
    return edges


def cycle(edges: dict[str, set[str]]) -> list[str]:
    """Return one cycle of ``edges``, empty when there is none."""
    done: set[str] = set()

    def walk(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return [*trail[trail.index(node) :], node]
        if node in done:
            return []
        for target in sorted(edges.get(node, ())):
            found = walk(target, [*trail, node])
            if found:
                return found
        done.add(node)
        return []

    return next((found for node in sorted(edges) if (found := walk(node, []))), [])


def test_no_module_needs_itself() -> None:
    assert cycle(graph()) == []


def test_no_package_needs_itself() -> None:
    """Verbs of services, folders of ui and so on: no two need each other, also through others."""
    folders = {module_name(path) for path in APP.glob("*/*/__init__.py")}
    packages: dict[str, set[str]] = {folder: set() for folder in folders}
    for module, targets in graph().items():
        own = ".".join(module.split(".")[:3])
        if own in folders:
            others = {".".join(target.split(".")[:3]) for target in targets}
            packages[own] |= others & folders - {own}
    assert cycle(packages) == []


def test_pages_do_not_know_each_other() -> None:
    faults = []
    for path in FILES:
        module = module_name(path)
        own = module.split(".")[:4]
        if own[:3] != ["app", "ui", "pages"] or len(own) < 4:
            continue
        faults += [
            f"{module}:{i.line} imports {i.name}"
            for i in imports(path)
            if i.name.startswith("app.ui.pages.") and i.name.split(".")[:4] != own
        ]
    assert faults == []


def test_the_net_catches(tmp_path: Path) -> None:
    """The checks themselves find what they are there for."""
    bad = tmp_path / "bad.py"
    bad.write_text(
        "import socket\n"
        "from PySide6 import QtCharts\n"
        "from app.models.database import Database\n"
        "from app.services.importing.matching import match\n"
        "def f():\n"
        "    import app.services.results\n"
        "    try:\n        pass\n    except Exception:\n        pass\n",
        encoding="utf-8",
    )
    found = imports(bad)
    assert room_faults("app.ui.bad", found) == ["app.ui.bad:3 imports app.models.database"]
    assert len(third_party_faults("app.ui.bad", found)) == 2
    assert len(third_party_faults("app.services.bad", found)) == 2
    assert verb_faults("app.ui.bad", found) == [
        "app.ui.bad:4 imports app.services.importing.matching"
    ]
    assert verb_faults("app.services.importing.bad", found) == []
    assert late_faults("app.ui.bad", found) == ["app.ui.bad:6 imports app.services.results late"]
    assert broad_excepts("app.ui.bad", tree_of(bad)) == ["app.ui.bad:9"]
    assert pure_faults("app.services.methodology.rules", found)
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
