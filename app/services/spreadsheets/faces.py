"""Finds a function without running the faces of the packages on the way to it.

The face of a verb imports all that the verb can do, the database too.  A child process that needs
one pure function must start quickly and stay small: there the packages are known, but their faces
are not run; a name of a face is imported from where the face has it when it is asked for.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import sys
from functools import lru_cache
from importlib.abc import InspectLoader
from typing import Any


def found_by_name(function: str, folder: str) -> Any:
    """Return the function of this full name; no face of a package in ``folder`` is run.

    Only for a process of its own: the packages stay as they are made here.
    """
    for found in pkgutil.iter_modules(importlib.import_module(folder).__path__, f"{folder}."):
        if found.ispkg and found.name not in sys.modules:
            _make_known(found.name)
    module, _, last = function.rpartition(".")
    return getattr(importlib.import_module(module), last)


def _make_known(package: str) -> None:
    """Put a package among the modules whose names are imported one by one."""
    spec = importlib.util.find_spec(package)
    if spec is None or not isinstance(spec.loader, InspectLoader):
        raise ModuleNotFoundError(package)
    module = importlib.util.module_from_spec(spec)
    loader = spec.loader

    @lru_cache(maxsize=1)
    def homes() -> dict[str, str]:
        return _homes(loader.get_source(package) or "")

    def look_up(name: str) -> Any:
        if name.startswith("__") or name not in homes():
            raise AttributeError(f"{package} has no {name}")
        return getattr(importlib.import_module(homes()[name]), name)

    module.__dict__["__getattr__"] = look_up
    sys.modules[package] = module


def _homes(source: str) -> dict[str, str]:
    """Return which module each name of a face is imported from."""
    return {
        alias.asname or alias.name: node.module
        for node in ast.parse(source).body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
