"""Planning tables of documents: which column means what, headings, activities, their quantities."""

from app.services.importing.plans.columns import PlanHeader, find_plan_header, may_be_plan
from app.services.importing.plans.grid import Cells
from app.services.importing.plans.read import ReadPlan, read_plan

__all__ = ["Cells", "PlanHeader", "ReadPlan", "find_plan_header", "may_be_plan", "read_plan"]
