"""One rule as it is written: what it does, to what, where; its hits are counted meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from reader.errors import SecnewsError, UsageError
from reader.service import rules
from reader.service.library import Library
from reader.service.rules import Action, Rule
from reader.text.clean import clean_line
from reader.tui.screens.dialog import Dialog, words

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.tui.app import RoomApp

PAUSE = 0.25  # seconds without a key before hits are counted
NAMED = 3


@dataclass(frozen=True, slots=True)
class Written:
    """As `rules.add` takes it."""

    action: Action
    value: str
    query: str
    source_id: int | None


class RuleScreen(Dialog[Written]):
    """Answers with the rule, for a new one or in place of `rule`."""

    app: RoomApp

    def __init__(self, library: Library, rule: Rule | None = None) -> None:
        super().__init__()
        self._library, self._rule = library, rule
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        rule = self._rule
        with Vertical(id="dialog") as box:
            box.border_title = Content(f"Rule r{rule.id}" if rule else "A new rule")
            yield words("Does (hide, read, save, notify, tag NAME, section NAME)")
            yield Input(clean_line(f"{rule.action} {rule.value}".strip()) if rule else "", id="does", compact=True)
            yield words("To articles that this query finds")
            yield Input(clean_line(rule.query, 10_000) if rule else "", id="query", compact=True)
            yield words("In source (s3; empty: in every one)")
            source = f"s{rule.source_id}" if rule and rule.source_id is not None else ""
            yield Input(source, id="source", compact=True)
            yield words("", id="rule-hits", classes="quiet")
            yield words("enter keeps, esc leaves it as it was", id="rule-told", classes="quiet")

    def on_mount(self) -> None:
        self.count()

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.count)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(self.answer())
        except SecnewsError as error:
            self.query_one("#rule-told", Static).update(Content(clean_line(str(error), 300)))

    def answer(self) -> Written:
        """What stands in the fields; raises UsageError, NotFoundError."""
        from reader.text.query import parse

        action, value = _does(self.value("does"))
        query, source_id = self.value("query"), _source(self.value("source"))
        if not query:
            raise UsageError("A rule needs a query: words, or fields like title: and source:.")
        parse(query)
        if source_id is not None:
            self._library.source(source_id)
        return Written(action, value, query, source_id)

    def count(self) -> None:
        """Say what the query finds in the library now, in a thread."""
        query, typed = self.value("query"), self.value("source")

        def look() -> None:
            worker = get_current_worker()
            said = ""
            if query:
                try:
                    found = rules.preview(self._library, query, _source(typed), limit=NAMED)
                    named = "; ".join(clean_line(row.title, 60) for row in found.rows)
                    said = f"Finds {found.total:,} now{': ' if named else '.'}{named}"
                except SecnewsError as error:
                    said = str(error)
            if not worker.is_cancelled:
                self.app.call_from_thread(self.say_hits, said)

        self.run_worker(look, thread=True, exclusive=True, group="hits", exit_on_error=False)

    def say_hits(self, said: str) -> None:
        if self.is_attached:
            self.query_one("#rule-hits", Static).update(Content(clean_line(said, 300)))


def _does(text: str) -> tuple[Action, str]:
    word, _blank, value = text.partition(" ")
    known = ", ".join(Action)
    if word.lower() not in list(Action):
        raise UsageError(f"A rule does one of these: {known}.")
    return Action(word.lower()), value.strip()


def _source(text: str) -> int | None:
    if not text:
        return None
    number = text.lower().removeprefix("s")
    if not number.isdecimal():
        raise UsageError("A source is given by its number, as in s3; g h shows them.")
    return int(number)
