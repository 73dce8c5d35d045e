"""What a rule finds in the library as it is, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.model import ArticleRow
from reader.service import rules
from reader.service.library import Library
from reader.service.rules import Action, Rule
from reader.tui.screens.growing import PAGE, GrowingWindow
from reader.tui.times import age
from reader.tui.widgets.text_list import Cell, Row
from reader.tui.widgets.virtual_list import VirtualList

Place = tuple[int, int]


class RuleHitsScreen(GrowingWindow[Place, ArticleRow]):
    """Answers with an article to open."""

    title_text = "What the rule finds"
    empty = "It finds no article that is there."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="hits.open", tooltip="Open this article."),
    ]

    def __init__(self, library: Library, rule: Rule) -> None:
        super().__init__()
        self._library, self._rule = library, rule
        self._total = 0
        if rule.action is Action.HIDE:
            self.list.empty_text = "Nothing is left for it to hide; :rules --hidden lists what is hidden."

    def fetch(self, words: str, have: Sequence[ArticleRow]) -> list[ArticleRow]:
        found = rules.preview(self._library, self._rule.query, self._rule.source_id, limit=len(have) + PAGE)
        self._total = found.total
        wanted = words.casefold().split()
        rows = found.rows[len(have) :] if not wanted else found.rows
        known = {row.id for row in have}
        return [row for row in rows if row.id not in known and all(word in row.title.casefold() for word in wanted)]

    def say_count(self) -> None:
        rule = self._rule
        self.list.say_title(
            f"Rule r{rule.id}: {rule.action} {rule.value}".strip(), f"{self._total:,} found   enter open"
        )

    def row_of(self, item: ArticleRow) -> Row:
        cells = [Cell(age(item.published or item.sort_date, self.app.now()), 4, "quiet"), Cell(item.title)]
        if self.app.size.width >= 80:
            cells.insert(1, Cell(item.source_title, 18, "quiet"))
        return cells

    def detail_of(self, item: ArticleRow) -> str:
        return f"{item.title}  {item.given_by}"

    def action_open(self) -> None:
        if self.current is not None:
            self.dismiss((self.current.id, 0))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_open()
