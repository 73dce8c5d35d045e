"""Commands that find and leave: search, the command line, help, the palette, back and escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import View
from reader.tui.screens.keeping import Keeping

if TYPE_CHECKING:
    from reader.tui.widgets.prompt import Prompt


class Finding(Keeping, inherit_bindings=False):
    def action_search(self) -> None:
        """In the article this text is searched, elsewhere the library."""
        if self.focus_name == "article" and self.article.sheet.text:
            self.ask("text", "/")
        else:
            self.ask("library", "/")

    def action_command_line(self) -> None:
        self.ask("command", ":")

    def ask(self, purpose: str, sign: str) -> None:
        """Open the prompt in place of the status line."""
        if self.query("#prompt"):
            return
        from reader.tui.widgets.prompt import Prompt

        prompt = Prompt(purpose, sign, history=self.memory.commands if purpose == "command" else ())
        self.status.display = False
        self.mount(prompt)
        prompt.focus()

    def on_prompt_answered(self, message: Prompt.Answered) -> None:
        self.close_prompt()
        if message.text is None:
            return
        if message.purpose == "text":
            self.search_text(message.text)
        elif message.purpose == "library":
            self.search_library(message.text)
        elif message.text.strip():
            self.memory.commands = [*self.memory.commands[-49:], message.text.strip()]
            self.run_line(message.text.strip())

    def close_prompt(self) -> None:
        self.focus_pane(self.focus_name)  # first: Textual would choose a pane itself when the prompt goes
        self.query("#prompt").remove()

    def run_line(self, line: str) -> None:
        raise NotImplementedError

    def search_text(self, words: str) -> None:
        count = self.article.find(words)
        if count:
            self.status.say(hint=f"match {self.article.found.current + 1} of {count}")
        elif words.strip():
            self.app.tell("These words are not in this article.")
            self.status.say(hint="")

    def search_library(self, words: str) -> None:
        """Show what holds all of the words; no words: leave the search."""
        self.words = tuple(words.split())[:32]
        if not self.words:
            self.leave_search()
            return
        if self.place.view is None:  # from the catalogue: its place in the pane is taken by what is found
            self.show_place(next(place for place in self.sections.places if place.key == "all"))
            self.words = tuple(words.split())[:32]
        self.show_view(View(words=self.words))
        self.focus_pane("articles")
        self.preview_soon()

    def leave_search(self) -> bool:
        """Back from a search to what was shown before; whether there was one."""
        if not self.words:
            return False
        self.words = ()
        self.show_place(self.place, article_id=self.articles.article_id or 0)
        return True

    # --- leaving ----------------------------------------------------------------------------------------------------

    def action_escape(self) -> None:
        """Leave the search, then the refresh, then the pane; never the program."""
        if self.article.found.spans and self.focus_name == "article":
            self.article.find("")
            self.status.say(hint="")
        elif self.words and self.focus_name in ("articles", "sections"):
            self.leave_search()
        elif self.refreshing():
            self.cancel_refresh()
        else:
            self.go_back()

    def action_back(self) -> None:
        if self.words and self.focus_name == "articles":
            self.leave_search()
        elif not self.go_back():
            self.app.action_quit_room()

    def go_back(self) -> bool:
        """One pane back, from Quotes to the list; whether there was one to go back from."""
        if self.zen:
            self.zen = False
            self.arrange_panes()
            return True
        if self.focus_name in ("quotes", "article"):
            self.focus_pane({"quotes": "article", "article": "articles"}[self.focus_name])
            return True
        return False

    def refreshing(self) -> bool:
        raise NotImplementedError

    def cancel_refresh(self) -> None:
        raise NotImplementedError

    # --- help -------------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        from reader.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.app.keymap))

    def action_palette(self) -> None:
        self.app.action_command_palette()

    def action_log(self) -> None:
        from reader.tui.screens.messages import MessagesScreen

        self.app.push_screen(MessagesScreen(self.app.told))
