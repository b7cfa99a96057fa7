"""Start of the program: child processes first, then logging, the crash hook and bootstrap."""

from __future__ import annotations

import logging
import multiprocessing
import sys

from app import bootstrap, logs, paths

_LOG = logging.getLogger("app")
_FAILED = 2


def main() -> int:
    """Run the program and return its exit code; a bug of ours is logged and told, never shown."""
    _start_log()
    try:
        return bootstrap.start(sys.argv[1:])
    except Exception:  # noqa: BLE001 - the crash hook: the last place that can tell the person
        _LOG.critical("the program failed", exc_info=True)
        sys.stderr.write(
            "Внутренняя ошибка программы: команда не выполнена, записанное раньше цело.\n"
            f"Подробности для разработчиков: {paths.log_dir() / 'opora.log'}\n"
        )
        return _FAILED


def _start_log() -> None:
    """Logging must not stop the work: a data folder that cannot be written is told and passed."""
    logging.raiseExceptions = False  # a full disk must not print a traceback for every line
    try:
        logs.set_up(paths.log_dir())
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"Журнал работы не ведётся: {error}\n")


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
