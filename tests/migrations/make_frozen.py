"""For developers: freezes a populated database of the newest schema for all tests to come.

``python -m tests.migrations.make_frozen`` once before a release (and again whenever the first step
is made anew before the first one); a file frozen by a release is never made again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from app.models.files import verified_copy
from app.models.migrations import head
from app.models.opening import open_database
from tests.migrations.populate import populate

FROZEN = Path(__file__).resolve().parent / "frozen"


def main() -> int:
    """Write the file of the newest schema and print its path."""
    target = FROZEN / f"{head():04d}.db"
    with TemporaryDirectory() as folder:
        made = Path(folder, "made.db")
        with open_database(made) as opened, opened.database.write() as session:
            populate(session)
        FROZEN.mkdir(exist_ok=True)
        target.unlink(missing_ok=True)
        verified_copy(made, target)
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
