"""Sticks of two other offices, each file written its own way, against what they truly say."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import pytest

from app import bootstrap
from app.cli.doors import Doors, ScreenshotOptions
from app.cli.main import main
from app.paths import archive_dir
from app.services import importing, methodology
from app.services.importing import Decisions, ImportPlan
from app.services.progress import NoProgress
from app.services.results import export_rows
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.journeys import messy_lower, messy_upper
from tests.journeys.messy_books import Rows, Tab, write
from tests.journeys.messy_oracle import Expected, Key, Story
from tests.journeys.messy_sheets import School

PUPIL = "Выдуманов1"
Run = Callable[..., tuple[int, str, str]]
_LATIN = re.compile(
    r"ВПР/\S+|\S+\.(?:xlsx?|xlsm|ods|csv|txt|db|docx|jpg|DS_Store)\b|DS_Store|Thumbs"
    r"|«[^»]*»|\b[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?|\b(?:edu|sch)\d+|\.?xlsx?\b|Excel|Word|Windows|macOS|Office"
    r"|\b(?:answers|days) set\b"  # commands as they are typed
)


def refuse_window(database: Path) -> int:
    raise AssertionError(f"no window may open on {database}")


def refuse_pictures(database: Path, options: ScreenshotOptions) -> tuple[Path, ...]:
    raise AssertionError(f"nothing may be drawn of {database} into {options.folder}")


DOORS = Doors(bootstrap.open_workspace, refuse_window, refuse_pictures)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner of the program's commands: exit code, what it said, what it complained of."""

    def command(*words: str | Path) -> tuple[int, str, str]:
        code = main([str(word) for word in words], DOORS)
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def loaded(path: Path) -> Any:
    """Return a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def agrees(row: Mapping[str, Any], expected: Expected) -> bool:
    """Return whether a row of the export tells the same; reports by marks may give no mean."""
    marks = tuple(row[f"n{mark}"] for mark in (2, 3, 4, 5))
    mean = expected.mean if row["mean"] is None and expected.marks else row["mean"]
    return (
        (row["participants"], row["below"]) == (expected.participants, expected.below)
        and marks == (expected.marks or marks)
        and abs(mean - expected.mean) <= 0.01
    )


def assert_found(rows: list[dict[str, Any]], keys: Mapping[str, str], story: Story) -> None:
    """Fail on a result of the story that is missing, different, or invented."""
    found = {
        (keys[row["school"]], row["assessment"], row["year"], row["subject"], row["grade"]): row
        for row in rows
    }
    assert set(found) == set(story.results)
    wrong = {
        key: (row, story.results[key])
        for key, row in found.items()
        if not agrees(row, story.results[key])
    }
    assert wrong == {}


def assert_plain(text: str) -> None:
    """Fail on a word of another language in what the specialist reads."""
    assert re.findall("[A-Za-z]{2,}", _LATIN.sub("", text)) == []


def word_order(path: Path) -> None:
    """Write an order in Word: a file that is no table."""
    document = docx.Document()
    document.add_paragraph("П Р И К А З")
    document.save(str(path))


def names_a_pupil(path: Path) -> bool:
    """Return whether an archived copy still holds the surname of the first pupil."""
    parts = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            parts += [book.read(name) for name in book.namelist()]
    spellings = [PUPIL.encode(code) for code in ("utf-8", "utf-16-le", "cp1251")]
    return any(spelling in part for part in parts for spelling in spellings)


def without(story: Story, *schools: School) -> Story:
    """Return the story as it is stored while these schools wait for an answer."""
    waiting = {school.key for school in schools}
    return Story({key: one for key, one in story.results.items() if key[0] not in waiting})


@pytest.fixture
def upper(tmp_path: Path) -> tuple[Path, Story]:
    """Write the stick on which every file is right."""
    usb = tmp_path / "usb"
    return usb, messy_upper.make(usb, word_order)


def test_every_file_of_the_upper_stick_is_taken_or_named(
    upper: tuple[Path, Story], run: Run, tmp_path: Path
) -> None:
    usb, story = upper
    database, report, export = tmp_path / "x.db", tmp_path / "r.json", tmp_path / "results.json"
    code, out, _ = run("import", usb, "--db", database, "--json", report)
    assert code == 1
    statuses = {file["path"]: file["status"] for file in loaded(report)["files"]}
    refused = {path for path, status in statuses.items() if status == "refused"}
    assert refused == {"readme.txt", "фото/photo.jpg", "Приказ о ВПР.docx"}
    waiting = {path for path, status in statuses.items() if status == "needs_decision"}
    assert {Path(path).name for path in waiting} == {"Копия Свод новый.xlsx"}
    assert out.count("«МКОУ Дальняя СОШ» (ФИС ОКО edu310077)") == 1
    assert_plain(out)
    run("export", "results", "--out", export, "--db", database)
    keys = {school.short: school.key for school in messy_upper.REGISTERED}
    assert_found(loaded(export), keys, without(story, messy_upper.FOREIGN))
    assert not any(PUPIL in line for line in content(database))
    assert names_a_pupil(usb / "ГИА" / "Протоколы 9 класс.xlsx")  # the negative control
    kept = [path for path in archive_dir(database).rglob("*") if path.is_file()]
    assert kept
    assert [path.name for path in kept if names_a_pupil(path)] == []
    codes = {row["codes"]["rcoi"] for row in loaded(export)}
    assert codes == {school.rcoi for school in messy_upper.WITH_RESULTS}


def test_shnor_of_the_upper_stick_and_the_same_stick_again(
    upper: tuple[Path, Story], run: Run, tmp_path: Path
) -> None:
    usb, story = upper
    database, report = tmp_path / "x.db", tmp_path / "c.json"
    run("import", usb, "--db", database)
    assert run("classify", "--year", "2025", "--db", database, "--json", report)[0] == 0
    keys = {school.login: school.key for school in messy_upper.REGISTERED}
    verdicts = loaded(report)["schools"]
    found = {keys[one["codes"]["fisoko"]] for one in verdicts if one["category"].startswith("ШНОР")}
    assert found == story.shnor(2025) == {"lime", "hill", "five"}
    run("import", usb, "--db", database, "--json", report)
    totals = loaded(report)["totals"]
    assert totals["rows"]["stored"] == totals["imported"] == 0


def names(workspace: Workspace) -> dict[str, str]:
    """Return the keys of the lower district's schools by the names that the program shows."""
    spelt = {
        spelling: school.key
        for school in messy_lower.REGISTERED
        for spelling in (school.full, school.short)
    }
    return {row.short_name: spelt[row.short_name] for row in list_schools(workspace)}


