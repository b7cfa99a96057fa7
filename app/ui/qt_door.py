"""The door of the running program: dialogs of Qt and of the system, all in Russian."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QWidget,
)

from app.errors import UserError
from app.ui.prompts import Question


class QtDoor:
    """See ``door.Door`` for what each of them means."""

    def inform(self, parent: QWidget | None, title: str, text: str, details: str) -> None:
        message_box(parent, title, text, details).exec()

    def report(self, parent: QWidget | None, error: UserError) -> None:
        message_box(parent, "Не получилось", error.message, error.hint, warning=True).exec()

    def ask(self, parent: QWidget | None, question: Question) -> bool:
        box, accept = question_box(parent, question)
        box.exec()
        return box.clickedButton() is accept

    def ask_text(self, parent: QWidget | None, title: str, label: str, text: str) -> str | None:
        dialog = QInputDialog(parent)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(text)
        dialog.setOkButtonText("Готово")
        dialog.setCancelButtonText("Отмена")
        return dialog.textValue() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> tuple[Path, ...]:
        names, _ = QFileDialog.getOpenFileNames(parent, title, "", filters)
        return tuple(Path(name) for name in names)

    def open_folder(self, parent: QWidget | None, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None

    def save_file(
        self, parent: QWidget | None, title: str, proposed: Path, filters: str
    ) -> Path | None:
        name, chosen = QFileDialog.getSaveFileName(parent, title, str(proposed), filters)
        return with_ending(Path(name), chosen) if name else None

    def run(self, dialog: QDialog) -> bool:
        return dialog.exec() == QDialog.DialogCode.Accepted

    def reveal(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def message_box(
    parent: QWidget | None, title: str, text: str, details: str, *, warning: bool = False
) -> QMessageBox:
    """Return a message with one button."""
    icon = QMessageBox.Icon.Warning if warning else QMessageBox.Icon.Information
    box = _box(parent, icon, title, text, details)
    box.addButton("Закрыть", QMessageBox.ButtonRole.AcceptRole)
    return box


def question_box(parent: QWidget | None, question: Question) -> tuple[QMessageBox, QAbstractButton]:
    """Return a question and its accepting button."""
    icon = QMessageBox.Icon.Warning if question.dangerous else QMessageBox.Icon.Question
    box = _box(parent, icon, question.title, question.text, question.details)
    accept = box.addButton(question.accept, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(question.refuse, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse if question.dangerous else accept)
    box.setEscapeButton(refuse)
    return box, accept


def _box(
    parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str, details: str
) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(details)
    return box


def with_ending(path: Path, chosen_filter: str) -> Path:
    """Give a name without an ending that of the filter: Linux dialogs do not."""
    if path.suffix or "*." not in chosen_filter:
        return path
    ending = chosen_filter.split("*", 1)[1].split(")")[0].split()[0]
    return path.with_name(path.name + ending)
