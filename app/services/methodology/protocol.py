"""The protocol of decisions: who decided what of which school, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models.decisions import Decision, Methodology
from app.models.enums import Basis, Category
from app.models.schools import School
from app.services.methodology.explain import tells_no_data
from app.services.methodology.types import NO_DATA
from app.services.workspace import Workspace

BASIS_TITLES = {
    Basis.COMPUTED: "подтверждён расчёт",
    Basis.REGION: "перечень региона",
    Basis.MANUAL: "решение специалиста",
}


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One decision, in force or replaced by a later one."""

    decision_id: int
    school: str
    year: int
    category: Category
    computed: Category
    computed_reason: str
    basis: Basis
    reason: str
    methodology: str
    decided_at: datetime
    decided_by: str | None
    current: bool

    @property
    def basis_title(self) -> str:
        """The basis in Russian."""
        return BASIS_TITLES[self.basis]

    @property
    def computed_word(self) -> str:
        """The computed category in a word; «нет данных» where the person saw no results."""
        return NO_DATA if tells_no_data(self.computed_reason) else self.computed.value

    @property
    def disagrees(self) -> bool:
        """Whether the decision departs from what was computed at that moment."""
        return self.category is not self.computed


def protocol(workspace: Workspace, year: int) -> tuple[ProtocolRow, ...]:
    """Return every decision about a year, the newest first; withdrawn ones stay in it."""
    query = (
        select(Decision, School.short_name, Methodology.title, Methodology.version)
        .join(School, School.id == Decision.school_id)
        .join(Methodology, Methodology.id == Decision.methodology_id)
        .where(Decision.year == year)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )
    with workspace.database.read() as session:
        return tuple(
            _row(decision, school, f"{title}, версия {version}")
            for decision, school, title, version in session.execute(query)
        )


def _row(decision: Decision, school: str, methodology: str) -> ProtocolRow:
    return ProtocolRow(
        decision.id,
        school,
        decision.year,
        decision.category,
        decision.computed_category,
        decision.computed_reason,
        decision.basis,
        decision.reason,
        methodology,
        decision.decided_at,
        decision.decided_by,
        decision.current,
    )
