"""Opening: a new file is made, ours is opened, anything else is refused and left as it is."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import DatabaseDamaged, DatabaseError, DatabaseTooNew
from app.models import migrations
from app.models.database import APPLICATION_ID
from app.models.files import connected, journal_of, pragma
from app.models.office import Setting
from app.models.opening import open_database
from app.paths import backup_dir
from tests.db.processes import run


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path, says: str) -> DatabaseError:
    """Open ``path``, expect a refusal with ``says`` and a hint, and the file as it was."""
    before = digest(path)
    with pytest.raises(DatabaseError, match=says) as caught:
        open_database(path)
    assert caught.value.hint
    assert digest(path) == before
    assert not journal_of(path).exists()
    assert not backup_dir(path).exists()
    return caught.value


def test_an_absent_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "Папка с пробелом" / "100 % #1?" / "база.db"

    with open_database(path) as opened, opened.database.write() as session:
        session.add(Setting(key="a", value=1))

    with connected(path) as connection:
        assert pragma(connection, "application_id") == APPLICATION_ID
        assert pragma(connection, "user_version") == migrations.head()
    with open_database(path) as opened, opened.database.read() as session:
        assert session.get_one(Setting, "a").value == 1
    assert {p.name for p in path.parent.iterdir()} == {"база.db", "база.db-journal", "база.db.lock"}


def test_a_failed_creation_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.models.opening.put_in_place", fail)

    with pytest.raises(DatabaseError, match="на диске нет места"):
        open_database(tmp_path / "a.db")

    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("a.db")] == ["a.db.lock"]


def test_the_remains_of_a_killed_creation_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "a.db.new").write_bytes(b"SQLite format 3\x00 half a page")
    (tmp_path / "a.db.new-journal").write_bytes(b"old pages")

    open_database(tmp_path / "a.db").close()

    assert not list(tmp_path.glob("a.db.new*"))


def test_a_new_file_never_gets_the_journal_of_a_lost_one(tmp_path: Path) -> None:
    journal = journal_of(tmp_path / "a.db")
    journal.write_bytes(b"pages of a database that was moved away")

    with pytest.raises(DatabaseError, match="журнал его незавершённой записи") as error:
        open_database(tmp_path / "a.db")

    assert "Верните файл базы на место" in error.value.hint
    assert not (tmp_path / "a.db").exists()
    assert journal.read_bytes() == b"pages of a database that was moved away"


def test_a_newer_file_is_refused_untouched(database_path: Path) -> None:
    with connected(database_path) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.head() + 1}")

    error = refused(database_path, "записана более новой версией программы")

    assert isinstance(error, DatabaseTooNew)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()

    refused(tmp_path / "a.db", "файл пуст")


@pytest.mark.parametrize(
    "content",
    ["Просто текст.\n".encode("cp1251") * 100, b"PK\x03\x04" + bytes(4096), b"SQLite format 3"],
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.db").write_bytes(content)

    assert isinstance(refused(tmp_path / "a.db", "это не файл базы данных"), DatabaseDamaged)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()

    with pytest.raises(DatabaseError, match="это папка"):
        open_database(tmp_path / "a.db")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with connected(tmp_path / "a.db", create=True) as connection:
        connection.execute("CREATE TABLE bookmark (url)")

    refused(tmp_path / "a.db", "это база другой программы")


def _cut(path: Path, kept: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * kept // 100])


def _overwrite(path: Path, page: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(page * 4096)
        stream.write(b"\xff" * 4096)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: _cut(path, 90),
        lambda path: _cut(path, 50),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: _overwrite(path, 1),
        lambda path: _overwrite(path, 5),
    ],
)
def test_a_damaged_file_is_refused(database_path: Path, harm: Callable[[Path], None]) -> None:
    harm(database_path)

    error = refused(database_path, "повреждён|не база программы|другой программы")

    assert isinstance(error, DatabaseDamaged) is ("другой программы" not in error.message)
    assert "Восстановите" in error.hint or "восстановите" in error.hint or "другой" in error.hint


def test_a_refused_file_is_free_for_the_next_owner(database_path: Path) -> None:
    sound = database_path.read_bytes()
    database_path.write_bytes(b"")
    refused(database_path, "файл пуст")
    database_path.write_bytes(sound)

    open_database(database_path).close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DatabaseError, match="Папка базы"):
        open_database(tmp_path / "file" / "a.db")


def test_an_up_to_date_file_opens_without_alembic(database_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from app.models.opening import open_database\n"
        "open_database(Path(sys.argv[1])).close()\n"
        "print(sorted({'alembic', 'mako', 'pandas', 'PySide6'} & set(sys.modules)))"
    )

    assert run(program, database_path).stdout == "[]\n"


def test_a_file_left_in_wal_mode_opens_in_the_safe_mode(database_path: Path) -> None:
    with connected(database_path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")

    with open_database(database_path) as opened, opened.database.read() as session:
        mode = session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()

    assert mode == "truncate"


def test_a_copy_under_another_name_opens(database_path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(database_path, tmp_path / "КОПИЯ.DB"))

    with open_database(copy) as opened:
        assert opened.database.path == copy
