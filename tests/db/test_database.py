"""Read and write blocks: all or nothing, one writer at a time, nothing stored by accident."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.errors import DatabaseError
from app.models.database import Database, DataState
from app.models.files import connected
from app.models.imports import ImportFile
from app.models.office import JournalEntry, Setting


def stored(database: Database) -> dict[str, object]:
    """Return all settings as stored."""
    with database.read() as session:
        return {row.key: row.value for row in session.query(Setting)}


class StopWork(Exception):  # noqa: N818
    """Stands for any failure inside a block."""


def test_a_block_stores_everything_at_its_end(database: Database) -> None:
    with database.write() as session:
        session.add(Setting(key="a", value=1))
        session.add(Setting(key="b", value="Два"))

    assert stored(database) == {"a": 1, "b": "Два"}


def test_a_failed_block_stores_nothing(database: Database) -> None:
    def work() -> None:
        with database.write() as session:
            session.add(Setting(key="a", value=1))
            session.flush()
            session.execute(text("UPDATE setting SET value = '2'"))
            raise StopWork

    with pytest.raises(StopWork):
        work()

    assert stored(database) == {}


def _breaks_a_reference(session: Session) -> None:
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    session.execute(text("UPDATE journal SET batch_id = 404"))


@contextmanager
def _nothing_else(_database: Database) -> Iterator[None]:
    yield


def _does_not_wait(session: Session) -> None:
    session.execute(text("PRAGMA busy_timeout = 0"))


@contextmanager
def _another_program_reads(database: Database) -> Iterator[None]:
    with connected(database.path) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM setting").fetchall()
        yield


@pytest.mark.parametrize(
    ("meanwhile", "harm", "error"),
    [
        (_nothing_else, _breaks_a_reference, IntegrityError),
        (_another_program_reads, _does_not_wait, DatabaseError),
    ],
)
def test_a_block_that_cannot_be_stored_leaves_nothing_behind(
    database: Database,
    meanwhile: Callable[[Database], AbstractContextManager[None]],
    harm: Callable[[Session], None],
    error: type[Exception],
) -> None:
    def work() -> None:
        with database.write() as session:
            session.add(JournalEntry(at=datetime.now(UTC), title="a", changes=[]))
            session.flush()
            harm(session)

    with meanwhile(database), pytest.raises(error):
        work()

    assert stored(database) == {}  # the very next block, on the same pooled connection
    with database.write() as session:
        session.add(Setting(key="a", value=1))
    assert stored(database) == {"a": 1}
    with database.read() as session:
        assert session.query(JournalEntry).count() == 0


def test_a_connection_that_cannot_be_cleaned_is_never_used_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(sqlite3.Connection):
        def rollback(self) -> None:
            if self.in_transaction:
                raise sqlite3.OperationalError("disk I/O error")

    def connect_broken(path: Path) -> sqlite3.Connection:
        monkeypatch.undo()
        return sqlite3.connect(path, isolation_level=None, factory=Broken)

    def work() -> None:
        with database.write() as session:
            session.add(JournalEntry(at=datetime.now(UTC), title="a", changes=[]))
            session.flush()
            _breaks_a_reference(session)

    monkeypatch.setattr("app.models.database.connect", connect_broken)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        work()

    assert stored(database) == {}


def test_an_error_inside_a_savepoint_leaves_the_rest_of_the_block(database: Database) -> None:
    with database.write() as session:
        session.add(Setting(key="before", value=1))
        with suppress(StopWork), session.begin_nested():
            session.add(Setting(key="inside", value=2))
            session.flush()
            raise StopWork
        session.add(Setting(key="after", value=3))

    assert stored(database) == {"before": 1, "after": 3}


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_a_block_ended_from_inside_is_refused_and_stores_nothing(
    database: Database, end: str
) -> None:
    def work() -> None:
        with database.write() as session:
            session.add(Setting(key="a", value=1))
            session.flush()
            getattr(session, end)()

    with pytest.raises(RuntimeError, match="a block"):
        work()

    assert stored(database) == {}


@pytest.mark.parametrize("outer", ["read", "write"])
def test_a_write_block_inside_another_block_is_refused_at_once(
    database: Database, outer: str
) -> None:
    block = database.read if outer == "read" else database.write

    with block(), pytest.raises(RuntimeError, match=f"inside a {outer} block"), database.write():
        pass

    with database.write() as session:  # the refusal left nothing locked
        session.add(Setting(key="a", value=1))
    assert stored(database) == {"a": 1}


def test_a_read_block_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"), database.read() as session:
        session.execute(text("INSERT INTO setting VALUES ('a', '1')"))

    with database.write() as session:  # the same pooled connection may write again
        session.add(Setting(key="a", value=1))
    assert stored(database) == {"a": 1}


def test_a_read_block_sees_one_state_while_another_thread_writes(database: Database) -> None:
    with ThreadPoolExecutor(1) as pool, database.write() as session:
        session.add(Setting(key="a", value=1))
        session.flush()
        assert pool.submit(stored, database).result() == {}

    assert stored(database) == {"a": 1}


def test_write_blocks_of_threads_wait_for_each_other(database: Database) -> None:
    steps: list[str] = []
    first_is_inside = threading.Event()

    def first() -> None:
        with database.write() as session:
            steps.append("first begins")
            first_is_inside.set()
            session.add(Setting(key="a", value=1))
            session.flush()
            steps.append("first ends")

    def second() -> None:
        first_is_inside.wait()
        with database.write() as session:
            steps.append("second begins")
            session.get_one(Setting, "a").value = 2

    _run(first, second)

    assert steps == ["first begins", "first ends", "second begins"]
    assert stored(database) == {"a": 2}


def test_a_commit_waits_for_readers_and_new_readers_wait_for_it(database: Database) -> None:
    reader_is_inside, writer_is_ready = threading.Event(), threading.Event()

    def reader() -> None:
        with database.read() as session:
            assert session.query(Setting).count() == 0
            reader_is_inside.set()
            writer_is_ready.wait()
            assert session.query(Setting).count() == 0

    def writer() -> None:
        reader_is_inside.wait()
        with database.write() as session:
            session.add(Setting(key="a", value=1))
            session.flush()
            writer_is_ready.set()

    _run(reader, writer)

    assert stored(database) == {"a": 1}


def test_many_threads_lose_no_write(database: Database) -> None:
    with database.write() as session:
        session.add(Setting(key="sum", value=0))

    def add() -> None:
        for _ in range(5):
            with database.write() as session:
                row = session.get_one(Setting, "sum")
                row.value = row.value + 1

    _run(*[add] * 4)

    assert stored(database) == {"sum": 20}


def test_foreign_keys_are_watched(database: Database) -> None:
    orphan = {"batch_id": 99, "path": "x", "sha256": "0", "size": 0, "status": "imported"}

    with pytest.raises(IntegrityError), database.write() as session:
        session.add(ImportFile(**orphan))


def test_a_full_disk_is_told_in_russian_and_stores_nothing(database: Database) -> None:
    def fill() -> None:
        with database.write() as session:
            session.execute(text("PRAGMA max_page_count = 1"))  # SQLite's own "disk is full"
            session.add(Setting(key="big", value="х" * 1_000_000))

    with pytest.raises(DatabaseError, match="нет места") as caught:
        fill()

    assert "Освободите место" in caught.value.hint
    assert stored(database) == {}


def test_a_vanished_file_is_told_in_russian_and_not_made_anew(database: Database) -> None:
    database.close()  # drops the pooled connections
    database.path.unlink()

    with pytest.raises(DatabaseError, match="не открывается"), database.read():
        pass

    assert not database.path.exists()


def _run(*work: Callable[[], None]) -> None:
    with ThreadPoolExecutor(len(work)) as pool:
        for future in [pool.submit(one) for one in work]:
            future.result()


def state(database: Database) -> DataState:
    with database.read() as session:
        return database.state(session)


def test_the_state_of_the_data_stays_while_nobody_stores(database: Database) -> None:
    before = state(database)
    with suppress(StopWork), database.write() as session:
        session.add(Setting(key="a", value=1))
        session.flush()
        raise StopWork
    assert state(database) == before
    with database.write() as session:
        assert database.state(session) == before


def test_the_state_changes_with_what_this_process_stores(database: Database) -> None:
    before = state(database)
    with database.write() as session:
        session.add(Setting(key="a", value=1))
    assert state(database) != before


def test_the_state_changes_with_what_another_program_stores(database: Database) -> None:
    before = state(database)
    with connected(database.path) as other:
        other.execute("UPDATE setting SET value = '2'")
        other.execute("INSERT INTO setting (key, value) VALUES ('b', '1')")
    assert state(database) != before


def test_states_of_two_connections_are_never_equal(database: Database) -> None:
    with database.read() as session:
        before = database.state(session)
        with ThreadPoolExecutor(1) as other:
            assert other.submit(state, database).result() != before
