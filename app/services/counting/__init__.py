"""Indicators counted from the data: shares with the schools behind them, proposed as facts."""

from app.services.counting.proposals import accept, accept_all, compute, proposals

__all__ = ["accept", "accept_all", "compute", "proposals"]
