"""A restore checks the backup first, puts the present file aside, and replaces it in one step."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from app.errors import DatabaseBusy, DatabaseError, DatabaseTooNew, OutputError
from app.models import files
from app.models.files import connected, journal_of
from app.models.migrations import head
from app.models.opening import open_database
from app.paths import backup_dir
from app.services.backup import back_up, list_backups, restore
from app.services.workspace import Workspace
from tests.migrations.make_frozen import FROZEN


def digest(path: Path) -> str:
    """Return the SHA-256 of a closed file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def themes(path: Path) -> list[str]:
    """Return the stored theme of a closed file, if it has one."""
    with connected(path) as connection:
        query = "SELECT value FROM setting WHERE key = 'window.theme'"
        return [value for (value,) in connection.execute(query)]


@pytest.fixture
def backup(tmp_path: Path, district: Workspace) -> Path:
    """Return a backup of the populated database, which is then closed."""
    path = back_up(district, tmp_path / "копия.db").path
    district.database.close()
    return path


@pytest.fixture
def closed(tmp_path: Path, template_database: Path) -> Path:
    """Return a closed database that nobody owns, with a theme of its own."""
    path = tmp_path / "office" / "opora.db"
    with open_database(path):
        pass
    with connected(path) as connection:
        connection.execute("""INSERT INTO setting VALUES ('window.theme', '"light"')""")
    return path


def test_the_backup_takes_the_place_and_the_present_is_put_aside(
    closed: Path, backup: Path
) -> None:
    kept = digest(backup)

    report = restore(closed, backup)

    assert themes(closed) == ['"dark"']
    assert report.put_aside is not None
    assert themes(report.put_aside) == ['"light"']
    assert report.put_aside in list_backups(closed)
    assert digest(backup) == kept
    assert str(report.put_aside) in report.sentence()
    with open_database(closed):
        pass


def test_a_restore_can_be_taken_back(closed: Path, backup: Path) -> None:
    aside = restore(closed, backup).put_aside
    assert aside is not None

    restore(closed, aside)

    assert themes(closed) == ['"light"']


def test_a_lost_database_comes_back(tmp_path: Path, backup: Path) -> None:
    lost = tmp_path / "новая папка" / "opora.db"

    report = restore(lost, backup)

    assert report.put_aside is None
    assert themes(lost) == ['"dark"']


@pytest.mark.parametrize("content", [b"", b"torn", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_database_is_kept_byte_by_byte(
    closed: Path, backup: Path, content: bytes
) -> None:
    closed.write_bytes(content)
    journal_of(closed).write_bytes(b"its journal")

    report = restore(closed, backup)

    assert themes(closed) == ['"dark"']
    assert report.put_aside is not None
    assert report.put_aside.read_bytes() == content
    assert journal_of(report.put_aside).read_bytes() == b"its journal"
    assert not journal_of(closed).exists() or journal_of(closed).stat().st_size == 0


def test_an_unfinished_write_of_the_present_stays_with_its_copy(
    closed: Path, backup: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.db"
    with connected(closed) as connection:
        connection.execute("PRAGMA cache_size = 1")  # spills into the file before any commit
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE setting SET value = ?", ['"' + "x" * 90_000 + '"'])
        shutil.copyfile(closed, torn)
        shutil.copyfile(journal_of(closed), journal_of(torn))
        connection.execute("ROLLBACK")
    assert torn.stat().st_size > closed.stat().st_size

    aside = restore(torn, backup).put_aside

    assert aside is not None
    assert themes(torn) == ['"dark"']
    assert themes(aside) == ['"light"']


def test_an_open_database_is_not_replaced(closed: Path, backup: Path) -> None:
    with open_database(closed) as opened:
        with pytest.raises(DatabaseBusy):
            restore(closed, backup)
        assert not opened.database.path.with_name("opora.backups").exists()

    assert themes(closed) == ['"light"']


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def _orphan(path: Path) -> None:
    with connected(path) as connection:
        connection.execute("DELETE FROM school WHERE id = 1")


def _newer(path: Path) -> None:
    with connected(path) as connection:
        connection.execute(f"PRAGMA user_version = {head() + 1}")


def _foreign(path: Path) -> None:
    with connected(path) as connection:
        connection.execute("PRAGMA application_id = 7")


BAD = [
    pytest.param(lambda path: path.unlink(), DatabaseError, "нет", id="missing"),
    pytest.param(lambda path: path.write_bytes(b""), DatabaseError, "пуст", id="empty"),
    pytest.param(_cut, DatabaseError, "повреждён", id="cut"),
    pytest.param(_orphan, DatabaseError, "нет записи в", id="orphan rows"),
    pytest.param(_newer, DatabaseTooNew, "более новой", id="newer"),
    pytest.param(_foreign, DatabaseError, "другой программы", id="foreign"),
]


@pytest.mark.parametrize(("harm", "kind", "says"), BAD)
def test_a_bad_backup_changes_nothing(
    closed: Path, backup: Path, harm: object, kind: type[DatabaseError], says: str
) -> None:
    assert callable(harm)
    harm(backup)
    before = digest(closed)

    with pytest.raises(kind, match=says):
        restore(closed, backup)

    assert digest(closed) == before
    assert not backup_dir(closed).exists()


def test_the_database_is_no_backup_of_itself(closed: Path) -> None:
    with pytest.raises(DatabaseError, match="сама база"):
        restore(closed, closed)


def test_a_disk_that_refuses_leaves_the_old_database(
    closed: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.put_in_place

    def refuse(draft: Path, target: Path, *, replace: bool) -> None:
        if target == closed:
            raise OSError(28, "No space left on device")
        real(draft, target, replace=replace)

    monkeypatch.setattr("app.services.backup.restoring.put_in_place", refuse)

    with pytest.raises(OutputError, match="на диске нет места"):
        restore(closed, backup)

    assert themes(closed) == ['"light"']
    assert not list(closed.parent.glob("*.restored*"))
    with open_database(closed):
        pass


def test_a_backup_of_every_earlier_schema_restores_and_opens(tmp_path: Path) -> None:
    for frozen in sorted(FROZEN.glob("*.db")):
        path = tmp_path / frozen.stem / "opora.db"
        restore(path, frozen)
        with open_database(path):
            pass
        assert themes(path) == ['"dark"']
