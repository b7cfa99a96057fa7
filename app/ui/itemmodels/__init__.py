"""Tables over frozen rows: columns, the model, and copying for Excel."""

from app.ui.itemmodels.columns import Align, Chip, Column, Mark, Sign
from app.ui.itemmodels.table_model import Role, TableModel

__all__ = ["Align", "Chip", "Column", "Mark", "Role", "Sign", "TableModel"]
