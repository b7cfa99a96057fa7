"""Programmes and their parts: goals, tasks, acts, stages, funding and the rest as data."""

from app.services.programmes.amounts import parse_amount
from app.services.programmes.checks import check_programme
from app.services.programmes.copying import copy_programme
from app.services.programmes.editing import (
    add_items,
    delete_items,
    delete_programme,
    move_item,
    save_item,
    save_programme,
)
from app.services.programmes.parts import Field, FieldType, Layout, Part, part, parts
from app.services.programmes.reading import (
    funding_totals,
    items,
    list_programmes,
    programme,
)
from app.services.programmes.types import (
    Approval,
    Copied,
    Finding,
    FundingTotal,
    ItemForm,
    ItemRow,
    ProgrammeForm,
    ProgrammeRow,
    Saved,
)

__all__ = [
    "Approval",
    "Copied",
    "Field",
    "FieldType",
    "Finding",
    "FundingTotal",
    "ItemForm",
    "ItemRow",
    "Layout",
    "Part",
    "ProgrammeForm",
    "ProgrammeRow",
    "Saved",
    "add_items",
    "check_programme",
    "copy_programme",
    "delete_items",
    "delete_programme",
    "funding_totals",
    "items",
    "list_programmes",
    "move_item",
    "parse_amount",
    "part",
    "parts",
    "programme",
    "save_item",
    "save_programme",
]
