"""The dialog «Методика»: choose, try and apply the rules of one year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from app.services import methodology
from app.services.changes import ChangeSet
from app.services.methodology import Comparison, KnownRules, RuleSet, WhatIf, YearRules
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.help_button import HelpButton
from app.ui.dialogs.tabbed import TabbedDialog
from app.ui.pages.methodology.editor import RulesEditor
from app.ui.pages.methodology.effect import EffectPanel
from app.ui.tasks import Task
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import by_letters, open_size
from app.ui.widgets.text import label

_SIZE = (1080, 640)
_FORM_WIDTH = 660
_FILTER = "Методика (*.json)"


class _Loaded(NamedTuple):
    known: tuple[KnownRules, ...]
    now: YearRules
    trial: WhatIf


class MethodologyDialog(TabbedDialog):
    """Nothing is stored until «Применить»; the count of schools follows every switch."""

    def __init__(self, context: Context, year: int) -> None:
        super().__init__(context.window)
        self._context = context
        self._year = year
        self._trial: WhatIf | None = None
        self._now: YearRules | None = None
        self._known: tuple[KnownRules, ...] = ()
        self._counting: Task | None = None
        self.setWindowTitle(f"Методика за {year} год")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName("Методика")
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.state = label("", "muted", wrap=True)
        self.editor = RulesEditor(self._year)
        self.form = self.editor.form
        self.tabs = self.editor.tabs
        self.effect = EffectPanel()
        self.problem = label("", "danger", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.choice)
        column.addWidget(self.state)
        middle = QHBoxLayout()
        middle.setSpacing(MARGIN)
        self.editor.setFixedWidth(by_letters(self, _FORM_WIDTH))
        middle.addWidget(self.editor)
        middle.addWidget(self.effect, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.problem)
        column.addLayout(self._build_buttons())
        self._set_ready(False)

    def _build_buttons(self) -> QHBoxLayout:
        self.bring = QPushButton("Загрузить из файла…")
        self.take = QPushButton("Выгрузить в файл…")
        self.default = QPushButton("Вернуть по умолчанию")
        self.apply = QPushButton(f"Применить к {self._year} году")
        self.apply.setProperty("role", "primary")
        self.close_button = QPushButton("Закрыть")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.bring, self.take, self.default):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.about = HelpButton(self, "methodology", "Методика")
        row.addWidget(self.about)
        row.addStretch()
        row.addWidget(self.apply)
        row.addWidget(self.close_button)
        return row

    def _connect(self) -> None:
        self.choice.activated.connect(self._on_choice)
        self.editor.changed.connect(self._on_edit)
        self.bring.clicked.connect(self._on_bring)
        self.take.clicked.connect(self._on_take)
        self.default.clicked.connect(self._on_default)
        self.apply.clicked.connect(self._on_apply)
        self.close_button.clicked.connect(self.reject)

    def _load(self) -> None:
        task = self._context.tasks.database.call(
            "Читаю методику", _load, self._context.workspace, self._year
        )
        task.done.connect(self._on_loaded)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._known, self._now, self._trial = loaded
        self.choice.clear()
        self.choice.addItems([item.name for item in loaded.known])
        place = [item.rules for item in loaded.known].index(loaded.now.rules)
        self.choice.setCurrentIndex(place)
        how = "выбрана для этого года" if loaded.now.chosen else "действует по умолчанию"
        self.state.setText(
            f"Сейчас {how}. Прошлые годы остаются под теми методиками, по которым решены."
        )
        self._set_ready(True)
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)  # not the text beside the form
        self._show(loaded.now.rules)

    def leave(self) -> None:
        """Drop a count that is still on its way."""
        if self._counting is not None:
            self._counting.abandon()

    def _set_ready(self, ready: bool) -> None:
        for widget in (self.choice, self.editor, self.bring, self.take, self.apply, self.default):
            widget.setEnabled(ready)
        if ready and self._now is not None:
            self.default.setEnabled(self._now.chosen)

    def _show(self, rules: RuleSet) -> None:
        self.editor.show_rules(rules)
        self._on_edit()

    def _on_choice(self, place: int) -> None:
        self._show(self._known[place].rules)

    def _on_edit(self) -> None:
        problem = self.editor.problem()
        self.problem.setText(problem)
        self.apply.setEnabled(not problem)
        if problem or self._trial is None or self._now is None:
            return
        rules = self.editor.rules()
        self.effect.show_rules(rules, self._now.decisions)
        self.effect.show_wait()
        if self._counting is not None:
            self._counting.abandon()
        self._counting = self._context.tasks.database.call(
            "Считаю школы", self._trial.compare, rules
        )
        self._counting.done.connect(self._on_counted)

    def _on_counted(self, found: Comparison) -> None:
        self._counting = None
        self.effect.show_comparison(found)

    def _on_apply(self) -> None:
        task = self._context.tasks.database.call(
            "Применяю методику",
            methodology.apply_rules,
            self._context.workspace,
            self._year,
            self.editor.rules(),
        )
        task.done.connect(self._on_applied)

    def _on_default(self) -> None:
        task = self._context.tasks.database.call(
            "Возвращаю методику",
            methodology.default_rules,
            self._context.workspace,
            self._year,
        )
        task.done.connect(self._on_applied)

    def _on_applied(self, changes: ChangeSet) -> None:
        self._context.bus.publish(changes)
        self._context.told.emit(f"Методика за {self._year} год изменена. Ctrl+Z вернёт прежнюю.")
        self.accept()

    def _on_bring(self) -> None:
        chosen = prompts.open_files(self, "Файл методики", _FILTER)
        if chosen:
            task = self._context.tasks.database.call(
                "Загружаю методику", methodology.import_rules, self._context.workspace, chosen[0]
            )
            task.done.connect(self._on_brought)

    def _on_brought(self, found: Sequence[RuleSet]) -> None:
        self._load()
        self._context.told.emit(f"Загружено методик: {len(found)}. Выберите нужную из списка.")

    def _on_take(self) -> None:
        rules = self.editor.rules()
        proposed = Path(f"Методика {rules.key} {rules.version}.json")
        path = prompts.save_file(self, "Выгрузить методику", proposed, _FILTER)
        if path is not None:
            self._context.tasks.database.call(
                "Выгружаю методику", methodology.export_rules, rules, path
            )


def _load(workspace: Workspace, year: int) -> _Loaded:
    known = methodology.known_rules(workspace)
    now = methodology.year_rules(workspace, year)
    if now.rules not in [item.rules for item in known]:
        known = (*known, KnownRules(now.rules, stored=True))
    return _Loaded(known, now, WhatIf(workspace, year))
