"""A small populated database with something in every table; every name in it is imaginary."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.models.decisions import Decision, Methodology
from app.models.enums import (
    AssessmentKind,
    Basis,
    BatchStatus,
    Category,
    CodeSystem,
    CountsOrigin,
    DaysAnswer,
    DocumentStatus,
    FileStatus,
    PartKind,
    QuarantineState,
    RecordKind,
    ReferenceScope,
    SchoolStatus,
    Severity,
)
from app.models.imports import ImportBatch, ImportFile, ImportProblem, SourceBlock
from app.models.intake import (
    AskedSchool,
    ConfirmedFinding,
    Correction,
    ExamDaysAnswer,
    FormExcuse,
    QuarantineRow,
    SkippedSchool,
    TableMapping,
)
from app.models.office import JournalEntry, Office, Setting
from app.models.papers import Document, DocumentFile, OwnTemplate, OwnText
from app.models.records import Record
from app.models.results import Assessment, ReferenceResult, Result, ResultPart
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolEnding, SchoolValue
from tests.migrations.populate_support import populate_support

MOMENT = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)

_NAMES = {
    1: ("МБОУ Верхнеозёрская СОШ", "Верхнее Озеро", True, 212),
    2: ("МБОУ СОШ № 4 г. Заречный", "Заречный", False, 640),
    3: ("МКОУ «Подлесная ООШ»", "Подлесное", True, 41),
}

ARCHIVED = "0a1b2c3d.xlsx"
"""Name of the one archived file."""


def populate(session: Session) -> None:
    """Fill an empty database: history, loads, decisions, requisites, documents, journal."""
    _loads(session)
    session.flush()
    for school_id in _NAMES:
        _school(session, school_id)
    session.flush()
    _history_of_a_school(session)
    _results(session)
    session.flush()
    _parts(session)
    _records(session)
    _intake(session)
    _decisions(session)
    _office(session)
    _paper(session)
    session.flush()
    _paper_files(session)
    populate_support(session)


def _loads(session: Session) -> None:
    for number, status in (
        (1, BatchStatus.APPLIED),
        (2, BatchStatus.APPLIED),
        (3, BatchStatus.UNDONE),
    ):
        batch = ImportBatch(
            id=number,
            label=f"Флешка {number}",
            started_at=MOMENT,
            finished_at=MOMENT,
            status=status,
        )
        session.add(batch)
    stored = {
        "layout": "vpr_marks",
        "status": FileStatus.IMPORTED,
        "rows_read": 3,
        "rows_stored": 3,
    }
    session.add_all(
        [
            ImportFile(
                id=1,
                batch_id=1,
                path="ВПР/4 РУ.xlsx",
                folder="Стик 2025",
                sha256="1" * 64,
                size=9001,
                archived_as=ARCHIVED,
                **stored,
            ),
            ImportFile(
                id=2, batch_id=2, path="ВПР/4 РУ (испр.).xlsx", sha256="2" * 64, size=9002, **stored
            ),
            ImportFile(
                id=3,
                batch_id=2,
                path="письмо.docx",
                sha256="3" * 64,
                size=77,
                status=FileStatus.REFUSED,
            ),
        ]
    )
    session.flush()
    session.add(
        ImportProblem(
            file_id=3,
            severity=Severity.ERROR,
            message="Файл не распознан.",
            hint="Это не таблица.",
        )
    )
    session.add(
        ImportProblem(
            file_id=2,
            severity=Severity.WARNING,
            sheet="Лист1",
            cell="D11",
            message="Сумма отметок – 100,1 %.",
        )
    )
    columns = {"participants": "C", "n2": "D", "year": "$A$1"}
    for number in (1, 2):
        session.add(SourceBlock(id=number, file_id=number, sheet="Лист1", columns=columns))


def _school(session: Session, school_id: int) -> None:
    name, settlement, rural, pupils = _NAMES[school_id]
    session.add(
        School(
            id=school_id,
            short_name=name,
            full_name=None,
            kind="СОШ",
            settlement=settlement,
            rural=rural,
            pupils=pupils,
            director="Примерова Проба Образцовна",
            status=SchoolStatus.ACTIVE,
            search_key=name.casefold().replace("ё", "е"),
        )
    )
    session.add(
        SchoolCode(
            school_id=school_id,
            system=CodeSystem.FISOKO,
            code=f"edu00000{school_id}",
            block_id=1,
            rows=str(10 + school_id),
        )
    )
    values = {"short_name": name, "settlement": settlement, "rural": "да" if rural else "нет"}
    for field, value in values.items():
        session.add(
            SchoolValue(
                school_id=school_id, field=field, value=value, block_id=1, rows=str(10 + school_id)
            )
        )


def _history_of_a_school(session: Session) -> None:
    old = SchoolValue(
        school_id=1, field="pupils", value="209", block_id=1, rows="11", current=False
    )
    session.add(old)
    session.flush()
    session.add(
        SchoolValue(
            school_id=1, field="pupils", value="212", block_id=2, rows="11", replaced_id=old.id
        )
    )
    session.add(
        SchoolCode(
            school_id=1, system=CodeSystem.RCOI, code="0101", current=False, rows="11", block_id=1
        )
    )
    session.flush()
    session.add(SchoolCode(school_id=1, system=CodeSystem.RCOI, code="0111", rows="11", block_id=2))
    session.add(
        SchoolAlias(
            school_id=3,
            name="Подлесная основная школа",
            key="подлесная основная",
            block_id=2,
            rows="13",
        )
    )


def _parts(session: Session) -> None:
    figures = {"n2": 3, "n3": 3, "n4": 3, "n5": 1, "below": 3, "total": 32.0}
    for number in (1, 2):
        session.add(
            ResultPart(
                result_id=2,
                kind=PartKind.DAY,
                day=date(2025, 6, 2 * number),
                participants=10,
                block_id=number,
                rows="12",
                **figures,
            )
        )
    session.add(
        SchoolEnding(school_id=3, successor_id=1, ended_on=date(2025, 9, 1), reason="приказ № 1")
    )


def _results(session: Session) -> None:
    kinds = ((AssessmentKind.VPR, 4), (AssessmentKind.OGE, 9), (AssessmentKind.EGE, 11))
    for number, (kind, grade) in enumerate(kinds, start=1):
        session.add(
            Assessment(id=number, kind=kind, year=2025, subject="русский язык", grade=grade)
        )
    session.flush()
    for school_id in _NAMES:
        session.add(
            Result(
                id=school_id,
                school_id=school_id,
                assessment_id=1,
                block_id=1,
                rows=str(10 + school_id),
                current=school_id != 1,
                participants=20,
                n2=7,
                n3=6,
                n4=5,
                n5=2,
                below=7,
                mean=3.1,
                origin=CountsOrigin.GIVEN,
            )
        )
    session.flush()
    session.add(
        Result(
            id=4,
            school_id=1,
            assessment_id=1,
            block_id=2,
            rows="11",
            replaced_id=1,
            participants=20,
            p2=30.0,
            p3=35.0,
            p4=25.0,
            p5=10.0,
            n2=6,
            n3=7,
            n4=5,
            n5=2,
            below=6,
            mean=None,
            origin=CountsOrigin.RECOVERED,
        )
    )
    session.add(
        Result(
            id=5,
            school_id=2,
            assessment_id=3,
            block_id=2,
            rows="3,8-12",
            participants=6,
            below=1,
            mean=58.166666666666664,
            origin=CountsOrigin.AGGREGATED,
        )
    )
    session.add(
        ReferenceResult(
            scope=ReferenceScope.REGION,
            name="Лесной край",
            assessment_id=1,
            participants=11873,
            p2=6.12,
            p3=39.9,
            p4=40.0,
            p5=13.98,
            block_id=1,
            rows="10",
        )
    )


def _records(session: Session) -> None:
    for number, (current, pupils) in enumerate(((False, 210), (True, 212)), start=1):
        session.add(
            Record(
                id=number,
                identity="школа 1, социальный паспорт, 2025",
                kind=RecordKind.PASSPORT,
                year=2025,
                school_id=1,
                data={"pupils": pupils, "large_families": 31},
                block_id=1,
                rows="5",
                current=current,
                replaced_id=1 if current else None,
            )
        )
    session.add(
        Record(
            id=3,
            identity="регион, динамика района, 2025, ВПР 4",
            kind=RecordKind.DYNAMICS,
            year=2025,
            scope=ReferenceScope.REGION,
            name="Заозёрный край",
            assessment_id=1,
            data={"quality": 48.5},
            block_id=1,
            rows="6",
        )
    )


def _intake(session: Session) -> None:
    cell = {"sha256": "a" * 64, "sheet": "Лист1", "cell": "D12"}
    session.add_all(
        [
            QuarantineRow(
                id=1,
                file_id=1,
                sheet="Лист1",
                row=12,
                school="СОШ № 4",
                item="ВПР 2025, русский язык, 4 класс",
                reason="Отметки вместе дают 90 %.",
                state=QuarantineState.WAITING,
            ),
            Correction(id=1, old="1O", new="10", reason="Опечатка.", made_at=MOMENT, **cell),
            ConfirmedFinding(
                id=1, message="Рост на 41 п. п.", note="Сверено.", made_at=MOMENT, **cell
            ),
            ExamDaysAnswer(
                kind=AssessmentKind.OGE,
                year=2025,
                subject="русский язык",
                answer=DaysAnswer.LATEST,
                made_at=MOMENT,
            ),
            AskedSchool(
                id=1,
                key="РЦОИ:99998|спорная сош",
                path="ОГЭ/Математика.xlsx",
                name="Спорная СОШ",
                codes=[["РЦОИ", "99998"]],
                year=2025,
                contested=False,
                place="файл «ОГЭ/Математика.xlsx», лист «Лист1», ячейка B4",
            ),
            SkippedSchool(id=1, key="РЦОИ:99999|чужая сош", name="Чужая СОШ", made_at=MOMENT),
            TableMapping(
                id=1,
                fingerprint="b" * 64,
                title="Своя таблица района",
                body={"kind": "results", "columns": {"A": "name"}},
                made_at=MOMENT,
                used_at=MOMENT,
            ),
            FormExcuse(id=1, school_id=3, year=2025, form="passport", reason="Школа закрыта."),
        ]
    )


def _decisions(session: Session) -> None:
    session.add(
        Methodology(
            id=1,
            key="default",
            version=1,
            title="Методика по умолчанию",
            first_year=2021,
            body={"threshold_percent": 30, "counted": ["ВПР", "ОГЭ", "ЕГЭ"]},
            stored_at=MOMENT,
        )
    )
    session.flush()
    common = {
        "year": 2025,
        "methodology_id": 1,
        "decided_at": MOMENT,
        "decided_by": "specialist",
        "computed_category": Category.SHNOR,
        "computed_reason": "ВПР 4 кл.: русский язык – 7 из 20 (35,0 %).",
    }
    session.add_all(
        [
            Decision(
                school_id=1, category=Category.SHNOR, basis=Basis.COMPUTED, current=False, **common
            ),
            Decision(
                school_id=1,
                category=Category.NONE,
                basis=Basis.MANUAL,
                reason="Карантин.",
                **common,
            ),
            Decision(school_id=2, category=Category.SHNOR, basis=Basis.REGION, **common),
        ]
    )


def _office(session: Session) -> None:
    session.add(
        Office(
            id=1,
            full_name="Управление образования Лесного района",
            short_name="УО Лесного района",
            place="с. Лесное",
            head_post="Начальник",
            head_name="Образцова Проба Примеровна",
            emblem=b"\x89PNG\r\n\x1a\n",
        )
    )
    session.add_all(
        [
            Setting(key="window.theme", value="dark"),
            Setting(key="window.table_columns", value={"schools": [120, 80]}),
        ]
    )


def _paper(session: Session) -> None:
    session.add_all(
        [
            Document(
                kind="order",
                year=2025,
                title="Об утверждении перечня",
                number="17-од",
                date=date(2026, 2, 4),
                status=DocumentStatus.SIGNED,
                content={"blocks": [{"kind": "paragraph", "text": "ПРИКАЗЫВАЮ:"}]},
                made_at=MOMENT,
            ),
            Document(
                kind="order",
                year=2025,
                title="Проект",
                date=None,
                status=DocumentStatus.DRAFT,
                content={},
                made_at=MOMENT,
            ),
            JournalEntry(
                at=MOMENT,
                title="решение по школе",
                changes=[{"table": "decision", "id": 2, "before": None, "after": {"year": 2025}}],
            ),
            JournalEntry(
                at=MOMENT,
                title="показатели из таблицы: 1",
                changes=[{"table": "indicator", "id": 1, "before": None, "after": {"number": "1"}}],
                batch_id=1,
            ),
        ]
    )


def _paper_files(session: Session) -> None:
    session.add_all(
        [
            DocumentFile(
                id=1,
                document_id=1,
                name="скан.pdf",
                sha256="c" * 64,
                body=b"%PDF-",
                added_at=MOMENT,
            ),
            OwnText(id=1, key="order/control", text="Контроль за мной.", changed_at=MOMENT),
            OwnTemplate(id=1, title="Письмо", kind="letter", body=b"PK", added_at=MOMENT),
        ]
    )
