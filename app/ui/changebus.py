"""One signal that carries what changed, so that each page reloads only its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    # Only the name: this module is loaded before the first paint.
    from app.services.changes import ChangeSet


class ChangeBus(QObject):
    """Pages connect to ``changed``; whoever ran a writing use case publishes its ChangeSet."""

    changed = Signal(object)
    """Carries the ``ChangeSet``."""

    def publish(self, changes: ChangeSet) -> None:
        """Tell all pages; an empty set tells nobody."""
        if changes.topics:
            self.changed.emit(changes)
