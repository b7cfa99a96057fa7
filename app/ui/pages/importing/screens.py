"""Pictures of a load: the plan of the demo district's files, brought in once more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from app.models.enums import CodeSystem, DaysAnswer
from app.paths import resource
from app.services.changes import ChangeSet
from app.services.importing import (
    Candidate,
    DaysQuestion,
    SchoolQuestion,
    SchoolRef,
    UndoLine,
    UndoPreview,
    UndoReport,
)
from app.ui import prompts
from app.ui.pages.importing.answers_dialog import answers_dialog, days_dialog
from app.ui.pages.importing.launcher import LOADS_TITLE
from app.ui.pages.importing.page import ImportPage
from app.ui.pages.importing.questions import QuestionsDialog
from app.ui.pages.importing.undo_dialog import UndoDialog
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

# A question of the kind that a register with a new spelling brings up; the demo has none.
_QUESTION = SchoolQuestion(
    key="picture",
    ref=SchoolRef(((CodeSystem.FISOKO, "edu999001"),), "МБОУ «Основная школа с. Ясная Поляна»"),
    where="Русский язык 5 класс.xlsx, лист «Статистика», ячейка A14",
    rows=12,
    candidates=(
        Candidate(1, "МБОУ Яснополянская ООШ", 78, "похоже название, код другой"),
        Candidate(2, "МБОУ Полянская СОШ", 61, "похоже название, вид школы другой"),
    ),
)

# A list of the whole region brings districts none of whose schools is known; the demo has none.
_DISTRICT = SchoolQuestion(
    key="picture-district",
    ref=SchoolRef((), "Муниципалитет «Тридевятый муниципальный округ»"),
    where="Список региона.xlsx, лист «Школы», ячейка C41",
    rows=46,
    can_create=False,
    schools=23,
)


def _page(window: MainWindow) -> ImportPage:
    return cast(ImportPage, window.pages[ImportPage.key])


def _bring_in(window: MainWindow) -> None:
    window.context.import_wanted.emit((resource("demo", "usb"),))


def _leave(window: MainWindow) -> None:
    _page(window).leave.click()


def _open_sheet(window: MainWindow) -> None:
    page = _page(window)
    page.files.select_key("ВПР 2025/5 класс МА - Статистика по отметкам.xlsx")
    page.panel.look.click()


def _correct(window: MainWindow) -> None:
    pane = _page(window).sheet
    pane.go_to("D19")
    pane.mend.click()


def _back(window: MainWindow) -> None:
    _page(window).sheet.back.click()


def _answers(window: MainWindow) -> None:
    prompts.run(answers_dialog(window.context, window))


def _question(window: MainWindow) -> None:
    prompts.run(QuestionsDialog((_QUESTION,), {}, window))


def _district(window: MainWindow) -> None:
    prompts.run(QuestionsDialog((_DISTRICT, _QUESTION), {}, window))


_DAYS = DaysQuestion(
    "ОГЭ|2026|Математика",
    "ОГЭ 2026, математика",
    (date(2026, 6, 2), date(2026, 6, 26)),
    4,
    9,
    7,
    False,
    False,
    "02 - Математика, резерв.xlsx, лист «Page 1», ячейка A1",
    DaysAnswer.LATEST,
)


def _days(window: MainWindow) -> None:
    prompts.run(QuestionsDialog((), {}, window, (_DAYS,)))


def _remembered_days(window: MainWindow) -> None:
    prompts.run(days_dialog(window.context, window))


def _loads(window: MainWindow) -> None:
    next(a for a in window.menus.file.actions() if a.text() == LOADS_TITLE).trigger()


_UNDONE = UndoReport(
    3,
    214,
    3,
    (),
    ("Школа «МБОУ Яснополянская ООШ» осталась: по ней приняты решения.",),
    ChangeSet(),
)
_PREVIEW = UndoPreview(
    3,
    "стик Ясной Поляны",
    datetime(2025, 11, 20, 9, 30, tzinfo=UTC),
    _UNDONE,
    (
        UndoLine(
            "МБОУ Полянская СОШ",
            "ВПР 2025, математика, 5 класс",
            "Получили «2», чел.",
            "9",
            "3",
        ),
        UndoLine("МБОУ Полянская СОШ", "Сведения о школе", "Обучающихся", "212", "204"),
    ),
    (
        UndoLine(
            "МБОУ Яснополянская ООШ",
            "ВПР 2025, русский язык, 6 класс",
            "Участников",
            "14",
            "11",
            "загрузка № 5 от 21.11.2025",
        ),
    ),
    {"ОГЭ 2025, математика, 9 класс": 12, "Социальный паспорт, 2025 год": 11},
)


def _undo(window: MainWindow) -> None:
    prompts.run(UndoDialog(_PREVIEW, window.state, window))


SCREENS = (
    Screen("30-import-plan", (_bring_in,)),
    Screen("30-import-sheet", (_open_sheet,)),
    Screen("30-import-sheet-cell", (_correct,)),
    Screen("31-import-left", (_back, _leave)),
    Screen("32-import-question", (_question,)),
    Screen("32-import-district", (_district,)),
    Screen("32-import-days", (_days,)),
    Screen("33-loads", (_loads,)),
    Screen("33-loads-answers", (_answers,)),
    Screen("33-loads-days", (_remembered_days,)),
    Screen("33-loads-undo", (_undo,)),
)
