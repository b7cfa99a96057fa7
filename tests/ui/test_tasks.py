"""The workers: every outcome arrives once, in the thread of the window, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.services.progress import Progress
from app.ui.tasks import Task, Tasks
from tests.ui.conftest import PATIENCE

MANY = 3_000


class Listener(QObject):
    """Collects what arrives, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.threads: set[threading.Thread] = set()

    def take(self, value: object = None) -> None:
        self.values.append(value)
        self.threads.add(threading.current_thread())


def fail(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def wait_for(gate: threading.Event, progress: Progress) -> str:
    assert gate.wait(10)
    progress.check()
    return "done"


def test_no_result_is_lost_and_all_arrive_in_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    listener = Listener()
    for number in range(MANY):
        tasks.database.call("счёт", int, number).done.connect(listener.take)
    qtbot.waitUntil(lambda: not tasks.open_tasks(), timeout=30_000)
    assert listener.values == list(range(MANY))
    assert listener.threads == {threading.main_thread()}


def test_work_runs_in_threads_of_its_own(tasks: Tasks, qtbot: QtBot) -> None:
    found = []
    for runner in (tasks.database, tasks.files):
        task = runner.call("кто", threading.current_thread)
        with qtbot.waitSignal(task.done) as done:
            pass
        found.append(done.args[0].name)
    assert found == ["opora-database", "opora-files"]


def test_a_failure_that_a_person_can_mend_is_told(tasks: Tasks, qtbot: QtBot) -> None:
    error = UserError("Файл занят.", "Закройте его.")
    listener = Listener()
    tasks.files.user_error.connect(listener.take)
    task = tasks.files.call("чтение", fail(error))
    with qtbot.waitSignal(task.failed) as failed:
        pass
    assert failed.args == [error]
    assert listener.values == [error]


def test_a_quiet_task_leaves_telling_to_its_page(tasks: Tasks, qtbot: QtBot) -> None:
    task = tasks.files.call("чтение", fail(UserError("Нет.")), quiet=True)
    with qtbot.assertNotEmitted(tasks.files.user_error), qtbot.waitSignal(task.failed):
        pass


@pytest.mark.expects_log("app.ui.tasks.runner")
def test_a_bug_is_logged_and_does_not_end_the_worker(tasks: Tasks, qtbot: QtBot) -> None:
    task = tasks.database.call("ошибка", fail(ZeroDivisionError()))
    with qtbot.waitSignals([tasks.database.bug, task.failed]):
        pass
    with qtbot.waitSignal(tasks.database.call("дальше", int, 7).done) as done:
        pass
    assert done.args == [7]


def test_cancelling_stops_at_the_next_check(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    task = tasks.files.call_long("долго", wait_for, gate)
    task.cancel()
    with qtbot.waitSignal(task.cancelled), qtbot.assertNotEmitted(task.done):
        gate.set()


def test_an_abandoned_task_says_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    task = tasks.files.call_long("долго", wait_for, gate)
    task.abandon()
    with (
        qtbot.assertNotEmitted(task.done),
        qtbot.assertNotEmitted(task.cancelled),
        qtbot.waitSignal(tasks.files.finished),
    ):
        gate.set()


def test_progress_reaches_the_window_and_the_last_step_always_does(
    tasks: Tasks, qtbot: QtBot
) -> None:
    def work(progress: Progress) -> None:
        for step in range(1, 101):
            progress.report(step, 100, f"шаг {step}")

    listener: list[tuple[int, int, str]] = []
    task = tasks.files.call_long("шаги", work)
    task.progressed.connect(lambda *step: listener.append(step))
    with qtbot.waitSignal(task.done):
        pass
    assert listener[-1] == (100, 100, "шаг 100")
    assert len(listener) < 100


def test_stopping_waits_for_the_running_step(qapp: QObject) -> None:
    tasks = Tasks()
    begun, over = threading.Event(), threading.Event()
    queued: SimpleQueue[Task] = SimpleQueue()

    def write() -> None:
        begun.set()
        assert queued.get().stop.wait(PATIENCE / 1000)  # the window closes meanwhile
        over.set()

    queued.put(tasks.database.call("запись", write))
    assert begun.wait(PATIENCE / 1000)
    assert tasks.stop()
    assert over.is_set()
