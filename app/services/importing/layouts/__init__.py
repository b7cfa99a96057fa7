"""Layouts: one small module per kind of file that a district receives.

A layout is a module with a ``LAYOUT`` of the type ``Layout``; adding one is that module, a line in
``ALL`` and its test.
"""

from __future__ import annotations

from app.services.importing.grid import Sheet
from app.services.importing.layouts import (
    bias_list,
    ege_protocol,
    fisoko_individual,
    fisoko_marks,
    gia_marks,
    gve_protocol,
    indicators,
    journal_comparison,
    monitoring,
    oge_appeals,
    oge_protocol,
    oge_schools,
    own_form,
    planned_results,
    rcoi_summary,
    ready_isb,
    region_list,
    regional_flat,
    register,
    roadmap,
    score_distribution,
    social_passport_form,
    social_passport_table,
    staff_table,
    statistical_form,
    success_rates,
    support,
    task_results,
    vpr_dynamics,
    vpr_raw,
)
from app.services.importing.layouts.contract import Layout

ALL: tuple[Layout, ...] = (
    own_form.LAYOUT,
    register.LAYOUT,
    fisoko_marks.LAYOUT,
    gia_marks.LAYOUT,
    oge_protocol.LAYOUT,
    ege_protocol.LAYOUT,
    regional_flat.LAYOUT,
    rcoi_summary.LAYOUT,
    success_rates.LAYOUT,
    oge_schools.LAYOUT,
    fisoko_individual.LAYOUT,
    vpr_raw.LAYOUT,
    vpr_raw.MARKED,
    journal_comparison.LAYOUT,
    bias_list.LAYOUT,
    social_passport_table.LAYOUT,
    staff_table.LAYOUT,
    social_passport_form.LAYOUT,
    score_distribution.LAYOUT,
    task_results.LAYOUT,
    vpr_dynamics.LAYOUT,
    ready_isb.LAYOUT,
    region_list.LAYOUT,
    planned_results.LAYOUT,
    statistical_form.LAYOUT,
    indicators.LAYOUT,
    monitoring.LAYOUT,
    roadmap.LAYOUT,
    support.LAYOUT,
    oge_appeals.LAYOUT,
    gve_protocol.LAYOUT,
)
"""Every kind of sheet that the program knows; the more certain one wins, then the earlier."""

_SURE_ENOUGH = 0.5


def best_layout(sheet: Sheet) -> tuple[Layout, float] | None:
    """Return the layout that recognises the sheet best and its confidence, or None."""
    bounds = [layout.at_most(sheet) for layout in ALL]
    # The surest first: the sooner the winner is known, the fewer have to look at the sheet.
    order = sorted(range(len(ALL)), key=lambda index: (-bounds[index], index))
    best = (0.0, 0)
    for index in order:
        if (bounds[index], -index) > best:
            best = max(best, (ALL[index].recognise(sheet), -index))
    return (ALL[-best[1]], best[0]) if best[0] >= _SURE_ENOUGH else None


__all__ = ["ALL", "Layout", "best_layout"]
