"""Undoing a load, also months later: what it replaced comes back where nothing newer stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.decisions import Decision
from app.models.enums import BatchStatus
from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.models.records import Record
from app.models.results import Assessment, ReferenceResult, Result, ResultPart
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolValue
from app.models.tables import Base
from app.services.changes import ChangeSet, Topic
from app.services.importing.applying import refresh_school
from app.services.importing.merging import add_up_again, hollow_results, merge_again
from app.services.importing.quarantine import undo_rows
from app.services.importing.undo_actions import staying
from app.services.journal import TakenBack, take_back_load
from app.services.roadmap import remove_loaded
from app.services.workspace import Workspace

_CHUNK = 5_000

_Observation = (
    type[Result] | type[ReferenceResult] | type[Record] | type[SchoolValue] | type[SchoolCode]
)

_OfSchool = type[Result] | type[Record] | type[SchoolValue] | type[SchoolCode] | type[SchoolAlias]

_TOPICS = (
    Topic.SCHOOLS,
    Topic.RESULTS,
    Topic.RECORDS,
    Topic.IMPORTS,
    Topic.ROADMAPS,
    Topic.INDICATORS,
    Topic.PROGRAMMES,
    Topic.SUPPORT,
    Topic.PEOPLE,
)

_BY_NAME = (Result, Record, SchoolValue, SchoolCode, SchoolAlias, Decision)
"""Tables whose rows about a school are looked at one by one when it is to be removed."""

_TITLES: dict[_Observation, str] = {
    Result: "результатов",
    ReferenceResult: "справочных строк",
    Record: "паспортов, списков и сравнений",
    SchoolValue: "сведений о школах",
    SchoolCode: "кодов школ",
}


@dataclass(frozen=True)
class UndoReport:
    """What undoing a load did.

    ``removed`` values of the load were taken out, ``restored`` earlier values came back,
    ``removed_schools`` names schools that only this load knew.  ``kept`` says in Russian what
    stayed, and why.
    """

    batch_id: int
    removed: int
    restored: int
    removed_schools: tuple[str, ...]
    kept: tuple[str, ...]
    changes: ChangeSet


def undo(workspace: Workspace, batch_id: int) -> UndoReport:
    """Take a load out of the data; its record, problems and archived files stay.

    Its rows in the quarantine close, and rows that it let in from there wait again.

    A value that a newer load has replaced leaves the history only; the newer value stays.  A
    school that the load created stays, with its sources, while anything else refers to it.
    Raises UserError when there is no such load or it is undone already.
    """
    with workspace.database.write() as session:
        batch = load_in_force(session, batch_id)
        report = Undoing(session, batch_id).run()
        undo_rows(session, batch)
        batch.status = BatchStatus.UNDONE
    return report


def load_in_force(session: Session, batch_id: int) -> ImportBatch:
    """Return a load that can be undone; UserError when there is none or it is undone already."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise UserError(f"Загрузки № {batch_id} нет в базе.", "Обновите список загрузок.")
    if batch.status is BatchStatus.UNDONE:
        raise UserError(f"Загрузка № {batch_id} уже отменена.", "Обновите список загрузок.")
    return batch


