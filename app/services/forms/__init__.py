"""What schools hand in: blank forms, who has not handed in what, letters and files sent back."""

from app.services.forms.making import make_forms
from app.services.forms.types import FormsMade, FormsRequest

__all__ = ["FormsMade", "FormsRequest", "make_forms"]
