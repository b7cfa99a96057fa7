"""Killed with -9 at any moment of a write block or of an update, the file holds all or nothing."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.models.files import journal_of
from tests.db.kills import MIGRATE, WRITE, run_killed, state
from tests.migrations import steps

FROZEN = Path(__file__).resolve().parents[1] / "migrations" / "frozen" / "0001.db"
QUICK_POINTS = 4


@dataclass(frozen=True)
class Scene:
    """A file before and after some work, and the program that does the work on a copy."""

    before: Path
    program: str
    more: tuple[object, ...]
    folder: Path

    def fresh(self) -> Path:
        """Return the path of an untouched copy."""
        path = self.folder / "victim.db"
        journal_of(path).unlink(missing_ok=True)
        return Path(shutil.copyfile(self.before, path))

    def finish(self, *, atomic: bool = True) -> tuple[int, str]:
        """Do the work undisturbed; return its number of statements and the state after it."""
        path = self.fresh()
        ending = run_killed(self.program, 0, path, *self.more, atomic=atomic)
        assert ending.statements is not None
        return ending.statements, state(path)

    def state_after_kill(self, point: int, *, atomic: bool = True) -> str:
        """Kill the work before a statement and return what the file then holds."""
        path = self.fresh()
        assert run_killed(self.program, point, path, *self.more, atomic=atomic).killed
        return state(path)


Maker = Callable[[str], Scene]


@pytest.fixture
def scene(tmp_path: Path, template_database: Path) -> Maker:
    """Return a function that makes the scene of a kind of work."""

    def make(kind: str) -> Scene:
        if kind == "write":
            return Scene(template_database, WRITE, (), tmp_path)
        folder = steps.folder_with(tmp_path / "steps", steps.REBUILD, steps.FILL)
        return Scene(FROZEN, MIGRATE, (folder,), tmp_path)

    return make


def spread(total: int, points: int) -> list[int]:
    """Return numbers of statements spread over the work, the last one included."""
    return sorted({max(1, total * n // points) for n in range(1, points + 1)})


@pytest.mark.parametrize("kind", ["write", "update"])
def test_a_killed_process_leaves_nothing_of_its_work(kind: str, scene: Maker) -> None:
    stage = scene(kind)
    before = state(stage.fresh())
    total, after = stage.finish()
    assert before != after

    found = {stage.state_after_kill(point) for point in spread(total, QUICK_POINTS)}

    assert found <= {before, after}
    assert before in found


@pytest.mark.parametrize("kind", ["write", "update"])
def test_half_of_the_work_would_be_seen(kind: str, scene: Maker) -> None:
    """The control: without our BEGIN the same kill leaves neither the old state nor the new."""
    stage = scene(kind)
    total, after = stage.finish(atomic=False)

    half = stage.state_after_kill(total * 3 // 4, atomic=False)

    assert half not in {state(stage.fresh()), after}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["write", "update"])
def test_a_kill_before_every_statement(kind: str, scene: Maker) -> None:
    stage = scene(kind)
    before = state(stage.fresh())
    total, _ = stage.finish()

    found = [stage.state_after_kill(point) for point in range(1, total + 1)]

    assert set(found) == {before}, "the last statement is COMMIT, and the kill comes before it"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to kill inside a commit")
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "ftruncate"])
@pytest.mark.parametrize("kind", ["write", "update"])
def test_a_kill_at_the_calls_that_touch_the_disk(kind: str, call: str, scene: Maker) -> None:
    stage = scene(kind)
    before = state(stage.fresh())
    _, after = stage.finish()

    found = []
    for number in itertools.accumulate(itertools.repeat(1), lambda n, _: n + 1 + n // 8):
        path = stage.fresh()
        tracer = f"strace -f -qq -o {path}.trace -e inject={call}:signal=KILL:when={number}"
        ending = run_killed(stage.program, 0, path, *stage.more, tracer=tracer)
        found.append(state(path))
        if not ending.killed:
            break

    assert set(found) == {before, after}
    assert len(found) > 1, "no kill hit"
