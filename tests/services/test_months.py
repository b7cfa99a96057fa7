"""The months: one list of them for the whole program, in every form that papers write."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app.services import months
from app.services.documents.claims.tokens import Kind, tokens

_APP = Path(months.__file__).parents[1]
_LIST = re.compile(r"январ.*феврал.*март", re.DOTALL | re.IGNORECASE)


@pytest.mark.parametrize("names", [months.NOMINATIVE, months.GENITIVE, months.PREPOSITIONAL])
def test_every_form_is_the_month_of_its_place(names: tuple[str, ...]) -> None:
    assert [months.number_of(name) for name in names] == list(range(1, 13))
    assert all(re.fullmatch(months.ANY, name) for name in names)


@pytest.mark.parametrize("word", ["мартовский", "майский", "декада", "класса", "сентябрины"])
def test_words_that_only_begin_so_are_no_months(word: str) -> None:
    assert re.fullmatch(months.ANY, word) is None


def test_no_other_module_keeps_a_list_of_them() -> None:
    keeping = {
        path.name
        for path in _APP.rglob("*.py")
        if any(map(_is_list, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert keeping == {"months.py"}


def _is_list(node: ast.AST) -> bool:
    """Return whether it is a list of months, or a pattern of their names."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and "|" in node.value and bool(_LIST.search(node.value))
    listed = ast.Tuple | ast.List | ast.Set | ast.Dict | ast.JoinedStr
    return isinstance(node, listed) and bool(_LIST.search(ast.unparse(node)))


@pytest.mark.parametrize("day", ["5 мая", "12 дек. 2025 г.", "1 Сентября 2025 года", "3 мар 2026"])
def test_a_day_in_words_is_no_figure_of_a_sentence(day: str) -> None:
    found = tokens(f"Совещание прошло {day} в районе")
    assert [one.text for one in found if one.kind is Kind.DAY] == [day]
    assert not [one for one in found if one.kind is Kind.FIGURE]
