"""The window: the only room with PySide6.

Modules reached from ``main_window`` are loaded before the first paint and import neither services
nor SQLAlchemy; everything behind ``workbench`` is loaded by the database worker after it.
"""