def answers(workspace: Workspace, plan: ImportPlan) -> Decisions:
    """Answer the questions of the lower stick as its specialist would: by code or by name."""
    ids = {names(workspace)[row.short_name]: row.id for row in list_schools(workspace)}
    chosen: dict[str, int] = {}
    for question in plan.questions:
        chosen[question.key] = next(
            ids[school.key]
            for school in messy_lower.REGISTERED
            if school.rcoi in question.codes
            or f'"{school.name.replace("№", "№ ")}"' in question.name
        )
    return Decisions(schools=chosen)


def take_in(workspace: Workspace, usb: Path, decisions: Decisions | None = None) -> ImportPlan:
    """Plan with the answers, store, and return the plan."""
    plan = importing.prepare(workspace, [usb], NoProgress(), decisions or Decisions())
    importing.apply(workspace, plan, NoProgress())
    return plan


@pytest.mark.parametrize("register", [True, False], ids=["register", "no register"])
def test_lower_stick_asks_what_it_does_not_say(
    workspace: Workspace, tmp_path: Path, *, register: bool
) -> None:
    story = messy_lower.make(tmp_path / "usb", register=register)
    plan = take_in(workspace, tmp_path / "usb")
    # Codes of protocols stand in no register; without one, a number with its town is doubtful, a
    # name that only one school has is not.
    assert len(plan.questions) == (6 if register else 9)
    assert importing.exit_code(plan.files) == 1
    named = {one.key for one in (messy_lower.TOWN, messy_lower.SPRING, messy_lower.SPRING9)}
    known = {
        key
        for key in story.results
        if key[1] == "ВПР" and (register or key[4] == 7 or key[0] in named)
    }
    stored = export_rows(workspace)
    assert_found(stored, names(workspace), Story({key: story.results[key] for key in known}))
    again = take_in(workspace, tmp_path / "usb", answers(workspace, plan))
    assert again.questions == ()
    assert_found(export_rows(workspace), names(workspace), story)
    verdicts = methodology.report_json(methodology.classify(workspace, 2025))["schools"]
    shnor = {
        names(workspace)[one["school"]] for one in verdicts if one["category"].startswith("ШНОР")
    }
    assert shnor == story.shnor(2025) == {"spring", "city5"}


