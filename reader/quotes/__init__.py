"""Who said what in an article: `extract_quotes(text)` and the engine's version, `ENGINE`."""

from reader.quotes.extract import ENGINE, extract_quotes

__all__ = ["ENGINE", "extract_quotes"]
