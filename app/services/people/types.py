"""Frozen types of the directory: who is in it, where somebody is used, what a name may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.enums import OrganizationKind
from app.services.changes import ChangeSet

Forms = Mapping[str, str]
"""Cases of one phrase by ``services.cases.Case``: ``{"genitive": "Управления образования"}``."""


@dataclass(frozen=True, slots=True)
class Who:
    """An entry of the directory that something refers to; exactly one of the ids is set.

    ``school_id`` stands for a school of the register that nothing refers to yet: it is entered as
    an organization when it is first used (``entered``).
    """

    title: str
    organization_id: int | None = None
    person_id: int | None = None
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organization of the directory.

    Schools of the register are here by themselves; one that nothing refers to yet has no ``id``.
    """

    id: int | None
    kind: OrganizationKind
    name: str
    short_name: str = ""
    spellings: tuple[str, ...] = ()
    cases: Forms = field(default_factory=dict)
    """Accepted or corrected by a person; proposals come from ``proposed_cases``."""
    contacts: str = ""
    school_id: int | None = None
    uses: int = 0
    """In how many rows it is used."""

    @property
    def title(self) -> str:
        """The shortest name that people know it by."""
        return self.short_name or self.name

    @property
    def who(self) -> Who:
        """The entry as others refer to it."""
        school = self.school_id if self.id is None else None
        return Who(self.title, organization_id=self.id, school_id=school)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the directory; never a pupil or a parent."""

    id: int
    name: str
    post: str
    organization_id: int | None
    organization: str
    spellings: tuple[str, ...]
    name_cases: Forms
    post_cases: Forms
    contacts: str
    active: bool
    uses: int = 0

    @property
    def who(self) -> Who:
        """The entry as others refer to it."""
        return Who(self.name, person_id=self.id)


@dataclass(frozen=True, slots=True)
class OrganizationForm:
    """What a person enters of an organization."""

    name: str
    kind: OrganizationKind = OrganizationKind.OTHER
    short_name: str = ""
    cases: Forms = field(default_factory=dict)
    contacts: str = ""


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What a person enters of somebody; ``organization`` None where it is not known."""

    name: str
    post: str = ""
    organization: Who | None = None
    name_cases: Forms = field(default_factory=dict)
    post_cases: Forms = field(default_factory=dict)
    contacts: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """The id of a stored row and what storing it changed."""

    id: int
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Use:
    """One place where an entry of the directory is used.

    ``kept`` marks papers: they are never rewritten, so replacing somebody leaves them as they are.
    """

    place: str
    """Russian: «куратор школы «…», приказ № 5»."""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """What replacing somebody did: in how many rows, and where the old name stays, and why."""

    rows: int
    kept: tuple[Use, ...]
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom a written name may mean, how likely (0-100) and why, in Russian."""

    who: Who
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a written name means: surely ``who``, or one of the proposals, or nobody known."""

    name: str
    who: Who | None = None
    proposals: tuple[Proposal, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nobody of the directory is even like it."""
        return self.who is None and not self.proposals
