"""The developers' command writes steps that bring a file to what the models say."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models import migrations
from app.models.files import connected, row_counts
from app.models.migrations import new
from app.models.migrations.runner import migrate
from app.models.opening import open_database
from tests.migrations import steps
from tests.migrations.test_schema import differences, shape

COMMITTED = migrations.FOLDER / "versions"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the steps that the command may add to."""
    copy = steps.folder_with(tmp_path / "steps")
    monkeypatch.setattr(migrations, "FOLDER", copy)
    return copy / "versions"


def test_the_first_step_made_anew_is_the_committed_one(folder: Path) -> None:
    if migrations.head() > 1:
        pytest.skip("0001 is history")

    assert new.main(["--first"]) == 0

    assert (folder / "0001.py").read_text("utf-8") == (COMMITTED / "0001.py").read_text("utf-8")


def test_a_new_file_begins_with_the_sum_of_all_steps(tmp_path: Path) -> None:
    assert migrations.schema().read_text("utf-8") == new.whole_schema()

    by_steps, at_once = tmp_path / "steps.db", tmp_path / "once.db"
    with connected(by_steps, create=True) as connection:
        connection.execute("PRAGMA user_version = 0")
    migrate(by_steps)
    open_database(at_once).close()

    assert shape(at_once) == shape(by_steps)
    with connected(at_once) as one, connected(by_steps) as other:
        for name in ("application_id", "user_version", "page_size", "encoding"):
            query = f"PRAGMA {name}"
            assert one.execute(query).fetchone() == other.execute(query).fetchone()
        assert row_counts(one) == row_counts(other)


def test_a_step_that_was_written_is_in_the_schema_of_new_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = steps.folder_with(tmp_path / "behind", "op.drop_table('setting')\n")
    monkeypatch.setattr(migrations, "FOLDER", behind)

    new.main(["settings are kept again"])

    assert f"PRAGMA user_version = {migrations.head()};" in migrations.schema().read_text("utf-8")
    open_database(tmp_path / "new.db").close()
    assert differences(tmp_path / "new.db") == []


def test_the_first_step_is_history_once_there_is_a_second(folder: Path) -> None:
    (folder / "0002.py").write_text("", "utf-8")

    with pytest.raises(SystemExit, match="0001 is history"):
        new.main(["--first"])


def test_there_is_nothing_to_write_while_models_and_steps_agree(folder: Path) -> None:
    with pytest.raises(SystemExit, match="nothing to write"):
        new.main(["nothing"])

    assert len(list(folder.glob("[0-9]*.py"))) == len(list(COMMITTED.glob("[0-9]*.py")))


def test_the_next_step_brings_a_populated_file_to_the_models(
    populated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "op.drop_index('ix_import_file_sha256', 'import_file')\n" + (
        "with op.batch_alter_table('school') as batch:\n    batch.drop_column('director')\n"
    )
    behind = steps.folder_with(tmp_path / "behind", body)  # as if models had gone on since
    monkeypatch.setattr(migrations, "FOLDER", behind)
    open_database(populated).close()
    assert len(differences(populated)) == 2

    new.main(["directors are kept again"])
    open_database(populated).close()

    assert differences(populated) == []
    with connected(populated) as connection:
        assert connection.execute("SELECT director FROM school").fetchall() == [(None,)] * 3