@dataclass
class Undoing:
    """One load being undone inside a write block."""

    session: Session
    batch: int
    kept: list[str] = field(default_factory=list)
    removed: int = 0
    restored: int = 0
    gone: frozenset[int] = frozenset()
    """This load and all that were undone before."""
    blocks: frozenset[int] = frozenset()
    """Blocks of this load."""
    taken: TakenBack = field(default_factory=TakenBack)
    """Rows of its tables of indicators and of support."""

    def run(self) -> UndoReport:
        """Take the load out and return what that did."""
        undone = select(ImportBatch.id).where(ImportBatch.status == BatchStatus.UNDONE)
        self.gone = frozenset({self.batch, *self.session.scalars(undone)})
        self.blocks = blocks_of(self.session, {self.batch})
        created = self._created_by(self.blocks)
        staying = {school for school in sorted(created) if self._stays(school)}
        touched = self._touched_fields()
        merged = self._merged_records()
        hollow = hollow_results(self.session, self.blocks)
        for table in _TITLES:
            self._take_out(table, staying, hollow)
        add_up_again(self.session, self.blocks)
        merge_again(self.session, merged)
        self._drop_aliases(staying)
        names = self._remove_schools((created - staying) | self._orphans())
        for school, fields in touched.items():
            if school not in created:
                refresh_school(self.session, school, fields)
        self._drop_empty_assessments()
        plans = remove_loaded(self.session, self.batch)
        self.removed += plans.activities
        self.kept.extend(plans.kept)
        self._take_back_actions()
        return UndoReport(
            self.batch,
            self.removed,
            self.restored,
            names,
            tuple(self.kept),
            ChangeSet.of(*_TOPICS),
        )

    def _take_back_actions(self) -> None:
        self.taken = take_back_load(self.session, self.batch)
        self.removed += self.taken.removed.total()
        self.restored += self.taken.restored.total()
        self.kept.extend(staying(self.taken))

    def _created_by(self, blocks: Collection[int]) -> set[int]:
        """Schools whose name was first observed in one of the blocks."""
        query = select(SchoolValue.school_id).where(
            SchoolValue.field == "short_name",
            SchoolValue.replaced_id.is_(None),
            SchoolValue.block_id.in_(blocks),
        )
        return set(self.session.scalars(query))

    def _orphans(self) -> set[int]:
        """Schools that outlived the undoing of their own load and lost their last user now."""
        earlier = self._created_by(blocks_of(self.session, self.gone - {self.batch}))
        return {school for school in earlier if not self._users(school)}

    def _merged_records(self) -> set[str]:
        """What the records of this load are about: newer ones may carry its figures along."""
        query = select(Record.identity).where(Record.block_id.in_(self.blocks))
        return set(self.session.scalars(query))

    def _touched_fields(self) -> dict[int, set[str]]:
        touched: dict[int, set[str]] = {}
        query = select(SchoolValue.school_id, SchoolValue.field).where(
            SchoolValue.block_id.in_(self.blocks)
        )
        for school, name in self.session.execute(query):
            touched.setdefault(school, set()).add(name)
        return touched

    def _stays(self, school: int) -> bool:
        """Something that is still in force refers to the school: then it stays, and why."""
        users = self._users(school)
        if not users:
            return False
        name = self.session.get_one(School, school).short_name
        self.kept.append(f"Школа «{name}» осталась: {', '.join(users)}.")
        return True

    def _users(self, school: int) -> list[str]:
        users = []
        others = self._other_batches(school, Result)
        if others:
            users.append(f"у неё есть результаты ({others})")
        others = self._other_batches(school, Record)
        if others:
            users.append(f"у неё есть паспорта, списки или сравнения ({others})")
        others = self._other_batches(school, SchoolValue, SchoolCode)
        if others:
            users.append(f"сведения о ней дополнены ({others})")
        decided = self.session.scalar(
            select(func.count()).select_from(Decision).where(Decision.school_id == school)
        )
        if decided:
            users.append("по ней приняты решения")
        if self._foreign_aliases(school):
            users.append("за ней закреплено название из другой загрузки")
        if self._referred(school):
            users.append("на неё ссылаются другие сведения программы")
        return users

    def _referred(self, school: int) -> bool:
        """Return whether a row of any other table names the school: removing it would fail."""
        return any(
            self.session.execute(select(column).where(column == school).limit(1)).first()
            for column in _references()
        )

    def _other_batches(self, school: int, *tables: _OfSchool) -> str:
        """Return the loads in force, and people, that said something of a school."""
        others = {batch for table in tables for batch in self._batches(table, school)} - self.gone
        return ", ".join(
            f"загрузка № {one}" if one else "введено вручную"
            for one in sorted(others, key=lambda one: one or 0)
        )

    def _batches(self, table: _OfSchool, school: int) -> set[int | None]:
        query = (
            select(ImportFile.batch_id)
            .select_from(table)
            .outerjoin(SourceBlock, SourceBlock.id == table.block_id)
            .outerjoin(ImportFile, ImportFile.id == SourceBlock.file_id)
            .where(table.school_id == school)
            .distinct()
        )
        return set(self.session.scalars(query))

    def _foreign_aliases(self, school: int) -> bool:
        return bool(self._batches(SchoolAlias, school) - self.gone)

    def _take_out(
        self, table: _Observation, staying: set[int], hollow: frozenset[int] = frozenset()
    ) -> None:
        """Remove the observations of the load and link the history around them.

        ``hollow`` are newer results that cannot stand without those of the load.
        """
        mine: list[ColumnElement[bool]] = [table.block_id.in_(self.blocks)]
        if table is Result:
            mine = [Result.block_id.in_(self.blocks) | Result.id.in_(hollow)]
            self._drop_parts(mine[0], hollow)
        if issubclass(table, (SchoolValue, SchoolCode)):
            mine.append(table.school_id.not_in(staying))
        rows = self.session.execute(select(table.id, table.current, table.replaced_id).where(*mine))
        replaced = {row.id: (row.current, row.replaced_id) for row in rows}
        before = {one: self._before(one, replaced) for one in replaced}
        covered = {one: before[one] for one, (now, _) in replaced.items() if not now}
        self._relink(table, covered, replaced.keys())
        self.session.execute(delete(table).where(*mine))
        back = [old for one, old in before.items() if replaced[one][0] and old is not None]
        for chunk in _chunks(back):
            self.session.execute(update(table).where(table.id.in_(chunk)).values(current=True))
        self.removed += len(replaced)
        self.restored += len(back)

    @staticmethod
    def _before(one: int, replaced: Mapping[int, tuple[bool, int | None]]) -> int | None:
        """Return what the load found: two of its own files may have said a value in turn."""
        old = replaced[one][1]
        while old is not None and old in replaced:
            old = replaced[old][1]
        return old

    def _drop_parts(self, mine: ColumnElement[bool], hollow: frozenset[int]) -> None:
        query = select(Result.id).where(mine)
        self.session.execute(delete(ResultPart).where(ResultPart.result_id.in_(query)))
        if hollow:
            self.kept.append(
                f"Вместе с протоколом уходят поправки по апелляциям (результатов: {len(hollow)}): "
                "без протокола они ничего не значат. Загрузите их снова вместе с ним."
            )

    def _relink(
        self, table: _Observation, covered: Mapping[int, int | None], own: Collection[int]
    ) -> None:
        """Newer observations stay; from now on they stand on what this load had replaced.

        ``own`` are all that go with the load: they are no newer ones.
        """
        batches: Counter[int | None] = Counter()
        for chunk in _chunks(list(covered)):
            query = (
                select(table.id, table.replaced_id, ImportFile.batch_id)
                .outerjoin(SourceBlock, SourceBlock.id == table.block_id)
                .outerjoin(ImportFile, ImportFile.id == SourceBlock.file_id)
                .where(table.replaced_id.in_(chunk))
            )
            for newer, under, newer_batch in self.session.execute(query).all():
                if newer in own:
                    continue
                below = covered[under or 0]
                self.session.execute(
                    update(table).where(table.id == newer).values(replaced_id=below)
                )
                batches[newer_batch] += 1
        for batch, count in batches.items():
            by = f"их обновила загрузка № {batch}" if batch else "их изменил человек"
            self.kept.append(
                f"Прежние значения не вернулись ({_TITLES[table]}: {count}): с тех пор {by}."
            )

    def _drop_aliases(self, staying: set[int]) -> None:
        mine = (SchoolAlias.block_id.in_(self.blocks), SchoolAlias.school_id.not_in(staying))
        self.removed += len(self.session.scalars(select(SchoolAlias.id).where(*mine)).all())
        self.session.execute(delete(SchoolAlias).where(*mine))

    def _remove_schools(self, schools: Collection[int]) -> tuple[str, ...]:
        names = tuple(self.session.get_one(School, one).short_name for one in sorted(schools))
        for table in (SchoolValue, SchoolCode, SchoolAlias):
            self.session.execute(delete(table).where(table.school_id.in_(schools)))
        self.session.execute(delete(School).where(School.id.in_(schools)))
        return names

    def _drop_empty_assessments(self) -> None:
        named = select(Record.assessment_id).where(Record.assessment_id.is_not(None))
        used = select(Result.assessment_id).union(select(ReferenceResult.assessment_id), named)
        self.session.execute(delete(Assessment).where(Assessment.id.not_in(used)))


@cache
def _references() -> tuple[ColumnElement[int], ...]:
    """Return the columns of all tables that point to a school, but those looked at by name."""
    named = {one.__tablename__ for one in _BY_NAME}
    return tuple(
        column
        for table in Base.metadata.sorted_tables
        if table.name not in named
        for column in table.columns
        if any(key.column.table.name == School.__tablename__ for key in column.foreign_keys)
    )


def blocks_of(session: Session, batches: Collection[int]) -> frozenset[int]:
    """Return the ids of the blocks of cells that the loads gave values of."""
    query = select(SourceBlock.id).join(ImportFile).where(ImportFile.batch_id.in_(batches))
    return frozenset(session.scalars(query))


def _chunks(identifiers: Sequence[int]) -> Iterator[Sequence[int]]:
    # SQLite takes 32,766 parameters in one statement.
    for start in range(0, len(identifiers), _CHUNK):
        yield identifiers[start : start + _CHUNK]
