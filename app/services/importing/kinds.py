"""What sort of finding it is, in words for a list of filters."""

from __future__ import annotations

from app.models.enums import Severity
from app.services.importing import checking, record_checks
from app.services.importing.plan import Finding

OTHER_ERRORS = "Прочие ошибки"
OTHER_WARNINGS = "Прочие предупреждения"


def finding_kind(finding: Finding) -> str:
    """Return the title of the control rule behind the finding, or a kind for all others."""
    rule = {**checking.rules(), **record_checks.rules()}.get(finding.rule)
    if rule is not None:
        return rule.title
    return OTHER_ERRORS if finding.severity is Severity.ERROR else OTHER_WARNINGS
