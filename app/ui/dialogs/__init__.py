"""Dialogs of our own; they are shown through ``prompts.run``."""