def test_later_stick_corrects_an_earlier_one(workspace: Workspace, tmp_path: Path) -> None:
    story = messy_lower.make(tmp_path / "usb")
    take_in(workspace, tmp_path / "usb")
    write(tmp_path / "новый" / "уточнённый 2023.xls", Tab("Лист1", corrected()))
    plan = take_in(workspace, tmp_path / "новый")
    (change,) = [one for file in plan.files for one in file.changes]
    assert {(d.field, d.old, d.new) for d in change.differences} >= {
        ("Получили «2», чел.", "10", "2")
    }
    rows = {names(workspace)[row["school"]]: row for row in export_rows(workspace, year=2025)
            if row["assessment"] == "ВПР" and row["grade"] == 7}  # fmt: skip
    assert rows["city5"]["n2"] == 2
    key: Key = ("spring", "ВПР", 2025, "Математика", 7)
    assert rows["spring"]["n2"] == story.results[key].below


def corrected() -> Rows:
    """Return a later report on one school of the lower district."""
    return [
        ["ВПР 2025. 7 класс", None, "Предмет:", "Математика"],
        ["Группы участников", "Кол-во участников", "2", "3", "4", "5"],
        ["(sch440505) МОУ СОШ №5", 31, 2, 16, 9, 4],
    ]


def test_two_versions_on_one_stick_wait_for_a_word(workspace: Workspace, tmp_path: Path) -> None:
    messy_lower.make(tmp_path / "usb")
    write(tmp_path / "usb" / "уточнённый.xls", Tab("Лист1", corrected()))
    plan = take_in(workspace, tmp_path / "usb")
    assert all(
        not (row["grade"] == 7 and row["year"] == 2025 and row["participants"] == 31)
        for row in export_rows(workspace)
    )
    told = [
        one.message
        for file in plan.files
        for one in file.findings
        if "в этой загрузке" in one.message
    ]
    assert len(told) == 2


class Vanish(NoProgress):
    """Removes the folder when so many files have been copied from it."""

    def __init__(self, folder: Path, after: int) -> None:
        self.folder, self.after = folder, after

    def report(self, done: int, total: int, text: str) -> None:
        """Take the stick out."""
        if done == self.after:
            shutil.rmtree(self.folder, ignore_errors=True)


def test_stick_taken_out_halfway_gives_whole_files_only(
    workspace: Workspace, upper: tuple[Path, Story]
) -> None:
    usb, story = upper
    plan = importing.prepare(workspace, [usb], Vanish(usb, 12))
    importing.apply(workspace, plan, NoProgress())
    statuses = [file.status.value for file in plan.files]
    assert 0 < statuses.count("refused") < len(statuses)
    lost = [file for file in plan.files if file.status.value == "refused"]
    assert all(file.findings and file.rows.stored == 0 for file in lost)
    # The register was lost too: schools are known by the logins of the first report, new or old.
    logins = {
        login: school.key
        for school in (*messy_upper.REGISTERED, messy_upper.FOREIGN)
        for login in (school.login, school.login.replace("edu", "sch77"))
    }
    stored = export_rows(workspace)
    assert stored
    assert all(agrees(row, of_login(story, logins, row)) for row in stored)


def of_login(story: Story, logins: Mapping[str, str], row: Mapping[str, Any]) -> Expected:
    """Return what the story tells of the school and the procedure of a row of the export."""
    school = logins[row["codes"]["fisoko"]]
    return story.results[school, row["assessment"], row["year"], row["subject"], row["grade"]]


HEADER = ["Группы участников", "Кол-во участников", "2", "3", "4", "5"]
GOOD = ["МКОУ СОШ №2(edu310002)", 10, 30, 40, 20, 10]


def report_on(*rows: list[Any]) -> Rows:
    """Return a report of the ВПР with these schools."""
    return [["ВПР 2025. 5 класс"], ["Предмет: Русский язык"], HEADER, *rows]


def register_of(*rows: list[Any]) -> Rows:
    """Return a register with these schools."""
    return [["Краткое наименование", "Логин ФИС ОКО", "Код РЦОИ", "Вид"], *rows]


