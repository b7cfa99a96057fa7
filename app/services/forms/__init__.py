"""What schools hand in: blank forms, who has not handed in what, letters and files sent back."""

from app.services.forms.board import board, board_json
from app.services.forms.excuses import excuse, withdraw_excuse
from app.services.forms.expecting import expected
from app.services.forms.making import chosen_forms, make_forms
from app.services.forms.reminding import build_reminder
from app.services.forms.returning import return_to_school, return_to_schools
from app.services.forms.types import (
    Board,
    BoardCell,
    BoardRow,
    Expected,
    FormsMade,
    FormsRequest,
    Returned,
    ReturnedAll,
    State,
)

__all__ = [
    "Board",
    "BoardCell",
    "BoardRow",
    "Expected",
    "FormsMade",
    "FormsRequest",
    "Returned",
    "ReturnedAll",
    "State",
    "board",
    "board_json",
    "build_reminder",
    "chosen_forms",
    "excuse",
    "expected",
    "make_forms",
    "return_to_school",
    "return_to_schools",
    "withdraw_excuse",
]
