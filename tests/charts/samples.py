"""Pictures for the tests: of every kind, of few and of many schools."""

from __future__ import annotations

from app.services.charts import (
    Bars,
    Boundary,
    Chart,
    Dots,
    Heat,
    Histogram,
    Lane,
    Level,
    Lines,
    Series,
    Stack,
    StackRow,
    Tint,
    Unit,
)

YEARS = ("2023", "2024", "2025")
PROCEDURES = ("ВПР, русский язык, 4 класс", "ВПР, математика, 4 класс", "ОГЭ, математика")


def measure(text: str, size: float, bold: bool) -> float:
    """A font whose every letter is half as wide as high; bold ones a tenth wider."""
    return len(text) * size * (0.55 if bold else 0.5)


def schools(count: int) -> tuple[str, ...]:
    return tuple(f"МАОУ «Большая Ольховская СОШ № {n} имени героя»" for n in range(1, count + 1))


def share(row: int, column: int) -> float | None:
    """Every seventh value is missing; one of them is the awkward 29,96."""
    place = row * 7 + column * 3
    if place % 7 == 5:
        return None
    return 29.96 if place % 11 == 0 else float(place * 13 % 97)


def bars(count: int) -> Bars:
    names = schools(count)
    series = tuple(
        Series(year, tuple(share(n, place) for n in range(count)))
        for place, year in enumerate(YEARS)
    )
    return Bars(
        "Доля «2» по школам", names, series, levels=(Level("Порог", 30.0),), tint=Tint.YEARS
    )


def columns() -> Bars:
    values = ((12.0, None, 29.96), (0.0, 55.5, 100.0))
    series = (Series("2024", values[0]), Series("2025", values[1]))
    return Bars("Доля «2»", PROCEDURES, series, levels=(Level("Порог", 30.0),), tint=Tint.YEARS)


def lines() -> Lines:
    series = (
        Series("Школа", (33.0, None, 20.0)),
        Series("Район", (21.0, 20.5, 20.0)),
        Series("Регион", (21.0, 20.4, 20.0)),
    )
    return Lines("Доля «2»: школа и район", YEARS, series, levels=(Level("Порог", 30.0),))


def stack(count: int) -> Stack:
    rows = tuple(
        StackRow(name, () if n % 5 == 4 else (2.5, 45.3, 40.0, 12.2), 7 * n + 1)
        for n, name in enumerate(schools(count))
    )
    return Stack("Распределение отметок", ("«2»", "«3»", "«4»", "«5»"), rows)


def histogram(first: int = 0, length: int = 39) -> Histogram:
    counts = tuple(float(n * n % 17) for n in range(length))
    borders = (Boundary(3, first + 14), Boundary(4, first + 24), Boundary(5, first + 25))
    return Histogram("Первичные баллы", first, counts, borders, note="287 участников.")


def dots() -> Dots:
    lanes = tuple(
        Lane(
            title, (0.0,) * 20 + (3.0, 3.1, 55.0), own, (Level("Группа", 12.0), Level("Район", 9.0))
        )
        for title, own in zip(PROCEDURES, (44.0, 29.96, None), strict=True)
    )
    return Dots("Место школы среди похожих", "МАОУ СОШ № 1", "Похожие школы (23)", lanes)


def heat(count: int, wide: int) -> Heat:
    titles = tuple(f"ВПР, окружающий мир, {n} кл." for n in range(1, wide + 1))
    values = tuple(tuple(share(r, c) for c in range(wide)) for r in range(count))
    return Heat("Доля «2»", titles, schools(count), values, (10.0, 20.0, 30.0, 50.0))


def at_the_edge() -> dict[str, Chart]:
    """Return pictures whose last text would leave the picture at the right."""
    large = tuple(321_253.7 for _ in range(40))
    steps = tuple(str(1990 + step) for step in range(40))
    unknown = Stack("Отметки", ("«2»", "«3»", "«4»", "«5»"), (StackRow(schools(1)[0], ()),))
    last = (Boundary(3, 24, "минимум"),)
    return {
        "stack of nothing": unknown,
        "large numbers": Lines("Показатель", steps, (Series("План", large),), Unit.NUMBER),
        "a border at the end": Histogram("Баллы", 0, (250.0,) * 25, last),
        "a border at the start": Histogram("Баллы", 0, (250.0,) * 25, (Boundary(3, 0),)),
    }


EVERY: dict[str, Chart] = {
    **at_the_edge(),
    "bars of 12": bars(12),
    "bars of 40": bars(40),
    "columns": columns(),
    "lines": lines(),
    "stack of 12": stack(12),
    "stack of 40": stack(40),
    "histogram": histogram(),
    "histogram of 100": histogram(0, 101),
    "dots": dots(),
    "heat of 12": heat(12, 6),
    "heat of 40": heat(40, 30),
}
