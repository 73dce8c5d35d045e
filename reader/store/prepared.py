"""A view as the statements take it. What has neither words nor a query never loads the query language."""

from __future__ import annotations

from dataclasses import dataclass, fields

from reader.model import View


@dataclass(frozen=True, slots=True)
class Prepared(View):
    """A view with its words and its query made into conditions on the article `a`.

    `by_id`: the first of them is a set of ids so small that the list is made from it.
    """

    conditions: tuple[str, ...] = ()
    by_id: bool = False


def of_view(view: View, conditions: tuple[str, ...] = (), *, by_id: bool = False) -> Prepared:
    """The view without its words and its query, and the conditions that stand for them."""
    values = {one.name: getattr(view, one.name) for one in fields(View)} | {"words": (), "query": ""}
    return Prepared(**values, conditions=conditions, by_id=by_id)
