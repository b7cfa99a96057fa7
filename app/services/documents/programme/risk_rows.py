"""Risk factors by school as rows to print, from the face of the verb that keeps them."""

from __future__ import annotations

from app.services.documents.programme.facts import MatrixFacts
from app.services.support import RiskMatrix, risk_matrix, risk_years
from app.services.workspace import Workspace

PRIORITY, OTHER = "+", "–"
"""Chosen to be worked on; assessed, but not chosen (the signs of real programmes)."""


def risk_facts(workspace: Workspace, first_year: int, last_year: int) -> MatrixFacts:
    """Return the newest matrix of the programme's years, of the schools that anybody assessed."""
    years = [year for year in risk_years(workspace) if first_year <= year <= last_year]
    if not years:
        return MatrixFacts((), (), ())
    return matrix_facts(risk_matrix(workspace, years[0]))


def matrix_facts(matrix: RiskMatrix) -> MatrixFacts:
    """Return the matrix with «+» for priority factors and a dash for the other assessed ones."""
    assessed = {school for school, _ in matrix.cells}
    schools = [school for school in matrix.schools if school.id in assessed]
    marks = tuple(
        tuple(_mark(matrix, school.id, factor.key) for school in schools)
        for factor in matrix.factors
    )
    return MatrixFacts(
        tuple(factor.title for factor in matrix.factors),
        tuple(school.name for school in schools),
        marks,
    )


def _mark(matrix: RiskMatrix, school_id: int, factor: str) -> str:
    cell = matrix.cells.get((school_id, factor))
    if cell is None:
        return ""
    return PRIORITY if cell.mark.priority else OTHER
