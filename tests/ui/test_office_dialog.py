"""The form of the requisites: every field is kept, a mistyped code is told and stored."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.settings import OfficeDetails
from app.ui.dialogs.office_dialog import OfficeDialog
from tests.documents.test_order import DETAILS

FULL = replace(
    DETAILS,
    address="000000, с. Тридевятое, ул. Лесная, д. 1",
    phones="8(00000)0-00-00",
    email="uo@example.ru",
    site="uo.example.ru",
    okpo="00032537",
    ogrn="1027700132195",
    inn="7707083893",
    kpp="773601001",
)


def dialog(qtbot: QtBot, details: OfficeDetails | None) -> OfficeDialog:
    made = OfficeDialog(details, None)
    qtbot.addWidget(made)
    return made


def test_what_is_stored_comes_back_whole(look: QApplication, qtbot: QtBot) -> None:
    made = dialog(qtbot, FULL)
    assert made.details() == FULL
    assert all(place.isHidden() for place in made.remarks.values())


def test_a_mistyped_code_is_told_under_its_field(look: QApplication, qtbot: QtBot) -> None:
    made = dialog(qtbot, FULL)
    made.fields["inn"].setText("7707083894")
    made.fields["inn"].editingFinished.emit()
    assert "Контрольная цифра ИНН" in made.remarks["inn"].text()
    assert not made.remarks["inn"].isHidden()
    assert made.details().inn == "7707083894"
    made.fields["inn"].setText("7707083893")
    made.fields["inn"].editingFinished.emit()
    assert made.remarks["inn"].isHidden()


def test_a_new_office_is_not_doubted_before_it_is_filled(look: QApplication, qtbot: QtBot) -> None:
    made = dialog(qtbot, None)
    assert all(place.isHidden() for place in made.remarks.values())
    made.show_problems({"place": "Укажите место издания документов."})
    assert not made.problems["place"].isHidden()
