"""All pictures of the program, in the order of their names."""

from __future__ import annotations

from app.ui.frame_screens import SCREENS as FRAME
from app.ui.pages.backups.screens import SCREENS as BACKUPS
from app.ui.pages.builder.screens import SCREENS as BUILDER
from app.ui.pages.classification.screens import SCREENS as CLASSIFICATION
from app.ui.pages.cycle.screens import SCREENS as CYCLE
from app.ui.pages.documents.screens import SCREENS as DOCUMENTS
from app.ui.pages.forms.screens import SCREENS as FORMS
from app.ui.pages.importing.screens import SCREENS as IMPORTING
from app.ui.pages.indicators.screens import SCREENS as INDICATORS
from app.ui.pages.mapping.screens import SCREENS as MAPPING
from app.ui.pages.methodology.screens import SCREENS as METHODOLOGY
from app.ui.pages.programmes.screens import SCREENS as PROGRAMMES
from app.ui.pages.quarantine.screens import SCREENS as QUARANTINE
from app.ui.pages.results.screens import SCREENS as RESULTS
from app.ui.pages.risks.screens import SCREENS as RISKS
from app.ui.pages.roadmap.screens import SCREENS as ROADMAP
from app.ui.pages.scales.screens import SCREENS as SCALES
from app.ui.pages.schools.screens import SCREENS as SCHOOLS
from app.ui.pages.support.screens import SCREENS as SUPPORT
from app.ui.pages.templates.screens import SCREENS as TEMPLATES
from app.ui.pages.today.screens import SCREENS as TODAY
from app.ui.screen import Screen

SCREENS: tuple[Screen, ...] = tuple(
    sorted(
        (
            *SCALES,
            *SCHOOLS,
            *CLASSIFICATION,
            *RESULTS,
            *RISKS,
            *ROADMAP,
            *SUPPORT,
            *CYCLE,
            *PROGRAMMES,
            *IMPORTING,
            *INDICATORS,
            *MAPPING,
            *QUARANTINE,
            *DOCUMENTS,
            *BACKUPS,
            *BUILDER,
            *METHODOLOGY,
            *FORMS,
            *TEMPLATES,
            *TODAY,
            *FRAME,
        )
    )
)
