"""Roadmaps of a programme: activities with deadlines, those who answer, results and years."""

from app.services.roadmap.activities import (
    add_activities,
    add_activity,
    edit_activities,
    set_reminder,
    set_schools,
    set_status,
    set_year,
)
from app.services.roadmap.copying import Links, copy_lines, shifted, years_named
from app.services.roadmap.editing import (
    add_group,
    create_roadmap,
    delete_lines,
    delete_roadmap,
    edit_group,
    edit_roadmap,
)
from app.services.roadmap.export import export_roadmaps
from app.services.roadmap.library import (
    Measure,
    activity_of,
    cycle_sections,
    delete_measure,
    keep_measures,
    measures,
    shipped_measures,
)
from app.services.roadmap.loading import (
    Removed,
    remove_loaded,
    same_plan,
    store_plan,
    stored_plans,
)
from app.services.roadmap.moving import move_lines, number_lines, set_after
from app.services.roadmap.quantities import Quantity, parse_quantity
from app.services.roadmap.queries import is_overdue, list_roadmaps, open_roadmap, status_counts
from app.services.roadmap.renewing import renew_roadmap, renew_roadmaps, renewal_shift
from app.services.roadmap.responsible import names_of, unknown_names
from app.services.roadmap.sources import WHOLE_ROW, sources
from app.services.roadmap.states import proposed_state, proposed_states
from app.services.roadmap.terms import Term, TermState, Years, parse_term, split_term
from app.services.roadmap.traces import roadmaps_are_gone
from app.services.roadmap.types import (
    ActivityRow,
    Done,
    GroupRow,
    Line,
    LineKey,
    RoadmapForm,
    RoadmapInfo,
    RoadmapView,
    YearCell,
)

__all__ = [
    "WHOLE_ROW",
    "ActivityRow",
    "Done",
    "GroupRow",
    "Line",
    "LineKey",
    "Links",
    "Measure",
    "Quantity",
    "Removed",
    "RoadmapForm",
    "RoadmapInfo",
    "RoadmapView",
    "Term",
    "TermState",
    "YearCell",
    "Years",
    "activity_of",
    "add_activities",
    "add_activity",
    "add_group",
    "copy_lines",
    "create_roadmap",
    "cycle_sections",
    "delete_lines",
    "delete_measure",
    "delete_roadmap",
    "edit_activities",
    "edit_group",
    "edit_roadmap",
    "export_roadmaps",
    "is_overdue",
    "keep_measures",
    "list_roadmaps",
    "measures",
    "move_lines",
    "names_of",
    "number_lines",
    "open_roadmap",
    "parse_quantity",
    "parse_term",
    "proposed_state",
    "proposed_states",
    "remove_loaded",
    "renew_roadmap",
    "renew_roadmaps",
    "renewal_shift",
    "roadmaps_are_gone",
    "same_plan",
    "set_after",
    "set_reminder",
    "set_schools",
    "set_status",
    "set_year",
    "shifted",
    "shipped_measures",
    "sources",
    "split_term",
    "status_counts",
    "store_plan",
    "stored_plans",
    "unknown_names",
    "years_named",
]
