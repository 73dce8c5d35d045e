"""secnews: a terminal reading room for security and fraud news."""

__version__ = "0.1.0"
