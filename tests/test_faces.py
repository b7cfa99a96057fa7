"""Faces that are read instead of run give the same names, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

_NAMES = """
import importlib, pathlib, sys
from app import faces
if {lazily}:
    faces.read_lazily()
for init in sorted(pathlib.Path("app/services").glob("*/__init__.py")):
    package = importlib.import_module(f"app.services.{{init.parent.name}}")
    for module in sorted(init.parent.glob("*.py")):
        if {lazily} and module != init:
            importlib.import_module(f"{{package.__name__}}.{{module.stem}}")
    for name in getattr(package, "__all__", None) or faces._homes(package.__spec__) or ():
        value = getattr(package, name)
        print(package.__name__, name, type(value).__name__, getattr(value, "__qualname__", ""))
"""


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def names(*, lazily: bool) -> set[str]:
    return set(run(_NAMES.format(lazily=lazily)).splitlines())


def test_a_face_that_is_read_gives_what_it_gives_when_run() -> None:
    found, wanted = names(lazily=True), names(lazily=False)
    assert len(wanted) > 500
    assert found == wanted


def test_a_name_of_a_face_brings_only_its_own_module() -> None:
    program = (
        "import sys\n"
        "from app import faces\n"
        "faces.read_lazily()\n"
        "from app.services.roadmap import parse_term\n"
        "print(*sorted(n for n in sys.modules if n.startswith('app.services.roadmap.')))\n"
        "print('sqlalchemy' in sys.modules)\n"
    )
    modules, database = run(program).splitlines()
    assert "app.services.roadmap.terms" in modules.split()
    assert "app.services.roadmap.editing" not in modules.split()
    assert database == "False"


def test_a_name_that_no_face_gives_is_told_as_python_tells_it() -> None:
    program = (
        "from app import faces\n"
        "faces.read_lazily()\n"
        "try:\n"
        "    from app.services.roadmap import nothing_of_the_kind\n"
        "except ImportError as error:\n"
        "    print(error.name)\n"
    )
    assert run(program) == "app.services.roadmap\n"


def test_without_its_source_a_face_runs_as_ever() -> None:
    program = (
        "import importlib.machinery as machinery\n"
        "machinery.SourceFileLoader.get_source = lambda loader, name: None\n"
        "from app import faces\n"
        "print(faces.found_by_name('app.services.roadmap.terms.parse_term').__name__)\n"
        "import app.services.roadmap as face\n"
        "print(type(face).__name__, callable(face.parse_term))\n"
    )
    assert run(program) == "parse_term\nmodule True\n"


def test_the_command_that_loads_begins_its_children_before_it_knows_a_database() -> None:
    program = (
        "import sys\n"
        "from app import faces\n"
        "faces.read_lazily()\n"
        "from app.cli import import_files\n"
        "from app.services.importing import children_for\n"
        "print('sqlalchemy' in sys.modules)\n"
    )
    assert run(program).split() == ["False"]


def test_planning_and_storing_are_left_to_be_imported_while_files_are_read() -> None:
    program = (
        "import sys\n"
        "from app import faces\n"
        "faces.read_lazily()\n"
        "from app.services.importing import prepare\n"
        "for name in ('planning', 'applying', 'preparing'):\n"
        "    print(f'app.services.importing.{name}' in sys.modules)\n"
    )
    assert run(program).split() == ["False", "False", "True"]
