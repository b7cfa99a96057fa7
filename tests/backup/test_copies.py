"""A backup is a verified copy with a date; it overwrites nothing, and only the last ones stay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import DatabaseError, OutputError
from app.models.files import connected, damage, row_counts, verified_copy
from app.models.office import Setting
from app.models.opening import open_database
from app.paths import backup_dir
from app.services.backup import KEPT, back_up, contents, list_backups, list_copies
from app.services.backup.copies import Named, named_copies
from app.services.workspace import Workspace


def setting_keys(path: Path) -> set[str]:
    """Return the keys of the settings in a file."""
    with connected(path) as connection:
        return {key for (key,) in connection.execute("SELECT key FROM setting")}


def test_a_copy_holds_every_row_and_opens(district: Workspace) -> None:
    report = back_up(district)

    assert report.path.parent == backup_dir(district.database.path)
    assert report.size == report.path.stat().st_size > 0
    with connected(district.database.path) as live, connected(report.path) as copy:
        assert row_counts(live) == row_counts(copy)
        assert report.rows == sum(row_counts(copy).values())
        assert damage(copy) == []
    with open_database(report.path) as opened, opened.database.read() as session:
        assert session.get_one(Setting, "window.theme").value == "dark"
    assert str(report.path) in report.sentence()


def test_a_copy_of_a_database_in_use_holds_what_was_stored(district: Workspace) -> None:
    with district.database.write() as session:
        session.add(Setting(key="unfinished", value=1))
        session.flush()
        during = back_up(district).path
    after = back_up(district).path

    assert "unfinished" not in setting_keys(during)
    assert "unfinished" in setting_keys(after)


def test_a_copy_goes_to_a_named_file_or_a_folder(district: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "Флешка"
    stick.mkdir()

    assert back_up(district, stick / "копия.db").path == stick / "копия.db"
    in_folder = back_up(district, stick).path

    assert in_folder.parent == stick
    assert in_folder.name.startswith("opora_")
    assert not backup_dir(district.database.path).exists()


def test_an_existing_file_is_never_overwritten(district: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "письмо.docx"
    target.write_bytes(b"a letter")

    with pytest.raises(OutputError, match="уже есть"):
        back_up(district, target)

    assert target.read_bytes() == b"a letter"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("письмо")] == [target.name]


def test_a_copy_that_cannot_be_written_is_told(district: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="не записана") as caught:
        back_up(district, tmp_path / "нет такой папки" / "копия.db")

    assert "База не изменена" in caught.value.hint


def test_two_copies_of_one_second_have_two_names(district: Workspace) -> None:
    paths = {back_up(district).path for _ in range(3)}

    assert len(paths) == 3
    assert set(list_backups(district.database.path)) == paths


def test_the_last_copies_stay_and_other_files_are_left_alone(district: Workspace) -> None:
    database = district.database.path
    folder = backup_dir(database)
    folder.mkdir()
    old = [folder / f"opora_2024-01-{day:02}_10-00-00.db" for day in range(1, KEPT + 2)]
    others = [
        folder / "opora_2020-01-01_10-00-00_before-update-from-1.db",
        folder / "opora_моя.db",
        folder / "другая_2020-01-01_10-00-00.db",
    ]
    for path in [*old, *others]:
        path.write_bytes(b"")

    report = back_up(district)

    assert report.removed == (old[1], old[0])
    assert not report.stuck
    assert all(path.exists() for path in [*others, *old[2:]])
    assert list_backups(database) == (report.path, *reversed(old[2:]), others[0])
    assert "Удалено старых копий: 2" in report.sentence()


def test_a_copy_that_differs_is_thrown_away(
    district: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The control of the verification: a copy with a row less does not get its name."""
    live = district.database.path
    draft = tmp_path / "copy.db.new"

    def lose_a_row(path: Path) -> list[str]:
        with connected(draft) as connection:
            connection.execute("DELETE FROM setting WHERE key = 'window.theme'")
        return []

    monkeypatch.setattr("app.models.files.damage", lose_a_row)

    with pytest.raises(DatabaseError, match="число записей не совпало"):
        verified_copy(live, tmp_path / "copy.db")

    assert not list(tmp_path.glob("copy.db*"))


def test_a_damaged_database_gives_no_copy(district: Workspace) -> None:
    with district.database.write() as session:
        # The index then lacks the rows that its condition wants: integrity_check sees that alone.
        session.execute(text("PRAGMA writable_schema = ON"))
        session.execute(
            text(
                "UPDATE sqlite_master SET sql = replace(sql, 'current = 1', 'current = 0')"
                " WHERE name = 'uq_result_current'"
            )
        )
    district.database.close()

    with pytest.raises(DatabaseError, match="не прошла проверку"):
        back_up(district)

    assert list_backups(district.database.path) == ()


def test_a_name_that_tells_no_day_is_none_of_our_copies(district: Workspace) -> None:
    made = back_up(district).path
    strange = made.with_name(f"{district.database.path.stem}_2025-02-30_10-00-00.db")
    strange.write_bytes(b"somebody's own")

    assert list_backups(district.database.path) == (made,)
    assert [copy.path for copy in list_copies(district.database.path)] == [made]


def test_a_copy_taken_away_while_they_are_listed_is_left_out(
    district: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(district).path
    gone = Named(made.with_name("gone.db"), datetime(2025, 3, 1, tzinfo=UTC), "", 1)
    monkeypatch.setattr(contents, "named_copies", lambda _: (gone, *named_copies(_)))

    assert [copy.path for copy in list_copies(district.database.path)] == [made]
