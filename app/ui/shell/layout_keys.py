"""Shortcuts typed in the Russian layout: the key counts, not the letter on it.

Most systems hand Qt the Latin letter of the key, but not all of them do; what arrives unhandled as
Ctrl with a Cyrillic letter is looked up here by its place on the keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_CYRILLIC = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_LATIN = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,."
_EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)
_OF_EDITORS = frozenset("ZYACXV")
"""Keys that belong to a text field while one types in it: taking typing back is not taking data
back."""
_PLACES = {ord(ours): ord(theirs) for ours, theirs in zip(_CYRILLIC, _LATIN, strict=True)}


def latin_sequence(event: QKeyEvent) -> QKeySequence | None:
    """Return the shortcut by the Latin letter of the same key; None for other keys."""
    letter = _PLACES.get(event.key())
    if letter is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(letter)))


def trigger(window: QWidget, event: QKeyEvent) -> bool:
    """Trigger the enabled action of the focused widget or its parents that has this shortcut."""
    sequence = latin_sequence(event)
    focus = QApplication.focusWidget() or window
    if sequence is not None and _edits_text(focus, event):
        key = Qt.Key(_PLACES[event.key()])
        typed = QKeyEvent(QEvent.Type.KeyPress, key, event.modifiers())
        QApplication.sendEvent(focus, typed)
        return True
    widget: QWidget | None = focus
    while sequence is not None and widget is not None:
        action = _with_shortcut(widget, sequence)
        if action is not None:
            action.trigger()
            return True
        widget = widget.parentWidget()
    return False


def _edits_text(widget: QWidget, event: QKeyEvent) -> bool:
    """Return True when the key takes back, copies or pastes what is typed in the widget."""
    if not isinstance(widget, _EDITORS) or widget.isReadOnly():
        return False
    return chr(_PLACES[event.key()]) in _OF_EDITORS


def _with_shortcut(widget: QWidget, sequence: QKeySequence) -> QAction | None:
    for action in widget.actions():
        if action.isEnabled() and sequence in action.shortcuts():
            return action
    return None
