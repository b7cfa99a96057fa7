"""The register of schools edited by hand: other names, codes, schools that work no more."""

from app.services.registry.editing import (
    CodeDetails,
    Ending,
    add_alias,
    add_code,
    change_code,
    end_school,
    remove_alias,
    remove_code,
    rename_alias,
    reopen_school,
)

__all__ = [
    "CodeDetails",
    "Ending",
    "add_alias",
    "add_code",
    "change_code",
    "end_school",
    "remove_alias",
    "remove_code",
    "rename_alias",
    "reopen_school",
]
