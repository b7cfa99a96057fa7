"""The tabs.  A page is a view, loaded early and fed with rows, and a presenter that asks services.

Presenters are reached only from ``workbench``, behind the first paint; no page imports another.
"""
