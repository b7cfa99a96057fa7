"""Who sits at the workstation, as far as the system says."""

from __future__ import annotations

import getpass

_LONGEST = 100


def account() -> str | None:
    """Return the account of the workstation; None where the system names none."""
    try:
        return getpass.getuser()[:_LONGEST]
    except (OSError, KeyError, ImportError):
        # ImportError: on Windows without the variables of the environment; KeyError: no such user.
        return None
