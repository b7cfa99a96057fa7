"""What a person is told of backups before one is put in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import DatabaseError
from app.models.files import connected
from app.paths import backup_dir
from app.services.backup import back_up, list_copies, look_into, restore
from app.services.workspace import Workspace


def test_the_list_tells_when_how_large_and_why(district: Workspace) -> None:
    made = back_up(district)
    database = district.database.path
    for name in ("_before-restore", "_before-update-from-1", "_before-other"):
        copy = backup_dir(database) / f"{database.stem}_2024-03-05_10-20-30{name}.db"
        copy.write_bytes(made.path.read_bytes())
    newest, *older = list_copies(database)
    assert (newest.path, newest.size, newest.reason) == (
        made.path,
        made.size,
        "по кнопке или команде",
    )
    assert {one.reason for one in older} == {
        "перед восстановлением из другой копии",
        "перед обновлением программы",
        "самой программой",
    }
    assert {f"{one.made_at:%d.%m.%Y %H:%M:%S}" for one in older} == {"05.03.2024 10:20:30"}


def test_a_copy_tells_what_is_in_it(district: Workspace) -> None:
    made = back_up(district)
    found = look_into(district.database.path, made.path)
    rows = dict(found.rows)
    assert rows["школы"] >= 1
    assert rows["решения"] >= 1
    assert all(count > 0 for count in rows.values())
    assert found.last_load
    assert found.last_action


def test_an_empty_copy_has_nothing_to_tell(workspace: Workspace) -> None:
    made = back_up(workspace)
    found = look_into(workspace.database.path, made.path)
    assert (found.rows, found.last_load, found.last_action) == ((), "", "")


def test_what_cannot_be_put_in_place_is_told(district: Workspace, tmp_path: Path) -> None:
    database = district.database.path
    torn = tmp_path / "torn.db"
    torn.write_bytes(back_up(district).path.read_bytes()[:8192])
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"not a database at all")
    for path, said in (
        (torn, "повреждён"),
        (foreign, "не файл базы данных"),
        (tmp_path / "gone.db", "нет"),
        (database, "сама база"),
    ):
        with pytest.raises(DatabaseError, match=said):
            look_into(database, path)


def test_a_copy_that_restoring_refuses_is_not_shown_as_sound(
    district: Workspace, tmp_path: Path
) -> None:
    copy = back_up(district, tmp_path / "copy.db").path
    with connected(copy) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute("DELETE FROM school").rowcount > 0
        connection.commit()
    with pytest.raises(DatabaseError, match="нет записи в") as restored:
        restore(tmp_path / "other.db", copy)
    with pytest.raises(DatabaseError, match="нет записи в") as looked:
        look_into(district.database.path, copy)
    assert str(looked.value) == str(restored.value)
