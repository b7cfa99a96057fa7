"""Who is in the imaginary district and what is meant to become of each school."""

from __future__ import annotations

from dataclasses import dataclass

COUNTRY = "Вся выборка"
REGION = "Тридевятская обл."
REGION_TITLE = "99 - Тридевятская область"
DISTRICT = "Лукоморский муниципальный район"
DISTRICT_CODE = 907
YEARS = (2024, 2025)

RUSSIAN = "Русский язык"
MATHS = "Математика"
PROFILE_MATHS = "Математика профильная"
BASIC_MATHS = "Математика базовая"

_FORMS = {
    "МБОУ": "Муниципальное бюджетное общеобразовательное учреждение",
    "МКОУ": "Муниципальное казённое общеобразовательное учреждение",
    "МАОУ": "Муниципальное автономное общеобразовательное учреждение",
}
_KINDS = {
    "СОШ": "средняя общеобразовательная школа",
    "ООШ": "основная общеобразовательная школа",
    "НОШ": "начальная общеобразовательная школа",
    "Гимназия": "гимназия",
}


@dataclass(frozen=True)
class School:
    """One imaginary school; ``cohort`` is the usual number of pupils in a grade."""

    login: str
    rcoi: str
    form: str
    name: str
    kind: str
    settlement: str
    cohort: int
    director: str

    @property
    def short(self) -> str:
        """Short name as files write it: «МБОУ СОШ № 1», «МКОУ Ёлкинская ООШ»."""
        if self.kind == "Гимназия":
            return f"{self.form} «Гимназия {self.name}»"
        order = (self.kind, self.name) if self.name.startswith("№") else (self.name, self.kind)
        return " ".join((self.form, *order))

    @property
    def full(self) -> str:
        """Full name as the charter writes it."""
        kind = _KINDS[self.kind]
        if self.name.startswith("№"):
            inner = f"{kind[0].upper()}{kind[1:]} {self.name}"
        else:
            inner = f"{self.name} {kind}"
        return f"{_FORMS[self.form]} «{inner}»"

    @property
    def grades(self) -> tuple[int, ...]:
        """Grades that the school teaches and the assessments see."""
        last = {"НОШ": 4, "ООШ": 9}.get(self.kind, 11)
        return tuple(grade for grade in (4, 5, 6, 7, 8, 9, 11) if grade <= last)

    @property
    def pupils(self) -> int:
        """Pupils in all, about ``cohort`` in each year of study."""
        years = {"НОШ": 4, "ООШ": 9}.get(self.kind, 11)
        return self.cohort * years + self.cohort % 7


_TOWN = "г. Лукоморск"

SCHOOLS = (
    School("edu990701", "90701", "МБОУ", "№ 1", "СОШ", _TOWN, 52, "Премудрова Василиса Небылична"),
    School("edu990715", "01715", "МАОУ", "№ 15", "СОШ", _TOWN, 38, "Сказкин Садко Небылицевич"),
    School("edu990702", "90702", "МБОУ", "№ 2", "Гимназия", _TOWN, 44, "Былинкина Забава Сказовна"),
    School(
        "edu990703",
        "90703",
        "МБОУ",
        "Берёзоборская",
        "СОШ",
        "с. Берёзовый Бор",
        21,
        "Небылицын Микула Сказович",
    ),
    School(
        "edu990704",
        "90704",
        "МКОУ",
        "Ёлкинская",
        "ООШ",
        "д. Ёлкина",
        14,
        "Потешина Любава Небылична",
    ),
    School(
        "edu990705",
        "90705",
        "МБОУ",
        "Теплоключевская",
        "СОШ",
        "с. Тёплый Ключ",
        24,
        "Присказкин Вольга Сказович",
    ),
    School(
        "edu990706",
        "90706",
        "МКОУ",
        "Журавушкинская",
        "ООШ",
        "с. Журавушкино",
        12,
        "Былинкин Лель Небылицевич",
    ),
    School(
        "edu990707",
        "90707",
        "МБОУ",
        "Дальнеозёрская",
        "СОШ",
        "пос. Дальнее Озеро",
        26,
        "Сказкина Купава Потеховна",
    ),
    School(
        "edu990708",
        "90708",
        "МКОУ",
        "Малополянская",
        "ООШ",
        "д. Малая Поляна",
        5,
        "Небылицына Забава Сказовна",
    ),
    School(
        "edu990709",
        "90709",
        "МБОУ",
        "Заречинская",
        "СОШ",
        "с. Заречинское",
        20,
        "Потешин Микула Небылицевич",
    ),
    School(
        "edu990710",
        "90710",
        "МБОУ",
        "Большелугская",
        "СОШ",
        "с. Большой Луг",
        25,
        "Присказкина Любава Потеховна",
    ),
    School(
        "edu990711",
        "90711",
        "МКОУ",
        "Орешенская",
        "ООШ",
        "с. Орешенское",
        13,
        "Премудров Садко Потехович",
    ),
    School(
        "edu990712",
        "90712",
        "МБОУ",
        "Кедроборская",
        "СОШ",
        "пос. Кедровый Бор",
        30,
        "Былинкина Купава Небылична",
    ),
    School(
        "edu990714",
        "00714",
        "МКОУ",
        "Тишкинская",
        "НОШ",
        "д. Тишкина",
        6,
        "Сказкина Василиса Потеховна",
    ),
)

