"""A view as the statements take it. What has neither words nor a query never loads the query language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.model import View


class Prepared(NamedTuple):
    """A view whose words and query have been made into conditions on the article `a`.

    `by_id`: the first of them is a set of ids so small that the list is made from it. `shares`: the source of the view
    also gives articles of which another is the first.
    """

    view: View
    conditions: tuple[str, ...] = ()
    by_id: bool = False
    shares: bool = False
