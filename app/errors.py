"""The two kinds of failure: what a person can mend, and our own bugs.

Everything that the user or the environment can mend is a :class:`UserError`: a Russian sentence
that says what happened and a next step.  Anything else that escapes is a bug and reaches the crash
hook with its traceback in the log.
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "такого файла или папки нет",
    errno.EACCES: "нет права доступа, или файл занят другой программой",
    errno.EPERM: "нет права доступа",
    errno.EEXIST: "там уже лежит файл с таким именем",
    errno.EISDIR: "это папка, а не файл",
    errno.ENOTDIR: "часть пути – не папка",
    errno.ENOSPC: "на диске нет места",
    errno.EROFS: "диск защищён от записи",
    errno.ENAMETOOLONG: "имя слишком длинное",
    errno.EIO: "диск не читается или не пишется",
}


class UserError(Exception):
    """A failure that a person can mend.

    ``message`` says what happened, ``hint`` what to do next; both are whole Russian sentences.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Cancelled(Exception):  # noqa: N818 - a request of the user, not an error
    """The user asked a running task to stop; nothing of it was stored."""


class DatabaseError(UserError):
    """The database file cannot be used as it is."""


class DatabaseDamaged(DatabaseError):  # noqa: N818 - as below
    """What the file holds cannot be read any more; a backup can take its place."""


class DatabaseBusy(DatabaseError):  # noqa: N818 - a state of the file, told as a sentence
    """Another running copy of the program owns the database file."""


class DatabaseTooNew(DatabaseError):  # noqa: N818 - as above
    """The file was written by a newer version of the program; it is left untouched."""


class ResourceError(UserError):
    """A file of the program itself (methodology, font, text) is missing or broken."""


class OutputError(UserError):
    """A document or export could not be written; an older file of that name is untouched."""


def reason(error: OSError) -> str:
    """Return why the system refused, in Russian; on Linux it says so in English itself."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
