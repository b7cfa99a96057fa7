"""The DOCX renderer; importing it imports python-docx, so callers do it late."""

from app.services.documents.word.render import render

__all__ = ["render"]
