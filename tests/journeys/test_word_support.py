"""Risks, curators and network groups of a real programme as Word files: in, out, back again.

The schools and what is said of them are those of a signed programme; the people are imaginary.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_workspace
from app.cli.doors import Doors
from app.cli.main import main
from app.services import importing, journal, people, support
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.importing.word_tables import document
from tests.stored import add_school

Row = list[str]

SCHOOLS = (
    "Байкаловская СОШ", "Ляпуновская СОШ", "Пелевинская ООШ", "Еланская СОШ",
    "Краснополянская СОШ", "Шадринская СОШ", "Чурманская ООШ", "Баженовская СОШ",
    "Городищенская СОШ", "Вязовская ООШ", "Нижне-Иленская СОШ",
)  # fmt: skip
ONE, TWO, THREE = "Пелевинская ООШ", "Городищенская СОШ", "Краснополянская СОШ"

RISKS: list[Row] = [
    ["Факторы риска актуальные для общеобразовательных организаций",
     "Общеобразовательные организации"],
    ["1. Низкий уровень оснащения школы", f"МКОУ {ONE}"],
    ["2. Дефицит педагогических кадров", "-"],
    ["3. Недостаточная предметная и методическая компетентность педагогических работников",
     f"МКОУ {ONE} МКОУ {TWO}"],
    ["4. Риски низкой адаптивности учебного процесса", "-"],
    ["5. Несформированность внутришкольной системы повышения квалификации", "-"],
    ["6. Высокая доля обучающихся с рисками учебной неуспешности", f"МКОУ {ONE}\nМКОУ {THREE}"],
    ["7. Высокая доля обучающихся с ОВЗ", "-"],
    ["8. Низкое качество преодоления языковых и культурных", "-"],
    ["барьеров", ""],
    ["9. Пониженный уровень качества школьной образовательной и воспитательной среды",
     f"МКОУ {ONE} МКОУ {TWO} МКОУ {THREE}"],
    ["10. Низкий уровень вовлеченности родителей", "-"],
]  # fmt: skip
CHOSEN = {ONE: [1, 3, 6, 9], TWO: [3, 9], THREE: [6, 9]}

_FULL = "Муниципальное казенное общеобразовательное учреждение"
_OF = "директор муниципального казенного общеобразовательного учреждения"
CURATORS: list[Row] = [
    ["Наименование ОО", "Куратор"],
    [f"{_FULL} Городищенская средняя общеобразовательная школа",
     f"{_OF} Нижне-Иленской средней общеобразовательной школы Полевая Роса Ветровна"],
    [f"{_FULL} Краснополянская средняя общеобразовательная школа",
     "директор муниципального автономного общеобразовательного учреждения Еланской средней "
     "общеобразовательной школы"],
    [f"{_FULL} Пелевинская основная общеобразовательная школа,",
     f"{_OF} Шадринской средней общеобразовательной школы Лесная Заря Ветровна"],
]  # fmt: skip

GROUPS: list[Row] = [
    ["№ группы", "Образовательные организации", "Принцип сетевого взаимодействия"],
    ["1 группа", "МКОУ Байкаловская СОШ МКОУ Ляпуновская СОШ МКОУ Пелевинская ООШ", "кооперация"],
    ["2 группа", "МАОУ Еланская СОШ МКОУ Краснополянская СОШ МКОУ Шадринская СОШ "
     "МКОУ Чурманская ООШ", "кооперация"],
    ["3 группа", "МКОУ Баженовская СОШ МКОУ Городищенская СОШ МКОУ Вязовская ООШ "
     "МКОУ Нижне-Иленская СОШ", "кооперация"],
]  # fmt: skip


@pytest.fixture
def district(workspace: Workspace) -> dict[str, int]:
    """Store the eleven schools and return their ids."""
    return {name: add_school(workspace, name) for name in SCHOOLS}


def load(workspace: Workspace, path: Path) -> Any:
    plan = importing.prepare(workspace, [path], NoProgress())
    return importing.apply(workspace, plan, NoProgress())


def risks_file(path: Path, rows: Sequence[Row] = RISKS) -> Path:
    return document(path, rows, before=["Выбор приоритетных рисков ОО в 2022 году"])


def given_back(workspace: Workspace, year: int = 2022) -> dict[str, list[int]]:
    matrix = support.risk_matrix(workspace, year)
    numbers = {factor.key: factor.position for factor in matrix.factors}
    names = {school.id: school.name for school in matrix.schools}
    found: dict[str, list[int]] = {}
    for (school, factor), cell in matrix.cells.items():
        assert cell.mark.priority
        found.setdefault(names[school], []).append(numbers[factor])
    return {name: sorted(chosen) for name, chosen in found.items()}


def test_the_matrix_of_risks(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    report = load(workspace, risks_file(tmp_path / "Риски.docx"))
    assert report.files[0].layout == "support"
    assert (report.totals.read, report.totals.stored, report.totals.quarantined) == (10, 4, 0)
    assert given_back(workspace) == CHOSEN
    assert load(workspace, risks_file(tmp_path / "Другое имя.docx")).batch_id is None


@pytest.mark.parametrize("kind", ["schools down", "factors down", "lists"])
def test_the_same_risks_in_other_shapes(
    workspace: Workspace, district: dict[str, int], tmp_path: Path, kind: str
) -> None:
    titles = [row[0] for row in RISKS[1:] if row[0][0].isdigit()]
    if kind == "schools down":
        rows = [["Школа", *(str(n) for n in range(1, 11))]]
        rows += [[name, *("П" if n in chosen else "" for n in range(1, 11))]
                 for name, chosen in CHOSEN.items()]  # fmt: skip
    elif kind == "factors down":
        rows = [["Фактор риска", *CHOSEN]]
        rows += [[title, *("+ приоритет" if n in chosen else "" for chosen in CHOSEN.values())]
                 for n, title in enumerate(titles, start=1)]  # fmt: skip
    else:
        rows = [["№", "Школа", "Приоритетные факторы риска"]]
        rows += [[str(n), name, ", ".join(map(str, chosen))]
                 for n, (name, chosen) in enumerate(CHOSEN.items(), start=1)]  # fmt: skip
    load(workspace, risks_file(tmp_path / "Риски.docx", rows))
    assert given_back(workspace) == CHOSEN


def test_curators_and_the_one_without_a_name(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    path = document(tmp_path / "Кураторы.docx", CURATORS, before=["Механизмы сопровождения"])
    report = load(workspace, path)
    rows = support.list_appointments(workspace, 2022)
    assert [(row.school, row.organization, row.person, row.post) for row in rows] == [
        (TWO, "Нижне-Иленская СОШ", "Полевая Роса Ветровна", "директор"),
        (THREE, "Еланская СОШ", "", "директор"),
        (ONE, "Шадринская СОШ", "Лесная Заря Ветровна", "директор"),
    ]
    assert [" ".join(row.note.split()) for row in rows] == [
        f"В документе: {written}" for _, written in CURATORS[1:]
    ]
    said = [finding.message for finding in report.files[0].findings]
    assert said == [f"Куратор школы «{THREE}» назван без фамилии, имени и отчества."]
    assert "Не указаны фамилия" in rows[1].problems[0]
    again = document(tmp_path / "Ещё раз.docx", CURATORS)
    assert load(workspace, again).batch_id is None


def test_network_groups(workspace: Workspace, district: dict[str, int], tmp_path: Path) -> None:
    load(workspace, document(tmp_path / "Сеть.docx", GROUPS))
    groups = support.list_groups(workspace, 2022)
    found = [
        [group.number, " ".join(one.who.title for one in group.members), group.principle]
        for group in groups
    ]
    legal = str.maketrans({"\n": " "})
    assert found == [
        [number, listed.translate(legal).replace("МКОУ ", "").replace("МАОУ ", ""), principle]
        for number, listed, principle in GROUPS[1:]
    ]
    assert sum(len(group.members) for group in groups) == 11


def test_tables_of_other_offices(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    curators = [
        ["№ п/п", "Школа", "ФИО куратора", "Должность, место работы", "Телефон"],
        ["1", ONE, "Полевая Р.В.", "директор Шадринской СОШ", "2-11-22"],
        ["2", TWO, "Лесная Заря Ветровна", "методист", ""],
    ]
    groups = [
        ["Сетевая группа", "Состав", "Опорная школа"],
        ["Север", f"{ONE}, {TWO}\n{THREE}", TWO],
    ]
    load(workspace, document(tmp_path / "Кураторы.docx", curators, before=["Кураторы школ"]))
    report = load(workspace, document(tmp_path / "Сеть.docx", groups, before=["Сеть школ"]))
    first, second = support.list_appointments(workspace, 2025)
    known = {row.school: row for row in (first, second)}
    assert (known[ONE].person, known[ONE].post) == ("Полевая Р.В.", "директор")
    assert "Телефон: 2-11-22" in known[ONE].note
    assert (known[TWO].post, known[TWO].organization) == ("методист", "")
    (group,) = support.list_groups(workspace, 2025)
    assert [one.who.title for one in group.members] == [ONE, TWO, THREE]
    said = [finding.message for finding in report.files[0].findings]
    assert said == ["Столбец «Опорная школа» не сохранён: для него в программе нет места."]


def test_an_error_in_one_table_of_a_document_holds_that_table_alone(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    matrix = [["Школа", "Фактор 1", "Фактор 2"], [ONE, "выявлен?", "В"], [TWO, "А", "Н"]]
    path = document(tmp_path / "Риски 2022.docx", matrix, GROUPS, before=["Риски школ"])
    plan = importing.prepare(workspace, [path], NoProgress())
    assert (plan.totals.stored, plan.totals.quarantined) == (3, 2)
    assert plan.files[0].has_errors
    importing.apply(workspace, plan, NoProgress())
    assert len(support.list_groups(workspace, 2022)) == 3
    assert support.risk_matrix(workspace, 2022).cells == {}
    again = importing.prepare(
        workspace, [path], NoProgress(), importing.Decisions(accept_good=frozenset({path.name}))
    )
    importing.apply(workspace, again, NoProgress())
    cells = support.risk_matrix(workspace, 2022).cells
    assert {school for school, _ in cells} == {district[TWO]}


def test_what_is_said_beside_a_curator_is_no_head(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Специфика образовательных организаций", "11 сельских школ"],
        ["Районный методический кабинет (куратор)", "- определение направлений работы"],
        ["Образовательные организации", "- корректировка программы"],
    ]
    plan = importing.prepare(workspace, [document(tmp_path / "М.docx", rows)], NoProgress())
    assert plan.files[0].layout != "support"
    importing.discard(plan)


def test_a_list_of_directors_is_no_list_of_curators(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Школа", "ФИО", "Класс"], [ONE, "Полевая Роса Ветровна", "5"]]
    plan = importing.prepare(workspace, [document(tmp_path / "Директора.docx", rows)], NoProgress())
    assert plan.files[0].layout != "support"
    importing.discard(plan)


def test_undo_takes_all_of_it_out(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    path = document(
        tmp_path / "Программа 2022.docx", RISKS, CURATORS, GROUPS,
        before=["Факторы риска"],
    )  # fmt: skip
    report = load(workspace, path)
    assert report.totals.stored == 4 + 3 + 3
    shown = importing.preview_undo(workspace, report.batch_id)
    assert shown.gone["факторы риска"] == 8
    assert shown.gone["сетевые группы"] == 3
    assert shown.gone["люди справочника"] == 2
    assert importing.undo(workspace, report.batch_id).kept == ()
    assert support.risk_matrix(workspace, 2022).cells == {}
    assert support.list_appointments(workspace, 2022) == ()
    assert support.list_groups(workspace, 2022) == ()
    assert people.list_people(workspace) == ()
    assert journal.next_undo(workspace) is None


def test_a_school_that_is_not_known_waits_and_a_factor_that_is_none_too(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    rows = [RISKS[0], ["1. Низкий уровень оснащения школы", "МКОУ Дальняя СОШ"],
            ["12. Плохая погода", f"МКОУ {ONE}"], RISKS[5 - 2]]  # fmt: skip
    plan = importing.prepare(workspace, [risks_file(tmp_path / "Риски.docx", rows)], NoProgress())
    (question,) = plan.questions
    assert question.name == "МКОУ Дальняя СОШ"
    said = [finding.message for finding in plan.files[0].findings]
    assert "Фактора риска «12. Плохая погода» нет ни среди десяти, ни среди своих." in said
    importing.apply(workspace, plan, NoProgress())
    assert given_back(workspace) == {ONE: [3], TWO: [3]}
    assert len(importing.list_quarantine(workspace)) == 2


def test_a_mark_changed_by_hand_stays_when_the_load_is_undone(
    workspace: Workspace, district: dict[str, int], tmp_path: Path
) -> None:
    report = load(workspace, risks_file(tmp_path / "Риски.docx"))
    support.set_marks(workspace, 2022, {(district[ONE], "500-1"): support.Mark(actual=True)})
    undone = importing.undo(workspace, report.batch_id)
    assert undone.kept == ("Остались факторы риска (1) – изменено вручную.",)
    assert len(support.risk_matrix(workspace, 2022).cells) == 1


def test_by_command(tmp_path: Path) -> None:
    def no_door(*_arguments: object) -> Any:
        raise AssertionError("this command opens no window")

    def run(*words: str) -> int:
        return main(words, Doors(open_workspace, no_door, no_door))

    database = tmp_path / "opora.db"
    with open_workspace(database) as workspace:
        for name in SCHOOLS:
            add_school(workspace, name)
    path = document(tmp_path / "Программа 2022.docx", GROUPS)
    assert run("import", str(path), "--db", str(database)) == 0
    out = tmp_path / "networks.json"
    words = ("export", "networks", "--year", "2022", "--db", str(database), "--out", str(out))
    assert run(*words) == 0
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert [len(row["members"]) for row in rows] == [3, 4, 4]
