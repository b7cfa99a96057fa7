"""A picture of the page: a table of an imaginary office, as it is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from app.models.enums import RecordKind
from app.services.mapping import How, Origin, TableKind
from app.ui.pages.mapping.launcher import LIST_TITLE
from app.ui.pages.mapping.page import MappingPage
from app.ui.pages.mapping.placing import IGNORED
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_TABLE = """Сведения управления образования;;;;;;
№;ОУ;Писали;Русский язык;;;;Математика;;;;Примечание
;;;5;4;3;2;5;4;3;2;
1;МБОУ Полянская СОШ;20;4;8;6;2;3;7;8;2;
2;МБОУ Яснополянская ООШ;10;1;4;3;2;1;3;4;2;болели двое
3;МКОУ Заречная СОШ;25;5;10;8;2;4;9;9;3;
;Итого;55;10;22;17;6;8;19;21;7;
"""
_FORM = """Сведения о контингенте школы;;;
МБОУ «Полянская СОШ»;;;
за 2025 год;;;
№;Наименование строки;Ед.;Итого
1;Контингент на начало года;чел.;104
2;Дети из семей, где трое и больше детей;чел.;21
3;Состоят на учёте в ПДН;чел.;2
4;Дети с ОВЗ;чел.;9
5;Форму заполнила;;Примерова П. П.
"""


def _bring_in(window: MainWindow) -> None:
    path = window.state.folder / "Сводка управления.csv"
    path.write_text(_TABLE, encoding="utf-8")
    window.context.import_wanted.emit((path,))


def _open(window: MainWindow) -> None:
    load: Any = window.pages["import"]
    load.panel.map.click()


def _page(window: MainWindow) -> MappingPage:
    return cast(MappingPage, window.pages[MappingPage.key])


def _say_all(window: MainWindow) -> None:
    page = _page(window)
    model = page.sheet.placing_model
    model.setData(model.index(0, model.columnCount() - 1), IGNORED)
    for part, value in (("year", "2025"), ("assessment", "ОГЭ"), ("grade", "9")):
        field = page.controls.origins[part]
        field.show_origin(Origin(How.CONSTANT, value))
        field.changed.emit()


def _leave(window: MainWindow) -> None:
    _page(window).leave.click()
    load: Any = window.pages["import"]
    load.leave.click()


def _bring_form(window: MainWindow) -> None:
    path = window.state.folder / "Контингент школы.csv"
    path.write_text(_FORM, encoding="utf-8")
    window.context.import_wanted.emit((path,))


def _as_form(window: MainWindow) -> None:
    controls = _page(window).controls
    controls.kind.setCurrentIndex(controls.kind.findData(TableKind.RECORD))
    controls.record.setCurrentIndex(controls.record.findData(RecordKind.PASSPORT))
    controls.kind_chosen.emit()
    controls.turned.click()


def _list(window: MainWindow) -> None:
    next(a for a in window.menus.file.actions() if a.text() == LIST_TITLE).trigger()


SCREENS = (
    Screen("34-mapping", (_bring_in, _open)),
    Screen("35-mapping-preview", (_say_all,)),
    Screen("36-mapping-form", (_leave, _bring_form, _open, _as_form)),
    Screen("36-mapping-left", (_leave,)),
    Screen("37-mappings", (_list,)),
)
