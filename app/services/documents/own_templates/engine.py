"""The half of templates that needs python-docx, imported when the first template is worked on."""

from __future__ import annotations

from app.services.documents.own_templates.package import open_template
from app.services.documents.own_templates.tags import elsewhere, tags_of
from app.services.documents.own_templates.types import Filled, TemplateReport, Values


def report_of(kind: str, body: bytes, name: str) -> TemplateReport:
    """Return the tags and faults of a file; UserError for a file that is no safe template."""
    # Late: python-docx and lxml are needed only when a Word file is worked on.
    from app.services.documents.own_templates.checking import check

    tags = tags_of(kind)
    return check(open_template(body, name), tags, elsewhere(kind))


def filled(body: bytes, name: str, values: Values) -> Filled:
    """Return the template with its tags filled."""
    # Late: as above.
    from app.services.documents.own_templates.filling import fill

    return fill(open_template(body, name), values)


def example_of(kind: str) -> bytes:
    """Return a working template of a kind to begin with."""
    # Late: as above.
    from app.services.documents.own_templates.example import example

    return example(kind)
