"""Indicators of programmes: their tree and values, formulas over the data, checks, files."""

from app.services.indicators.checks import check_table, direction, is_share
from app.services.indicators.editing import (
    add_indicator,
    edit,
    move,
    new_programme,
    remove,
    set_goal,
)
from app.services.indicators.export import export_rows, programme_json, table_lines
from app.services.indicators.files import write_indicators
from app.services.indicators.formulas import formula, formulas, likely_direction
from app.services.indicators.numbers import Parsed, parse, written
from app.services.indicators.periods import (
    Slot,
    ordered,
    period_title,
    read_period,
    slot_title,
    year_of,
)
from app.services.indicators.proposals import accept, accept_all, compute, proposals
from app.services.indicators.queries import GOAL_PART, indicator_table, programmes
from app.services.indicators.reading.draft import Draft, DraftRow, read_draft
from app.services.indicators.reading.grid import Grid, GridCell, plain_grid
from app.services.indicators.reading.sheets import drafts_of, grid_of, read_file, read_years
from app.services.indicators.reading.storing import StoredTable, store_draft
from app.services.indicators.types import (
    Added,
    Behind,
    Computed,
    Edit,
    FieldEdit,
    Finding,
    FindingKind,
    FormulaInfo,
    GoalRow,
    IndicatorRow,
    IndicatorTable,
    ProgrammeChoice,
    Proposal,
    ProposalState,
    Value,
    ValueEdit,
)

__all__ = [
    "GOAL_PART",
    "Added",
    "Behind",
    "Computed",
    "Draft",
    "DraftRow",
    "Edit",
    "FieldEdit",
    "Finding",
    "FindingKind",
    "FormulaInfo",
    "GoalRow",
    "Grid",
    "GridCell",
    "IndicatorRow",
    "IndicatorTable",
    "Parsed",
    "ProgrammeChoice",
    "Proposal",
    "ProposalState",
    "Slot",
    "StoredTable",
    "Value",
    "ValueEdit",
    "accept",
    "accept_all",
    "add_indicator",
    "check_table",
    "compute",
    "direction",
    "drafts_of",
    "edit",
    "export_rows",
    "formula",
    "formulas",
    "grid_of",
    "indicator_table",
    "is_share",
    "likely_direction",
    "move",
    "new_programme",
    "ordered",
    "parse",
    "period_title",
    "plain_grid",
    "programme_json",
    "programmes",
    "proposals",
    "read_draft",
    "read_file",
    "read_period",
    "read_years",
    "remove",
    "set_goal",
    "slot_title",
    "store_draft",
    "table_lines",
    "write_indicators",
    "written",
    "year_of",
]
