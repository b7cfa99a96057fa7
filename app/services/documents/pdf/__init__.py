"""The PDF renderer; importing it imports reportlab, so callers do it late."""

from app.services.documents.pdf.render import lay, render

__all__ = ["lay", "render"]
