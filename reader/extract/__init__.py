"""Article extraction (floor 3, pure): files, pages and feed entries → documents with canonical text.

`extract(body, *, name="", url="", content_type="") -> Document` reads one article from bytes of any local format,
`extract_all(...) -> Iterator[Document]` every article of a file that may hold several (mbox), and
`from_fragment(html, *, url="") -> Document` the HTML of a feed entry. They are imported when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.extract.article import extract, extract_all
    from reader.extract.fragment import from_fragment

__all__ = ["extract", "extract_all", "from_fragment"]


def __getattr__(name: str) -> Any:
    if name in ("extract", "extract_all"):
        from reader.extract import article

        return getattr(article, name)
    if name == "from_fragment":
        from reader.extract.fragment import from_fragment

        return from_fragment
    raise AttributeError(name)
