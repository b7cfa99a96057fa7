"""The directory of people and organizations that others refer to, with the cases of names."""

from app.services.people.directory import (
    list_organizations,
    list_people,
    person,
    proposed_cases,
    proposed_name_cases,
    proposed_post_cases,
)
from app.services.people.editing import (
    delete,
    entered,
    entered_person,
    join,
    remember_spelling,
    replace,
    save_organization,
    save_person,
    where_used,
)
from app.services.people.keys import split_names
from app.services.people.resolving import resolve, sure_names
from app.services.people.types import (
    Forms,
    OrganizationForm,
    OrganizationRow,
    PersonForm,
    PersonRow,
    Proposal,
    Replaced,
    Resolved,
    Saved,
    Use,
    Who,
)

__all__ = [
    "Forms",
    "OrganizationForm",
    "OrganizationRow",
    "PersonForm",
    "PersonRow",
    "Proposal",
    "Replaced",
    "Resolved",
    "Saved",
    "Use",
    "Who",
    "delete",
    "entered",
    "entered_person",
    "join",
    "list_organizations",
    "list_people",
    "person",
    "proposed_cases",
    "proposed_name_cases",
    "proposed_post_cases",
    "remember_spelling",
    "replace",
    "resolve",
    "save_organization",
    "save_person",
    "split_names",
    "sure_names",
    "where_used",
]
