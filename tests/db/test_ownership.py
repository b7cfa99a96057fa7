"""One owner per database file: the second start says who it is, a dead owner holds nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import DatabaseBusy, DatabaseError
from app.models import ownership
from app.models.opening import open_database
from app.models.ownership import Ownership, lock_path, read_owner
from tests.db.processes import other_owner, second_start


def test_a_second_start_says_in_russian_who_holds_the_database(database_path: Path) -> None:
    with open_database(database_path):
        second = second_start(database_path)

    assert second.returncode == 2
    assert "уже открыта другой копией программы" in second.stderr
    assert f"номер процесса {os.getpid()}" in second.stderr
    assert "закройте его и повторите запуск" in second.stderr


def test_after_closing_the_next_start_works(database_path: Path) -> None:
    open_database(database_path).close()

    assert second_start(database_path).returncode == 0


def test_a_second_opening_in_one_process_is_refused_too(database_path: Path) -> None:
    with open_database(database_path), pytest.raises(DatabaseBusy):
        open_database(database_path)


def test_the_refusal_leaves_the_name_of_the_owner(database_path: Path) -> None:
    with other_owner(database_path) as process:
        for _ in range(2):
            with pytest.raises(DatabaseBusy, match=f"номер процесса {process.pid}"):
                open_database(database_path)


def test_a_killed_owner_holds_nothing(database_path: Path) -> None:
    with other_owner(database_path) as process:
        process.kill()
        process.wait()
        owner = read_owner(database_path)
        assert owner is not None, "the dead owner's lock file is still there"
        assert owner.pid == process.pid

        with open_database(database_path):
            present = read_owner(database_path)

    assert present is not None
    assert present.pid == os.getpid()


def test_an_unreadable_lock_file_still_means_busy(database_path: Path) -> None:
    with open_database(database_path):
        lock_path(database_path).write_text("не номер", "utf-8")
        with pytest.raises(DatabaseBusy) as caught:
            open_database(database_path)

    assert caught.value.message.endswith("уже открыта другой копией программы.")


def test_releasing_twice_is_harmless(database_path: Path) -> None:
    first = Ownership(database_path)
    first.release()
    second = Ownership(database_path)
    first.release()

    with pytest.raises(DatabaseBusy):
        Ownership(database_path)
    second.release()


def test_a_folder_that_keeps_no_locks_is_told(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_descriptor: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(ownership, "_lock", no_locks)

    with pytest.raises(DatabaseError, match="не блокируется") as caught:
        open_database(database_path)
    assert not isinstance(caught.value, DatabaseBusy)
    assert "на локальный диск" in caught.value.hint


def test_a_lock_that_cannot_be_made_is_told(database_path: Path) -> None:
    lock_path(database_path).mkdir()

    with pytest.raises(DatabaseError, match="Не удалось занять базу"):
        open_database(database_path)
