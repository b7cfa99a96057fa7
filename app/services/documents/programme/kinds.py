"""The kinds of blocks that an outline may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockKind:
    """A kind of block: ``options`` are the keys that its body may have beside the common ones."""

    key: str
    title: str
    hint: str
    options: tuple[str, ...] = ()


COMMON_OPTIONS = ("numbered", "landscape", "new_page", "caption", "note")
"""``numbered`` false takes the heading out of the count; ``caption`` titles its table."""

_LISTED = (
    BlockKind("section", "Раздел", "Заголовок, под которым стоят другие блоки"),
    BlockKind("text", "Текст", "Свой текст или предложенный по данным", ("text", "auto")),
    BlockKind("part", "Часть программы", "Цели, задачи, этапы, акты, SWOT…", ("part",)),
    BlockKind("roadmap", "Дорожная карта", "Таблица мероприятий", ("roadmap", "position")),
    BlockKind("indicators", "Показатели", "Таблица показателей по годам", ("by_goal",)),
    BlockKind("risks", "Факторы риска", "Факторы риска по школам"),
    BlockKind("curators", "Кураторы", "Кто помогает какой школе"),
    BlockKind("coordinators", "Координаторы", "Кто отвечает за район в целом"),
    BlockKind("networks", "Сеть", "Группы школ и принцип объединения"),
    BlockKind("mentors", "Наставничество", "Школы и школы-наставники"),
    BlockKind("monitoring", "Мониторинг", "Предмет, критерии, показатели, источники"),
    BlockKind("recommendations", "Рекомендации", "Адресные рекомендации с сроками"),
    BlockKind("results", "Результаты", "Таблица результатов процедур", ("table", "year")),
    BlockKind("chart", "Диаграмма", "Диаграмма по результатам", ("chart", "year", "grey")),
    BlockKind("free_table", "Своя таблица", "Таблица, введённая вручную", ("columns", "rows")),
    BlockKind("title", "Титульный лист", "Гриф, название, место и год", ("lines", "foot")),
    BlockKind("contents", "Содержание", "Разделы с номерами страниц", ("depth",)),
    BlockKind("new_page", "Новая страница", "Следующее начнётся с новой страницы"),
)

BLOCK_KINDS: Mapping[str, BlockKind] = {kind.key: kind for kind in _LISTED}
"""Every kind by its key."""
