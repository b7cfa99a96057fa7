"""Stored data and nothing else: tables, enums, the database and its migrations."""
