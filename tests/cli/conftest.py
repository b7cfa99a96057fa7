"""Fixtures of the command line: the real doors, and the demo district loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import bootstrap, paths
from app.cli.doors import Doors, ScreenshotOptions
from app.cli.main import main


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


def refuse_window(database: Path) -> int:
    raise AssertionError(f"no command of this test may open a window on {database}")


def refuse_pictures(database: Path, options: ScreenshotOptions) -> tuple[Path, ...]:
    raise AssertionError(f"no command of this test may draw {database} into {options.folder}")


@pytest.fixture
def doors() -> Doors:
    """Return the doors that the program itself uses, without those to Qt."""
    return Doors(bootstrap.open_workspace, refuse_window, refuse_pictures)


@pytest.fixture
def cli(doors: Doors, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Return a runner of command lines in this process."""

    def run(*words: str | Path) -> Outcome:
        code = main([str(word) for word in words], doors)
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the demo district once; tests get copies of its folder."""
    folder = tmp_path_factory.mktemp("demo")
    made = Doors(bootstrap.open_workspace, refuse_window, refuse_pictures)
    assert main(["demo", "--out", str(folder)], made) == 0
    return folder


@pytest.fixture
def demo_db(demo_template: Path, tmp_path: Path) -> Path:
    """Return a database of this test with the demo district in it."""
    source = demo_template / "opora-demo.db"
    target = tmp_path / "district.db"
    shutil.copyfile(source, target)
    shutil.copytree(paths.archive_dir(source), paths.archive_dir(target))
    return target
