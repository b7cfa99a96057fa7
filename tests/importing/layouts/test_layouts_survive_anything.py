"""No sheet, however odd, makes a layout fail: what is wrong is said as a problem."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.importing.cells import expand_rows
from app.services.importing.checking import check
from app.services.importing.grid import CellError, CellValue, Sheet, UncachedFormula
from app.services.importing.layouts import ALL, best_layout

HEADERS = (
    "Группы участников;Кол-во ОО;Кол-во участников;2;3;4;5",
    "№;Код ОО;Класс;Фамилия;Имя;Первичный балл;Оценка",
    "№;Код ОО;Класс;Фамилия;Имя;Первичный балл;Тестовый балл",
    "Наименование ОО;Логин ФИС ОКО;Код РЦОИ;Кол-во учащихся;Местность;Статус;Директор",
    "Год;Класс;Предмет;Логин;ОО;Кол-во участников;2;3;4;5",
    "Код ОО;Наименование ОО;Всего участников;Средний балл;Не преодолели порог;%",
    "ОО;Код участника;Класс;Вариант;Первичный балл;Отметка;Отметка по журналу",
    "логин школы;класс;номер обучающегося;вариант;всего баллов",
    "ОУ;Кол-во участников;Русский язык;;;",
    ";;5;4;3;2",
)
TITLES = ("ВПР 2025. 5 класс", "Предмет: Русский язык", "02 - Математика 2025.06.02", "Итого")
WORDS = ("edu073000", "13450", "1307", "x", "-", "не явился", "СОШ №1", "NaN", "33,33", "12 %", "")

cells: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(min_value=-5, max_value=120),
    st.floats(),
    st.booleans(),
    st.just(date(2025, 6, 2)),
    st.just(CellError("#Н/Д")),
    st.just(UncachedFormula("=A1")),
)
rows: st.SearchStrategy[list[CellValue]] = st.one_of(
    st.sampled_from([list(header.split(";")) for header in HEADERS]),
    st.sampled_from([[title] for title in TITLES]),
    st.lists(cells, max_size=11),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, max_size=14), st.sampled_from(["Лист1", "РУ 5 класс 2025"]))
def test_any_sheet_is_read_or_refused_without_failing(
    grid: list[list[CellValue]], name: str
) -> None:
    made = Sheet(name, grid)
    sure = [layout.recognise(made) for layout in ALL]
    for layout, confidence in zip(ALL, sure, strict=True):
        assert confidence <= layout.at_most(made)
        if confidence > 0:
            extract = layout.extract(made)
            check(extract)
            read = [
                row
                for block in extract.blocks
                for fact in block.facts
                for row in expand_rows(fact.rows)
            ]
            assert all(1 <= row <= made.height for row in read)
            assert len(set(read)) <= extract.rows_read
    best = max(sure)
    assert best_layout(made) == ((ALL[sure.index(best)], best) if best >= 0.5 else None)
