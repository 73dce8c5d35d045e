"""The rules (`g R`): what is done by itself, in its order; what each finds; what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.errors import SecnewsError
from reader.service import actions, rules
from reader.service.library import Library
from reader.service.rules import Checked, Rule
from reader.text.clean import clean_line
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.text_list import Cell, Row
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.app import RoomApp
    from reader.tui.screens.rule import Written

Place = tuple[int, int]  # an article, and the beginning of its text


class RulesScreen(ListWindow[Place]):
    """Answers with an article to open, if one was chosen among what a rule finds."""

    app: RoomApp
    title_text = "Rules"
    empty = "There are no rules; a makes one: hide, read, tag, save, section, notify."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "hits", "What it finds", id="rules.hits", tooltip="The articles of the library it finds."),
        Binding("a", "add", "Add", id="rules.add", tooltip="A new rule; its hits are counted while it is written."),
        Binding("e", "edit", "Change", id="rules.edit", tooltip="Another action, query or source for this rule."),
        Binding("x", "switch", "On or off", id="rules.switch", tooltip="Let the rule rest, or work again."),
        Binding("A", "apply", "Apply", id="rules.apply", tooltip="Do what this rule says to what is there already."),
        Binding("K", "shift(-1)", "Up", id="rules.up", tooltip="This rule before the one above."),
        Binding("J", "shift(1)", "Down", id="rules.down", tooltip="This rule behind the one below."),
        Binding("D,delete", "remove", "Remove", id="rules.remove", tooltip="Remove the rule; u takes it back."),
        Binding("u", "undo", "Undo", id="rules.undo", tooltip="Take back the last change."),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._rules: list[Checked] = []
        self._shown: list[Checked] = []
        self._sources: dict[int, str] = {}

    def on_mount(self) -> None:
        super().on_mount()
        self.read()

    def read(self) -> None:
        """Look at the library again."""
        try:
            self._rules = rules.list_all(self._library)
            self._sources = {source.id: source.title for source in self._library.sources()}
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
        wrong = sum(bool(one.fault and one.rule.enabled) for one in self._rules)
        count = f"{len(self._rules)}, {wrong} wrong" if wrong else f"{len(self._rules)}"
        self.list.say_title("Rules", f"{count}   a add  e change  x on/off  A apply  enter hits  D remove  esc close")
        self.show_rows(self.query_one(Input).value)

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold().split()
        self._shown = [one for one in self._rules if all(word in self.searched(one) for word in wanted)]
        return [self.row(one) for one in self._shown]

    def row(self, one: Checked) -> Row:
        rule = one.rule
        state, ink = ("wrong", "bad") if one.fault else ("on", "good") if rule.enabled else ("off", "quiet")
        cells = [
            Cell(f"r{rule.id}", 4, "quiet"),
            Cell(state, 5, ink),
            Cell(f"{rule.action} {rule.value}".strip(), 22 if self.app.size.width >= 80 else 12, "strong"),
            Cell(rule.query),
        ]
        if self.app.size.width >= 100:
            cells.append(Cell(self.where(rule), 24, "quiet"))
        return cells

    def where(self, rule: Rule) -> str:
        if rule.source_id is None:
            return "every source"
        return f"s{rule.source_id} {self._sources.get(rule.source_id, '')}".strip()

    def searched(self, one: Checked) -> str:
        rule = one.rule
        return f"r{rule.id} {rule.action} {rule.value} {rule.query} {self.where(rule)} {one.fault}".casefold()

    def detail_for(self, index: int) -> str:
        if index >= len(self._shown):
            return ""
        one = self._shown[index]
        if one.fault:
            return f"It does nothing: {one.fault}"
        rest = "" if one.rule.enabled else "It rests; x lets it work again."
        does = f"{one.rule.action} {one.rule.value}".strip()
        return f"{does}: {one.rule.query}  in {self.where(one.rule)}. {rest}".strip()

    def current(self) -> Checked | None:
        return self._shown[self.list.cursor] if self.list.cursor < len(self._shown) else None

    # --- commands ---------------------------------------------------------------------------------------------------

    def change(self, change: Callable[[], object], done: str) -> bool:
        """Make a change and look again; whether it could be made."""
        try:
            change()
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return False
        finally:
            self.read()
        self.app.tell(done)
        return True

    def action_hits(self) -> None:
        one = self.current()
        if one is None:
            return
        if one.fault:
            self.app.tell(f"Rule r{one.rule.id} finds nothing: {one.fault}", error=True)
            return
        from reader.tui.screens.rule_hits import RuleHitsScreen

        self.app.push_screen(RuleHitsScreen(self._library, one.rule), self.hits_closed)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_hits()

    def hits_closed(self, place: Place | None) -> None:
        if place is not None:
            self.dismiss(place)

    def action_add(self) -> None:
        from reader.tui.screens.rule import RuleScreen

        self.app.push_screen(RuleScreen(self._library), self.added)

    def added(self, answer: Written | None) -> None:
        if answer is not None:
            add = partial(
                rules.add,
                self._library,
                answer.action,
                answer.query,
                value=answer.value,
                source_id=answer.source_id,
            )
            self.change(add, "The rule holds for what comes from now on; A applies it to what is there. u undoes.")

    def action_edit(self) -> None:
        one = self.current()
        if one is not None:
            from reader.tui.screens.rule import RuleScreen

            self.app.push_screen(RuleScreen(self._library, one.rule), partial(self.edited, one.rule))

    def edited(self, rule: Rule, answer: Written | None) -> None:
        if answer is not None:
            change = partial(
                rules.change,
                self._library,
                rule.id,
                action=answer.action,
                query=answer.query,
                value=answer.value,
                source_id=answer.source_id,
                everywhere=answer.source_id is None,
            )
            self.change(change, f"Rule r{rule.id} changed. u takes it back.")

    def action_switch(self) -> None:
        one = self.current()
        if one is not None:
            on = not one.rule.enabled
            done = f"Rule r{one.rule.id} {'works again' if on else 'rests; what it hid is shown'}. u takes it back."
            self.change(partial(rules.set_enabled, self._library, one.rule.id, on), done)

    def action_apply(self) -> None:
        """In a thread: it may be about the whole library."""
        one = self.current()
        if one is None:
            return

        def apply() -> None:
            try:
                count = rules.apply(self._library, [one.rule.id])
            except SecnewsError as error:
                self.app.call_from_thread(self.app.tell, str(error), error=True)
                return
            articles = "1 article" if count == 1 else f"{count:,} articles"
            done = f"Rule r{one.rule.id} applied to {articles}. u takes it back." if count else "It changes nothing."
            self.app.call_from_thread(self.app.tell, done)

        self.run_worker(apply, thread=True, group="apply", exit_on_error=False)

    def action_shift(self, steps: int) -> None:
        one = self.current()
        if one is not None and not self.query_one(Input).value:
            moved = 0

            def move() -> None:
                nonlocal moved
                moved = rules.move(self._library, one.rule.id, steps)

            if self.change(move, "Moved. u takes it back.") and moved:
                self.list.move(moved)

    def action_remove(self) -> None:
        one = self.current()
        if one is not None:
            done = f"Rule r{one.rule.id} removed; what it hid is shown. u takes it back."
            self.change(partial(rules.remove, self._library, one.rule.id), done)

    def action_undo(self) -> None:
        try:
            label = actions.undo(self._library)
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return
        self.app.tell(f"Undone: {clean_line(label, 200)}." if label else "There is nothing to undo.")
        self.read()
