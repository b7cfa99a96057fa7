"""Dialogs of the page «Цикл»: a document, a recommendation, proposals, a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.enums import RecommendationState
from app.services.cycle import (
    Choice,
    DecisionChoices,
    DecisionForm,
    Direction,
    Draft,
    EvidenceForm,
    EvidenceRow,
    RecommendationForm,
    RecommendationRow,
    addressees,
    steps,
)
from app.services.schools import SchoolRow
from app.ui.dialogs.form_dialog import FormDialog, Option

_LIST_HEIGHT = 320
_GAP = 4
_AROUND = 8 * _GAP
"""Pixels that gaps and edges take of the width of a line, with some to spare."""


class EvidenceDialog(FormDialog):
    """Asks for a document under a step; only documents of earlier steps can be cited."""

    def __init__(
        self,
        parent: QWidget,
        form: EvidenceForm,
        directions: Sequence[Direction],
        earlier: Sequence[EvidenceRow],
    ) -> None:
        super().__init__(parent, "Документ цикла", width=600)
        self._form = form
        self.step = self.choice("Шаг", [(one.title, one.key) for one in steps()], form.step)
        listed: list[Option] = [("все направления", "")]
        listed += [(one.title, one.key) for one in directions]
        self.direction = self.choice("Направление", listed, form.direction)
        self.title_field = self.line("Название документа", form.title)
        with self.row():
            self.number = self.line("Номер", form.number)
            self.issued = self.day("Дата", form.issued_on)
            self.due = self.day("Ждём до", form.due)
        self.link = self.line("Файл или страница", form.link)
        self.responsible = self.line("Ответственный", form.responsible)
        cited: list[Option] = [("ни на что", None), *((one.name, one.id) for one in earlier)]
        self.prior = self.choice("На какой документ ссылается", cited, form.prior_id, search=True)
        self.remark = self.line("Примечание", form.note)
        self.finish()

    @property
    def form(self) -> EvidenceForm:
        """What was entered."""
        return EvidenceForm(
            self._form.year,
            self.step.value(),
            self.direction.value(),
            self.title_field.text(),
            self.number.text(),
            self.issued.value(),
            self.due.value(),
            self.link.text(),
            self.responsible.text(),
            self.prior.value(),
            self.remark.text(),
            self._form.programme_id,
        )


class RecommendationDialog(FormDialog):
    """Asks for a recommendation."""

    def __init__(
        self,
        parent: QWidget,
        form: RecommendationForm,
        schools: Sequence[SchoolRow],
        analyses: Sequence[EvidenceRow],
    ) -> None:
        super().__init__(parent, "Адресная рекомендация", width=600)
        self._form = form
        listed: list[Option] = [("весь район", None)]
        listed += [(one.short_name, one.id) for one in schools]
        self.school = self.choice("Школа", listed, form.school_id, search=True)
        with self.row():
            kinds = [(one.title, one.key) for one in addressees()]
            self.addressee = self.choice("Кому", kinds, form.addressee)
            self.name = self.line("Кому именно", form.addressee_name, "РМО учителей математики")
        self.deficit = self.line("Дефицит", form.deficit)
        self.body = self.text("Что рекомендуется", form.text, required=True, height=96)
        with self.row():
            self.term = self.line("Срок", form.term, "до 01.10.2026, I полугодие")
            states = [(one.value, one) for one in RecommendationState]
            self.state = self.choice("Состояние", states, form.state)
        cited: list[Option] = [("не указан", None), *((one.name, one.id) for one in analyses)]
        self.analysis = self.choice("По какому анализу", cited, form.analysis_id, search=True)
        self.remark = self.line("Примечание", form.note)
        self.finish()

    @property
    def form(self) -> RecommendationForm:
        """What was entered."""
        return RecommendationForm(
            self._form.year,
            self.addressee.value(),
            self.body.toPlainText(),
            self.school.value(),
            self.name.text(),
            self._form.factor,
            self.deficit.text(),
            self.term.text(),
            self.state.value(),
            self.analysis.value(),
            self.remark.text(),
        )


class _Wrapped(QStyledItemDelegate):
    """Wraps a line at the width that it is drawn with.

    A list asks for the size of a line as if its words had the whole width, without the mark before
    them and the gaps around: what needs one line more by then is cut, and a bar to scroll aside
    appears.
    """

    def sizeHint(  # noqa: N802
        self, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        narrow: Any = QStyleOptionViewItem(option)
        style = option.widget.style()
        mark = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, option.widget)
        narrow.rect = option.rect.adjusted(0, 0, -mark - _AROUND, 0)
        return super().sizeHint(narrow, index)


class ProposalsDialog(FormDialog):
    """Shows what the program would recommend; the person ticks what to take."""

    def __init__(self, parent: QWidget, drafts: Sequence[Draft]) -> None:
        super().__init__(parent, "Предложения программы", "Принять отмеченные", width=860)
        self.note(
            "Предложения следуют из рисков, низких процедур и дефицитов. Отметьте нужные; после "
            "принятия каждую можно изменить."
        )
        self.list = QListWidget()
        self.list.setAccessibleName("Предложения")
        self.list.setWordWrap(True)
        self.list.setSpacing(_GAP)
        self.list.setItemDelegate(_Wrapped(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        titles = {one.key: one.title for one in addressees()}
        self._drafts = tuple(drafts)
        for draft in self._drafts:
            item = QListWidgetItem(
                f"{draft.school} · {titles[draft.form.addressee]}\n{draft.form.text}\n({draft.why})"
            )
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.all = self.tick("Отметить все", False)
        self.all.toggled.connect(self._on_all)
        self.add_wide(self.list)
        self.list.itemChanged.connect(self.refresh)
        self.require(lambda: bool(self.chosen))
        self.finish()

    @property
    def chosen(self) -> tuple[Draft, ...]:
        """What the person ticked."""
        return tuple(
            draft
            for line, draft in enumerate(self._drafts)
            if self.list.item(line).checkState() is Qt.CheckState.Checked
        )

    def _on_all(self, ticked: bool) -> None:
        state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        for line in range(self.list.count()):
            self.list.item(line).setCheckState(state)


class DecisionDialog(FormDialog):
    """Asks for a management decision: what it follows from, and what it brought."""

    def __init__(
        self,
        parent: QWidget,
        form: DecisionForm,
        recommendations: Sequence[RecommendationRow],
        effects: Sequence[EvidenceRow],
        choices: DecisionChoices,
    ) -> None:
        super().__init__(parent, "Управленческое решение", width=620)
        self._form = form
        self._papers = {one.id: one for one in choices.documents}
        self.title_field = self.line("Что решено", form.title, required=True)
        with self.row():
            self.number = self.line("Номер приказа", form.number)
            self.issued = self.day("Дата", form.issued_on)
            self.due = self.day("Оценить эффект до", form.due)
        listed: list[Option] = [("не указана", None)]
        listed += [(_short(one), one.id) for one in recommendations]
        self.recommendation = self.choice(
            "Из какой рекомендации следует", listed, form.recommendation_id, search=True
        )
        acts: list[Option] = [
            ("не указано", None),
            *((one.title, one.id) for one in choices.measures),
        ]
        self.measure = self.choice(
            "По какому мероприятию дорожной карты", acts, form.activity_id, search=True
        )
        papers: list[Option] = [("не указан", None)]
        papers += [(one.title, one.id) for one in choices.documents]
        self.document = self.choice(
            "Каким документом оформлено", papers, form.document_id, search=True
        )
        self.document.currentIndexChanged.connect(self._on_document)
        self.effect = self.text("Что дало решение", form.effect)
        told: list[Option] = [("не указан", None), *((one.name, one.id) for one in effects)]
        self.analysis = self.choice("Анализ эффективности", told, form.effect_id, search=True)
        self.remark = self.line("Примечание", form.note)
        self.finish()

    @property
    def form(self) -> DecisionForm:
        """What was entered."""
        return DecisionForm(
            self._form.year,
            self.title_field.text(),
            self.number.text(),
            self.issued.value(),
            self.document.value(),
            self.recommendation.value(),
            self.measure.value(),
            self.due.value(),
            self.effect.toPlainText(),
            self.analysis.value(),
            self.remark.text(),
        )

    def _on_document(self, *_line: object) -> None:
        """Take number and date of the paper where none were entered."""
        paper = self._papers.get(self.document.value())
        if paper is None:
            return
        if not self.number.text():
            self.number.setText(paper.number)
        if self.issued.value() is None:
            self.issued.set_value(paper.on)


class MeasureDialog(FormDialog):
    """Asks which measure of a roadmap answers a recommendation: one that is there, or a new one."""

    def __init__(
        self,
        parent: QWidget,
        row: RecommendationRow,
        measures: Sequence[Choice],
        roadmaps: Sequence[Option],
    ) -> None:
        super().__init__(parent, "Мероприятие по рекомендации", width=620)
        self.heading(_short(row))
        options: list[Option] = [
            (f"новое мероприятие в карте «{title}»", (own, None)) for title, own in roadmaps
        ]
        options += [(one.title, (None, one.id)) for one in measures]
        self.measure = self.choice("Мероприятие", options, search=True)
        self.note(
            "Новое мероприятие получит текст, срок, фактор и школу рекомендации; остальное "
            "дополните в дорожной карте."
        )
        self.require(lambda: self.measure.value() is not None)
        self.finish()


def _short(row: RecommendationRow) -> str:
    text = row.form.text if len(row.form.text) <= 70 else row.form.text[:70] + "…"
    return f"{row.id}. {row.school}: {text}" if row.school else f"{row.id}. {text}"
