"""Programmes and their parts: goals, tasks, acts, stages, funding and the rest as data."""

from app.services.programmes.parts import Field, FieldType, Layout, Part, part, parts

__all__ = ["Field", "FieldType", "Layout", "Part", "part", "parts"]
