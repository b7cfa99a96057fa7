"""Cases of names, posts and organisations as papers need them: ``services.cases``."""

from app.services.cases import (
    organisation_genitive,
    person_accusative,
    person_dative,
    post_accusative,
)

__all__ = ["organisation_genitive", "person_accusative", "person_dative", "post_accusative"]