VPR = {
    4: (RUSSIAN, MATHS, "Окружающий мир"),
    5: (RUSSIAN, MATHS, "История"),
    6: (RUSSIAN, MATHS),
    7: (RUSSIAN, MATHS),
    8: (RUSSIAN, MATHS, "Физика"),
}
"""Subjects of the ВПР by grade."""

OGE = ((1, RUSSIAN), (2, MATHS))
EGE = ((1, RUSSIAN), (2, PROFILE_MATHS), (22, BASIC_MATHS))
"""Exams by their number in the protocols."""

Key = tuple[str, int, str, str, int]
"""Login, year, assessment, subject, grade."""


@dataclass(frozen=True)
class Fixed:
    """A result that the story of the district needs: ``below`` of ``participants`` pupils."""

    participants: int
    below: int


STORY: dict[Key, Fixed] = {
    # ШНОР by rule A: two different procedures low in 2025.
    ("edu990704", 2025, "ВПР", MATHS, 6): Fixed(14, 6),
    ("edu990704", 2025, "ВПР", MATHS, 7): Fixed(13, 5),
    # The number guard: № 15 is ШНОР, № 1 is far from it.  Low also in the year before.
    ("edu990715", 2024, "ОГЭ", MATHS, 9): Fixed(36, 12),
    ("edu990715", 2025, "ОГЭ", MATHS, 9): Fixed(37, 13),
    ("edu990715", 2025, "ВПР", RUSSIAN, 8): Fixed(35, 11),
    # Rule A across two assessments.
    ("edu990707", 2025, "ЕГЭ", PROFILE_MATHS, 11): Fixed(8, 3),
    ("edu990707", 2025, "ВПР", MATHS, 8): Fixed(25, 9),
    # ШНОР by rule B only: one procedure low, two years running.
    ("edu990711", 2024, "ОГЭ", MATHS, 9): Fixed(12, 5),
    ("edu990711", 2025, "ОГЭ", MATHS, 9): Fixed(13, 4),
    # Rule A on very small classes: the small-sample warning.
    ("edu990708", 2025, "ВПР", RUSSIAN, 5): Fixed(5, 2),
    ("edu990708", 2025, "ВПР", MATHS, 5): Fixed(4, 2),
    # The border itself: exactly 30 % is low, 8 of 27 (29,63 %) is not.
    ("edu990709", 2025, "ВПР", RUSSIAN, 6): Fixed(20, 6),
    ("edu990709", 2025, "ВПР", MATHS, 6): Fixed(27, 8),
    # Зона риска: one low procedure; near the threshold; ten points worse than a year before.
    ("edu990703", 2025, "ВПР", MATHS, 5): Fixed(20, 7),
    ("edu990705", 2025, "ОГЭ", MATHS, 9): Fixed(24, 6),
    ("edu990710", 2024, "ВПР", RUSSIAN, 7): Fixed(25, 1),
    ("edu990710", 2025, "ВПР", RUSSIAN, 7): Fixed(26, 4),
    # Low in 2024 and mended in 2025: ШНОР by rule A for 2024 only.
    ("edu990706", 2024, "ВПР", RUSSIAN, 6): Fixed(12, 4),
    ("edu990706", 2024, "ВПР", MATHS, 8): Fixed(11, 4),
}
"""What makes the list of 2025; everything else is drawn well away from the threshold."""
