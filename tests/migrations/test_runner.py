"""An older file is backed up and updated whole; a step that fails or loses rows changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import DatabaseError
from app.models import migrations, opening
from app.models.files import broken_references, connected, damage, pragma, row_counts
from app.models.opening import open_database
from app.paths import backup_dir
from tests.migrations import steps

Use = Callable[..., None]


@pytest.fixture
def use_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Return a function that makes a later program: one that knows further steps."""

    def use(*bodies: str, may_lose: tuple[str, ...] = ()) -> None:
        folder = steps.folder_with(tmp_path / "steps", *bodies, may_lose=may_lose)
        monkeypatch.setattr(migrations, "FOLDER", folder)

    return use


def digest(path: Path) -> str:
    """Return the SHA-256 of a closed file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def counts(path: Path) -> dict[str, int]:
    """Return the rows of each table of a file."""
    with connected(path) as connection:
        return row_counts(connection)


def test_all_steps_run_and_children_of_a_rebuilt_table_keep_their_rows(
    populated: Path, use_steps: Use
) -> None:
    before = counts(populated)
    old_schema = migrations.head()
    use_steps(steps.REBUILD, steps.FILL)

    open_database(populated).close()

    assert counts(populated) == before | {"visit": 5}
    with connected(populated) as connection:
        assert pragma(connection, "user_version") == old_schema + 2
        assert (damage(connection), broken_references(connection)) == ([], [])
        heads = connection.execute("SELECT head, phone FROM school").fetchall()
    assert heads == [("Примерова Проба Образцовна", "-")] * 3


def test_before_an_update_there_is_a_verified_backup(populated: Path, use_steps: Use) -> None:
    before, schema = counts(populated), migrations.head()
    use_steps(steps.FILL)

    open_database(populated).close()

    (backup,) = backup_dir(populated).iterdir()
    assert counts(backup) == before
    with connected(backup) as connection:
        assert pragma(connection, "user_version") == schema
        assert damage(connection) == []


def test_an_up_to_date_file_is_neither_backed_up_nor_changed(populated: Path) -> None:
    before = digest(populated)

    open_database(populated).close()

    assert digest(populated) == before
    assert not backup_dir(populated).exists()


def test_without_a_backup_there_is_no_update(
    populated: Path, use_steps: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    before = digest(populated)
    use_steps(steps.FILL)
    monkeypatch.setattr(opening, "verified_copy", fail)

    with pytest.raises(DatabaseError, match="на диске нет места"):
        open_database(populated)

    assert digest(populated) == before


def test_a_step_that_breaks_off_changes_nothing(populated: Path, use_steps: Use) -> None:
    before = digest(populated)
    use_steps(steps.REBUILD, steps.BREAK_OFF)

    with pytest.raises(DatabaseError, match="cut"):
        open_database(populated)

    assert digest(populated) == before


@pytest.mark.parametrize("body", [steps.LOSE_ROWS, steps.DROP_TABLE])
def test_a_step_that_loses_rows_unasked_changes_nothing(
    populated: Path, use_steps: Use, body: str
) -> None:
    before = digest(populated)
    use_steps(steps.FILL, body)

    with pytest.raises(DatabaseError, match="пропали записи в таблицах journal") as caught:
        open_database(populated)

    assert digest(populated) == before
    assert "База осталась прежней" in caught.value.hint


@pytest.mark.parametrize("body", [steps.LOSE_ROWS, steps.DROP_TABLE])
def test_a_step_may_lose_the_rows_that_it_declares(
    populated: Path, use_steps: Use, body: str
) -> None:
    use_steps(body, may_lose=("journal",))

    open_database(populated).close()

    assert counts(populated).get("journal", 0) == 0


def test_a_step_that_leaves_rows_without_their_parent_changes_nothing(
    populated: Path, use_steps: Use
) -> None:
    before = digest(populated)
    use_steps(steps.LOSE_PARENTS, may_lose=("school",))

    with pytest.raises(DatabaseError, match="ссылаются на отсутствующие записи school"):
        open_database(populated)

    assert digest(populated) == before
