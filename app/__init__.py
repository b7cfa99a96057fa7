"""«Опора»: support of schools with low results, from a USB stick to a signed order."""

__version__ = "0.1.0"
