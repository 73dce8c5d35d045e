"""Commands that find and leave: search, the command line, help, the palette, back and escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import QueryError
from reader.tui.screens.searching import Searching

BARE = 12  # columns below which the line has no margins and no sign

if TYPE_CHECKING:
    from reader.tui.widgets.prompt import Completions, Prompt


class Finding(Searching, inherit_bindings=False):
    async def action_search(self) -> None:
        """In the article this text is searched, elsewhere the library."""
        if self.focus_name == "article" and self.article.sheet.text:
            await self.ask("text", "/")
        else:
            await self.ask("library", "/")

    async def action_command_line(self) -> None:
        await self.ask("command", ":", completions=self.complete_line)

    async def ask(self, purpose: str, sign: str, *, completions: Completions | None = None) -> None:
        """Open the prompt in place of the status line; it has the focus before the next key is looked at."""
        if self.query("#prompt"):
            return
        from reader.tui.widgets.prompt import Prompt, PromptLine

        history = self.memory.commands if purpose == "command" else ()
        prompt = Prompt(purpose, history=history, completions=completions)
        self.status.display = False
        line = PromptLine(sign, prompt)
        line.set_class(self.app.size.width < BARE, "-bare")
        await self.mount(line)
        self.set_focus(prompt, scroll_visible=False)

    def on_prompt_answered(self, message: Prompt.Answered) -> None:
        if message.purpose in ("library", "filter") and self.points_at_fault(message.purpose, message.text or ""):
            return
        self.close_prompt()
        if message.text is None:
            self.cancel_soon("typing")
            self.show_again()
            return
        if message.purpose == "text":
            self.search_text(message.text)
        elif message.purpose in ("library", "filter"):
            self.search_library(message.text, purpose=message.purpose)
        elif message.purpose == "tag":
            self.tag_asked(message.text)
        elif message.purpose == "keep":
            self.keep_search(message.text)
        elif message.text.strip():
            self.memory.keep_command(message.text.strip())
            self.run_line(message.text.strip())

    def points_at_fault(self, purpose: str, text: str) -> bool:
        """Whether the query is wrong: the prompt stays as it is then, with the cursor where the fault is."""
        from reader.tui.widgets.prompt import Prompt

        if not text.strip():
            return False
        try:
            self.view_found(purpose, text)
        except QueryError as error:
            self.app.tell(error.sentence, error=True)
            for prompt in self.query(Prompt):
                prompt.cursor_position = error.column - 1
            return True
        return False

    def close_prompt(self) -> None:
        self.focus_pane(self.focus_name)  # first: Textual would choose a pane itself when the prompt goes
        self.query("#prompt-line").remove()

    def run_line(self, line: str) -> None:
        raise NotImplementedError

    def complete_line(self, line: str) -> list[str]:
        """What a command line that was begun may become."""
        raise NotImplementedError

    def search_text(self, words: str) -> None:
        count = self.article.find(words)
        if count:
            self.status.say(hint=f"match {self.article.found.current + 1} of {count}")
        elif words.strip():
            self.app.tell("These words are not in this article.")
            self.status.say(hint="")

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
        from reader.tui.palette import RoomPalette

        if not isinstance(self.app.screen, RoomPalette):
            self.app.push_screen(RoomPalette(id="--command-palette"))

    def action_log(self) -> None:
        from reader.tui.screens.messages import MessagesScreen

        self.app.push_screen(MessagesScreen(self.app.told))
