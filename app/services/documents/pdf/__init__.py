"""The PDF renderer; importing it imports reportlab, so callers do it late."""

from app.services.documents.pdf.render import fits, lay, render

__all__ = ["fits", "lay", "render"]
