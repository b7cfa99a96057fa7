"""«Кто не сдал»: the states of the board, excuses with undo, letters to those who owe."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, RecordKind, SchoolStatus
from app.models.records import Record
from app.services import forms, journal, settings
from app.services.changes import ChangeSet, Topic
from app.services.documents import Letter, page_count, write
from app.services.documents.blocks import texts
from app.services.forms import State, build_reminder, excuse, withdraw_excuse
from app.services.workspace import Workspace
from tests.forms.filling import YEAR, school
from tests.stored import add_result

FULL = ("pupils", "low_income", "single_parent", "large_families", "on_record", "ovz")


def passport(workspace: Workspace, school_id: int, *names: str) -> None:
    """Store a passport with these figures."""
    with workspace.database.write() as session:
        session.add(
            Record(
                identity=f"{school_id}",
                kind=RecordKind.PASSPORT,
                year=YEAR,
                school_id=school_id,
                data=dict.fromkeys(names, 1),
                current=True,
            )
        )


def vpr(workspace: Workspace, school_id: int, subject: str, grade: int) -> None:
    """Store a result of the ВПР."""
    add_result(workspace, school_id, (AssessmentKind.VPR, YEAR, subject, grade), 10, 1)


def states(workspace: Workspace, school_id: int) -> dict[str, State]:
    """Return the row of a school."""
    found = forms.board(workspace, YEAR)
    row = next(row for row in found.rows if row.school_id == school_id)
    return {key: cell.state for key, cell in row.cells.items()}


def office(workspace: Workspace) -> None:
    """Fill in the requisites, all invented."""
    settings.save_office(
        workspace,
        settings.OfficeDetails(
            full_name="Управление образования Лугового района",
            short_name="УО",
            place="с. Луговое",
            head_post="Начальник управления",
            head_name="Образцов Олег Петрович",
        ),
    )


def said(letter: Letter) -> list[str]:
    """Return every text of a letter, bound spaces made plain."""
    return [piece.text.replace("\xa0", " ") for piece in texts(letter.content)]


def test_records_are_done_partly_or_missing(workspace: Workspace) -> None:
    full, part, none = (
        school(workspace, f"СОШ № {n}", fisoko=f"edu10000{n}", rcoi=None) for n in (1, 2, 3)
    )
    passport(workspace, full, *FULL)
    passport(workspace, part, "pupils", "ovz", "low_income_share")
    assert [states(workspace, one)["passport"] for one in (full, part, none)] == [
        State.DONE,
        State.PARTLY,
        State.MISSING,
    ]
    rows = {row.school_id: row for row in forms.board(workspace, YEAR).rows}
    assert rows[part].cells["passport"].why == (
        "Нет показателей: Обучающиеся из неполных семей; Обучающиеся из многодетных семей; "
        "Состоят на учёте (все виды)."
    )
    assert rows[full].owed() == ("staff", "vpr", "oge", "ege")


def test_results_are_asked_by_what_the_district_held(workspace: Workspace) -> None:
    one, two = (school(workspace, f"СОШ № {n}", fisoko=f"edu10000{n}", rcoi=None) for n in (1, 2))
    assert states(workspace, one)["vpr"] is State.MISSING
    for subject in ("Русский язык", "Математика"):
        vpr(workspace, one, subject, 5)
    vpr(workspace, two, "Русский язык", 5)
    assert states(workspace, one)["vpr"] is State.DONE
    assert states(workspace, two)["vpr"] is State.PARTLY
    row = next(row for row in forms.board(workspace, YEAR).rows if row.school_id == two)
    assert row.cells["vpr"].why == "Нет результатов: математика, 5 класс."


def test_one_level_of_mathematics_is_enough(workspace: Workspace) -> None:
    one = school(workspace)
    for subject in ("Русский язык", "Математика (базовая)"):
        add_result(workspace, one, (AssessmentKind.EGE, YEAR, subject, 11), 4, 0)
    assert states(workspace, one)["ege"] is State.DONE


def test_kinds_of_schools(workspace: Workspace) -> None:
    primary = school(workspace, "Тихая НОШ", kind="НОШ")
    vpr(workspace, primary, "Русский язык", 4)
    other = school(workspace, fisoko="edu100002", rcoi=None)
    vpr(workspace, other, "Русский язык", 8)
    school(workspace, "Закрытая", fisoko=None, rcoi=None, status=SchoolStatus.CLOSED)
    found = states(workspace, primary)
    assert (found["vpr"], found["oge"], found["ege"]) == (
        State.DONE,
        State.NOT_NEEDED,
        State.NOT_NEEDED,
    )
    assert len(forms.board(workspace, YEAR).rows) == 2


def test_an_excuse_is_stored_changed_undone_and_withdrawn(workspace: Workspace) -> None:
    one = school(workspace)
    assert excuse(workspace, YEAR, one, "ege", " выпускников  нет ") == ChangeSet.of(Topic.FORMS)
    cell = forms.board(workspace, YEAR).rows[0].cells["ege"]
    assert (cell.state, cell.why) == (State.EXCUSED, "выпускников нет")
    assert not excuse(workspace, YEAR, one, "ege", "выпускников нет").topics
    excuse(workspace, YEAR, one, "ege", "класс закрыт")
    withdraw_excuse(workspace, YEAR, one, "ege")
    assert states(workspace, one)["ege"] is State.MISSING
    assert not withdraw_excuse(workspace, YEAR, one, "ege").topics
    outcome = journal.undo_last(workspace)
    assert "отзыв освобождения школы «МБОУ Луговская СОШ»" in outcome.message
    assert forms.board(workspace, YEAR).rows[0].cells["ege"].why == "класс закрыт"


@pytest.mark.parametrize(
    ("form", "reason", "wrong"),
    [
        ("ege", "  ", "требует причины"),
        ("nothing", "нет", "никто не ждёт"),
    ],
)
def test_excuses_that_are_refused(workspace: Workspace, form: str, reason: str, wrong: str) -> None:
    one = school(workspace)
    with pytest.raises(UserError, match=wrong):
        excuse(workspace, YEAR, one, form, reason)
    with pytest.raises(UserError, match="больше нет в реестре"):
        excuse(workspace, YEAR, one + 5, "ege", "нет")


def test_a_reminder_to_one_school(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace, director="Примерова Анна Ивановна")
    office(workspace)
    for key in ("vpr", "oge", "ege"):
        excuse(workspace, YEAR, one, key, "не проводилось")
    passport(workspace, one, *FULL[:-1])
    letter = build_reminder(
        workspace, YEAR, (one,), deadline=date(2025, 11, 20), today=date(2025, 11, 1)
    )
    assert said(letter)[1:] == [
        "Управление образования Лугового района",
        "____________",
        "№ ______",
        "Руководителю образовательной организации",
        "МБОУ Луговская СОШ",
        "Примеровой А.И.",
        "О представлении сведений за 2025 год",
        "По состоянию на 1 ноября 2025 г. от вашей организации не получены сведения за 2025 год, "
        "перечисленные ниже.",
        "№", "Сведения", "Что не сдано",
        "1", "Социальный паспорт", "Нет показателей: Обучающиеся с ОВЗ.",
        "2", "Кадры", "сведений нет",
        "Просим представить их в срок до 20 ноября 2025 г. на направленных бланках, не меняя вида "
        "файлов. Фамилии обучающихся и работников в бланках не указываются.",
        "Если сведения представить нельзя (например, в 2025 году нет выпускников), просим "
        "сообщить об этом в тот же срок и назвать причину.",
        "Начальник управления", "О.П. Образцов",
    ]  # fmt: skip
    assert letter.blanks == ("дата письма", "номер письма")
    assert page_count(write(letter.content, tmp_path / "письмо.pdf")) == 1
    assert write(letter.content, tmp_path / "письмо.docx").stat().st_size > 0


def test_a_reminder_to_all_names_only_those_who_owe(workspace: Workspace) -> None:
    one = school(workspace, "СОШ № 1", fisoko="edu100001", rcoi=None)
    two = school(workspace, "СОШ № 2", fisoko="edu100002", rcoi=None)
    with pytest.raises(UserError, match="реквизиты"):
        build_reminder(workspace, YEAR)
    office(workspace)
    passport(workspace, one, *FULL)
    letter = build_reminder(workspace, YEAR, forms=("passport",), today=date(2025, 11, 1))
    found = said(letter)
    assert "Руководителям общеобразовательных организаций" in found
    assert ("СОШ № 2" in found, "СОШ № 1" in found) == (True, False)
    assert letter.blanks[-1] == "срок для школы"
    with pytest.raises(UserError, match="напоминать не о чем"):
        build_reminder(workspace, YEAR, (one,), forms=("passport",))
    assert two


def test_a_director_that_cannot_be_inflected_is_not_guessed(workspace: Workspace) -> None:
    one = school(workspace, director="Ли А.")
    office(workspace)
    letter = build_reminder(workspace, YEAR, (one,), today=date(2025, 11, 1))
    assert not any("Ли" in text for text in said(letter))
    assert "дательный падеж" in letter.warnings[0]
