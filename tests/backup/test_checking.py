"""The check finds each kind of fault that it promises, says it in Russian, and changes nothing."""

from __future__ import annotations

import re

import pytest

from app.models.files import connected
from app.models.tables import Base
from app.services.backup import check
from app.services.backup.titles import TABLES
from app.services.workspace import Workspace
from tests.migrations.populate import ARCHIVED

FAULTS = {
    "a field differs from its observation": (
        "UPDATE school SET pupils = 300 WHERE id = 1",
        "Школа «МБОУ Верхнеозёрская СОШ», обучающихся: в карточке «300», а последнее записанное"
        " значение – «212».",
    ),
    "an emptied field": (
        "UPDATE school SET settlement = NULL WHERE id = 2",
        "населённый пункт: в карточке пусто, а последнее записанное значение – «Заречный»",
    ),
    "yes and no": ("UPDATE school SET rural = 0 WHERE id = 3", "сельская: в карточке «нет»"),
    "two results in force": (
        "DROP INDEX uq_result_current; UPDATE result SET current = 1 WHERE id = 1",
        "Таблица «результаты»: действующих записей об одном и том же 2 (1, 1).",
    ),
    "two codes in force": (
        "UPDATE school_code SET current = 1",
        "Таблица «коды школ»: действующих записей об одном и том же 2 (1, РЦОИ).",
    ),
    "two decisions in force": (
        "DROP INDEX uq_decision_current; UPDATE decision SET current = 1",
        "Таблица «решения»: действующих записей об одном и том же 2 (1, 2025).",
    ),
    "a chain to a missing row": (
        "UPDATE result SET replaced_id = 99 WHERE id = 4",
        "Таблица «результаты», запись 4: заменённая ею запись 99 отсутствует",
    ),
    "a chain to a newer row": (
        "UPDATE result SET replaced_id = 4 WHERE id = 1",
        "Таблица «результаты», запись 1: заменённая ею запись 4",
    ),
    "a chain to another school": (
        "UPDATE result SET replaced_id = 2 WHERE id = 4",
        "Таблица «результаты», запись 4: заменённая ею запись 2",
    ),
    "a chain to another field": (
        "UPDATE school_value SET replaced_id = 1 WHERE field = 'pupils' AND current",
        "Таблица «сведения о школах»",
    ),
    "an undone load in force": (
        "UPDATE import_batch SET status = 'undone' WHERE id = 2",
        "Загрузка № 2 отменена, но её записи в таблице «результаты» действуют: 2.",
    ),
    "a row without its parent": (
        "DELETE FROM school WHERE id = 3",
        "ссылается на отсутствующую запись таблицы «школы».",
    ),
    "a block without its file": (
        "UPDATE source_block SET file_id = 77 WHERE id = 2",
        "Таблица «источники значений», запись 2: ссылается на отсутствующую запись таблицы"
        " «файлы загрузок».",
    ),
    "an unknown word": (
        "UPDATE result SET origin = 'угадано' WHERE id = 5",
        "Таблица «результаты», столбец origin: неизвестное программе значение «угадано»",
    ),
    "an unreadable structure": (
        "UPDATE source_block SET columns = '{' WHERE id = 1",
        "Таблица «источники значений», запись 1: столбец columns не читается.",
    ),
    "a missing table": (
        "DROP TABLE journal",
        "В базе нет таблицы «журнал действий».",
    ),
}


def test_a_sound_database_has_no_findings(district: Workspace) -> None:
    report = check(district)

    assert report.findings == ()
    assert report.ok
    assert report.rows > 40
    assert report.sentence() == f"База в порядке: проверено записей – {report.rows}."


def test_an_empty_database_has_no_findings(workspace: Workspace) -> None:
    assert check(workspace).findings == ()


@pytest.mark.parametrize(("harm", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(district: Workspace, harm: str, says: str) -> None:
    with connected(district.database.path) as connection:
        connection.executescript(harm)

    report = check(district)

    assert not report.ok
    assert any(says in finding for finding in report.findings), report.findings
    assert all(re.search("[а-я]", finding) for finding in report.findings)
    assert report.sentence() == f"Проверка базы нашла замечания: {len(report.findings)}."


def test_a_missing_archived_copy_is_found(district: Workspace) -> None:
    (district.archive / ARCHIVED).unlink()

    (finding,) = check(district).findings

    assert finding.startswith("Нет архивной копии файла «ВПР/4 РУ.xlsx» (загрузка № 1)")


def test_a_damaged_file_is_a_finding(district: Workspace) -> None:
    district.database.close()
    with district.database.path.open("r+b") as stream:
        stream.seek(4096 * 3)
        stream.write(b"\xff" * 4096 * 2)

    findings = check(district).findings

    assert findings
    assert "повреждён" in findings[0]
    assert "резервной копии" in findings[0]


def test_many_findings_of_one_kind_are_counted(district: Workspace) -> None:
    with connected(district.database.path) as connection:
        connection.executescript(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
            " INSERT INTO import_file (batch_id, path, folder, sha256, size, status, archived_as,"
            " rows_read, rows_stored, rows_unchanged, rows_quarantined)"
            " SELECT 1, 'file ' || i, '', '0', 1, 'imported', 'gone ' || i, 0, 0, 0, 0 FROM n"
        )

    findings = check(district).findings

    assert len(findings) == 51
    assert findings[-1] == "…и ещё таких же замечаний: 10."


def test_every_table_has_a_russian_title() -> None:
    assert set(TABLES) == set(Base.metadata.tables)
