"""Tables of indicators in documents and workbooks: recognised and read row for row."""

from app.services.importing.measures.draft import read_draft
from app.services.importing.measures.grid import Grid, GridCell, plain_grid
from app.services.importing.measures.header import find_header
from app.services.importing.measures.sheets import drafts_of, grid_of

__all__ = ["Grid", "GridCell", "drafts_of", "find_header", "grid_of", "plain_grid", "read_draft"]