IMPOSSIBLE: Mapping[str, tuple[Rows, str, str]] = {
    "marks of 90 per cent": (
        report_on(["МКОУ СОШ №1(edu310001)", 10, 30, 40, 20, 0], GOOD), "C4", "90 %"
    ),
    "more below than took part": (
        report_on(["МКОУ СОШ №1(edu310001)", 10, 120, 0, 0, 0], GOOD), "C4", "120 %"
    ),
    "twelve pupils of ten": (
        report_on(["МКОУ СОШ №1(edu310001)", 10, 12, 0, 0, 0], GOOD), "C4", "12 %"
    ),
    "text for a number": (
        report_on(["МКОУ СОШ №1(edu310001)", "десять", 30, 40, 20, 10], GOOD), "B4", "«десять»"
    ),
    "negative number": (
        report_on(["МКОУ СОШ №1(edu310001)", -10, 30, 40, 20, 10], GOOD), "B4", "-10"
    ),
    "school twice": (
        report_on(["МКОУ СОШ №1(edu310001)", 10, 30, 40, 20, 10],
                  ["МКОУ СОШ №1(edu310001)", 10, 20, 50, 20, 10]), "A5", "указана дважды"
    ),
    "two schools with one code": (
        register_of(["МКОУ СОШ №3", "edu310003", "13453", "СОШ"],
                    ["МКОУ СОШ №4", "edu310003", "13454", "СОШ"]), "B2", "стоит у двух строк"
    ),
    "code of another school": (
        register_of(["МКОУ Лесная ООШ", "edu310001", "13459", "ООШ"]), "B2", "принадлежит школе"
    ),
    "twelve of ten in a summary": (
        [["ОГЭ 2025. Математика"],
         ["Код ОО", "Наименование ОО", "Всего участников", "Средний балл",
          "Не преодолели мин. порог чел.", "%"],
         ["13451", "МКОУ СОШ №1", 10, 3.5, 12, 120]], "E3", "12 из 10"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def two_schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with two schools once."""
    folder = tmp_path_factory.mktemp("two")
    rows = register_of(
        ["МКОУ СОШ №1", "edu310001", "13451", "СОШ"], ["МКОУ СОШ №2", "edu310002", "13452", "СОШ"]
    )
    write(folder / "реестр.xlsx", Tab("Школы", rows))
    words = ["import", str(folder / "реестр.xlsx"), "--db", str(folder / "x.db")]
    assert main(words, DOORS) == 0
    return folder / "x.db"


@pytest.fixture
def stored(two_schools: Path, tmp_path: Path) -> Path:
    """Return a copy of the database with two schools for one test."""
    return Path(shutil.copyfile(two_schools, tmp_path / "x.db"))


def content(database: Path) -> list[str]:
    """Return everything that a database holds but the questions that wait for an answer."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        asked = 'INSERT INTO "asked_school"'
        return [line for line in connection.iterdump() if not line.startswith(asked)]


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_impossible_values_wait_with_their_cell(
    stored: Path, run: Run, tmp_path: Path, name: str
) -> None:
    rows, cell, said = IMPOSSIBLE[name]
    write(tmp_path / "плохой.xlsx", Tab("Отчёт", rows))
    before = content(stored)
    code, out, _ = run(
        "import", tmp_path / "плохой.xlsx", "--db", stored, "--json", tmp_path / "r.json"
    )
    (file,) = loaded(tmp_path / "r.json")["files"]
    assert (code, file["status"], file["rows"]["stored"]) == (1, "needs_decision", 0)
    problem = next(one for one in file["problems"] if one["severity"] == "error")
    assert (problem["sheet"], problem["cell"].split(", ")[0]) == ("Отчёт", cell)
    assert said in problem["message"]
    assert said in out
    assert "лист «Отчёт»" in out
    assert_plain(out)
    assert content(stored) == before


def test_what_is_wholly_refused_is_told_where_errors_are(
    stored: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "битый.xlsx").write_bytes(b"PK\x03\x04" + b"\1" * 99)
    before = content(stored)
    code, _, err = run("import", tmp_path / "битый.xlsx", "--db", stored)
    assert code == 2
    assert "битый.xlsx" in err
    assert "повреждён" in err
    assert content(stored) == before
