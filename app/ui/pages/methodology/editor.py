"""Everything of a methodology that a person can change, in tabs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.services.methodology import RuleSet, subject_names
from app.ui.pages.methodology.basis_tab import BasisTab
from app.ui.pages.methodology.clusters_tab import ClustersTab
from app.ui.pages.methodology.form import RulesForm
from app.ui.pages.methodology.isb_tab import IsbTab
from app.ui.pages.methodology.procedures_tab import ProceduresTab


class RulesEditor(QWidget):
    """Shows a rule set and gives back the edited one; stores nothing."""

    changed = Signal()

    def __init__(self, year: int) -> None:
        super().__init__()
        self._build(year)
        self.form.changed.connect(self._on_rule)
        self.procedures.changed.connect(self._on_procedures)
        for tab in (self.isb, self.clusters, self.basis):
            tab.changed.connect(self.changed)

    def _build(self, year: int) -> None:
        self.form = RulesForm(year)
        self.procedures = ProceduresTab(subject_names())
        self.isb = IsbTab()
        self.clusters = ClustersTab()
        self.basis = BasisTab()
        self.tabs = QTabWidget()
        self.tabs.addTab(_scrolled(self.form), "Правила")
        self.tabs.addTab(self.procedures, "Процедуры")
        self.tabs.addTab(self.isb, "ИСБ")
        self.tabs.addTab(self.clusters, "Кластеры")
        self.tabs.addTab(self.basis, "Основание")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)

    def show_rules(self, rules: RuleSet) -> None:
        """Show another rule set without telling of changes."""
        with QSignalBlocker(self):
            self.form.show_rules(rules)
            self.procedures.show_counted(rules.counted)
            self.isb.show_social(rules.social)
            self.clusters.show_clusters(rules.clusters)
            self.basis.show_rules(rules)

    def rules(self) -> RuleSet:
        """Return the shown rule set with what was changed."""
        rules = self.form.rules()
        model = self.isb.model()
        if rules.social is not None and model is not None:
            rules = replace(rules, social=replace(rules.social, model=model))
        counted = self.procedures.counted()
        rules = replace(
            rules,
            counted=tuple(item for item in counted if self.form.kinds[item.kind].isChecked()),
            clusters=self.clusters.clusters(),
        )
        return self.basis.apply(rules)

    def problem(self) -> str:
        """Return why what is written makes no methodology, or an empty text."""
        problems = (
            self.procedures.problem(),
            self.form.problem(),
            self.isb.problem(),
            self.clusters.problem(),
            self.basis.problem(),
        )
        return next((problem for problem in problems if problem), "")

    def _on_rule(self) -> None:
        # The source of a parameter that was changed is the office's from now on.
        self.basis.follow(self.form.rules())
        self.changed.emit()

    def _on_procedures(self) -> None:
        with QSignalBlocker(self.form):
            self.form.offer_kinds({item.kind for item in self.procedures.counted()})
        self.changed.emit()


def _scrolled(form: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields inside have it
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setWidget(form)
    return scroll
