"""Lets a name of a package's face be imported when it is asked for, not with all its neighbours.

The face of a verb (its ``__init__``) imports all that the verb can do, and that imports the faces
of other verbs: one command would run nearly every module of the program before its first step, and
a child process that needs one pure function would load the database.  Where a process asks for it,
the faces are only read: a name is imported from the module that the face has it from.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import sys
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_SERVICES = "app.services"

_Homes = dict[str, tuple[str, str]]
"""For each name of a face, the module that it is imported from and its name there."""


def read_lazily() -> None:
    """From now on run no face of a package of services, but for those that run already.

    A face that does more than import, or whose source is not there (a frozen program without it),
    runs as ever.  Only for a process of its own: the packages stay as they are made here.
    """
    services = importlib.import_module(_SERVICES)
    for found in pkgutil.iter_modules(services.__path__, f"{_SERVICES}."):
        if found.ispkg and found.name not in sys.modules:
            spec = importlib.util.find_spec(found.name)
            homes = None if spec is None else _homes(spec)
            if spec is not None and homes:
                sys.modules[found.name] = _Face(spec, homes)


def found_by_name(function: str) -> Any:
    """Return the function of this full name; no face of a package is run for it."""
    read_lazily()
    module, _, last = function.rpartition(".")
    return getattr(importlib.import_module(module), last)


class _Face(ModuleType):
    """A package whose names are imported one by one."""

    def __init__(self, spec: ModuleSpec, homes: _Homes) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec
        self.__loader__ = spec.loader
        self.__package__ = spec.name
        self.__file__ = spec.origin
        self.__path__ = spec.submodule_search_locations or []
        self.__dict__["_homes"] = homes

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__["_homes"]:
            raise AttributeError(f"{self.__name__} has no {name}")
        module, called = self.__dict__["_homes"][name]
        value = self.__dict__[name] = getattr(importlib.import_module(module), called)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # Importing a module hangs it into its package; a face that gives a function of that name
        # (``importing.undo``) goes on giving the function.
        if not (isinstance(value, ModuleType) and name in self.__dict__.get("_homes", ())):
            super().__setattr__(name, value)


def _homes(spec: ModuleSpec) -> _Homes | None:
    """Return where each name of a face is imported from; None where the face must be run."""
    if not isinstance(spec.loader, InspectLoader):
        return None
    homes: _Homes = {}
    for node in ast.parse(spec.loader.get_source(spec.name) or "").body:
        match node:
            case ast.ImportFrom(module=str(module), level=0) if module != spec.name:
                homes.update((one.asname or one.name, (module, one.name)) for one in node.names)
            case ast.Expr(value=ast.Constant()) | ast.Assign(targets=[ast.Name(id="__all__")]):
                pass
            case _:
                return None
    return homes
