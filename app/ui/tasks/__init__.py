"""Work behind the window: one thread for the database, a separate one for files."""

from app.ui.tasks.runner import Runner
from app.ui.tasks.task import Task, TaskProgress
from app.ui.tasks.workers import Tasks

__all__ = ["Runner", "Task", "TaskProgress", "Tasks"]
