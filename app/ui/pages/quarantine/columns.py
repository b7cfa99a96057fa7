"""Columns of the table of rows that wait."""

from __future__ import annotations

from app.models.enums import QuarantineState
from app.services.importing import QuarantineLine
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.numbers import whole
from app.ui.theme.colors import Tone

STATES = {
    QuarantineState.WAITING: Chip(Tone.WARNING, Sign.ALERT, "ждёт"),
    QuarantineState.STORED: Chip(Tone.SUCCESS, Sign.CHECK, "загружена"),
    QuarantineState.DISMISSED: Chip(Tone.NEUTRAL, Sign.DASH, "отклонена"),
}


def _reason(line: QuarantineLine) -> str:
    return f"{line.reason} Отклонена: {line.note}" if line.note else line.reason


COLUMNS: tuple[Column[QuarantineLine], ...] = (
    Column(
        "state",
        "Состояние",
        lambda line: STATES[line.state].word,
        width=116,
        chip=lambda line: STATES[line.state],
    ),
    Column("path", "Файл", lambda line: line.path, width=216),
    Column("sheet", "Лист", lambda line: line.sheet, width=96),
    Column("row", "Строка", lambda line: line.row, whole, Align.RIGHT, 64, link=True),
    Column("school", "Школа", lambda line: line.school, width=180),
    Column("item", "О чём", lambda line: line.item, width=190),
    Column("load", "Загрузка", lambda line: line.batch_id, whole, Align.RIGHT, 76),
    Column(
        "moment",
        "Когда",
        lambda line: line.loaded_at,
        lambda at: at.astimezone().strftime("%d.%m.%Y"),
        width=92,
    ),
    Column("reason", "Почему не загружена", _reason, width=300),
)
