"""The `:` line: every command of the shell, and every command of the room by its id.

What the room can show itself it shows in its own panes and windows; every other command runs beside it, and its answer
opens in a window.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reader.errors import UsageError
from reader.model import View
from reader.tui.jobs import JobDone
from reader.tui.screens.noting import NoteChange
from reader.tui.screens.touring import Touring
from reader.tui.widgets.section_list import Place

if TYPE_CHECKING:
    from reader.tui import line
    from reader.tui.outside import Answer, Outside

# Commands that go on for ever or need a shell around them.
NOT_HERE = {
    "watch": "The room fetches by itself what is due; `secnews watch` is for a terminal of its own.",
    "serve": "`secnews serve` is for a terminal of its own.",
    "completion": "`secnews completion` is for a shell.",
}
PLAIN = {"sources": "source.manage", "saved": "go.saved", "catalogue": "go.catalogue", "undo": "undo",
         "quotes": "go.quotes", "experts": "go.experts", "refresh": "refresh.all", "list": "go.all",
         "rules": "go.rules"}  # fmt: skip


class Ordering(Touring, inherit_bindings=False):
    def run_line(self, text: str) -> None:
        from reader.tui import line

        try:
            self.obey(line.parse(text, self.app.language))
        except UsageError as error:
            self.app.tell(getattr(error, "sentence", str(error)), error=True)

    def obey(self, order: line.Order) -> None:
        """Do what a line asks for. Raises UsageError."""
        from reader.tui import line

        verb, words = order
        if verb in NOT_HERE:
            self.app.tell(NOT_HERE[verb])
        elif not words and verb in PLAIN:
            self.app.run_command(PLAIN[verb])
        elif verb in ("save", "unsave", "tag", "mark", "note") and self.about_this(verb, words):
            pass
        elif verb == "add" and len(words) < 2 and not "".join(words).startswith("-"):
            self.open_add("".join(words))
        elif verb == "theme":
            self.app.choose_theme(" ".join(words))
        elif verb in line.OWN or (line.is_command(verb) and not words):
            self.app.run_command("quit" if verb == "q" else verb)
        elif self.app.language is None:
            raise UsageError(f"{verb} is not at hand here; ctrl+p finds every command.")
        else:
            self.obey_shell(verb, words, self.app.language.parsed([verb, *words]))

    def about_this(self, verb: str, words: list[str]) -> bool:
        """Commands about articles take the one that is read if none is named; whether it was so."""
        row = self.target()
        if verb == "mark" and words in (["read"], ["unread"]):
            if row is not None and row.read != (words == ["read"]):
                self.action_toggle_read()
            return True
        if verb in ("save", "unsave") and not words:
            if row is not None and row.saved != (verb == "save"):
                self.action_toggle_saved()
            return True
        if verb == "save" and words == ["--again"] and row is not None and row.saved and row.id > 0:
            self.fetch_again(row.id)
            return True
        if verb == "tag" and len(words) == 1 and not words[0].startswith("--") and row is not None and row.id > 0:
            if not self.refuse_change():
                self.give_tags([row.id], words[0])
            return True
        if verb == "note" and words and not words[0].startswith("--") and not words[0].removeprefix("a").isdigit():
            article = self.article_to_note()
            if article is not None:
                self.change_note(article.row.id, NoteChange(0, " ".join(words)), None)
            return True
        return False

    def obey_shell(self, verb: str, words: list[str], options: dict[str, Any]) -> None:
        if options.get("json") or options.get("jsonl") or options.get("format"):
            self.run_outside(verb, words)
        elif verb in ("list", "search") and not options.get("rank") and not options.get("limit"):
            self.show_list(verb, words, options)
        elif verb == "show" and (number := str(options["id"]).removeprefix("a")).isdigit():
            self.focus_pane("article")
            self.open_article(int(number))
        elif verb == "refresh" and set(words) <= {"--force", "-f"}:
            self.refresh_now(force=bool(words))
        else:
            self.run_outside(verb, words)

    def show_list(self, verb: str, words: list[str], options: dict[str, Any]) -> None:
        """What `list` and `search` would print, in the Articles pane."""
        from reader.text.query import both, parse

        query = " ".join(options.get("query") or ())
        if options.get("since"):
            query = both(query, f"since:{options['since']}")
        if query:
            parse(query)
        source = str(options.get("source") or "").removeprefix("s")
        view = View(
            section=options.get("section"),
            source_id=int(source) if source.isdigit() else None,
            unread=bool(options.get("unread")),
            saved=bool(options.get("saved")),
            query=query,
        )
        alone = {place.view: place for place in self.sections.places}.get(view)
        self.show_place(alone or Place("listed", " ".join([verb, *words]), view))
        self.focus_pane("articles")

    # --- beside the room --------------------------------------------------------------------------------------------

    @property
    def outside(self) -> Outside:
        return self.app.outside

    def run_outside(self, verb: str, words: list[str]) -> None:
        """Run a command of the shell in a process of its own; esc interrupts it."""
        if self.outside.running:
            raise UsageError(f"{self.outside.name} is still running; esc interrupts it.")
        assert self.app.language is not None  # noqa: S101 - tells the type checker what `obey` has made sure of
        argv, title = self.app.language.argv([verb, *words]), " ".join([verb, *words])
        self.outside.name = verb
        self.status.say(activity=f"{verb} …  esc interrupts")

        from reader.tui.outside import Answer, started

        def job() -> None:
            try:
                answer = self.outside.run(verb, argv)
            except OSError as error:
                answer = Answer(1, "", f"{verb} could not be started: {error.strerror}.")
            self.post_message(JobDone(partial(self.answered, title, answer)))

        started(job)

    def answered(self, title: str, answer: Answer) -> None:
        self.say_fresh()
        self.reload()
        lines = [*answer.data.splitlines(), *(text for text in answer.talk.splitlines() if text.strip())]
        if answer.code == 130:
            self.app.tell("Interrupted; what was done so far is kept.")
        elif len(lines) > 1:
            from reader.tui.screens.output import OutputScreen

            self.app.push_screen(OutputScreen(title, lines))
        else:
            told = (lines[0] if lines else "Done.").removeprefix("secnews: ")
            self.app.tell(told, error=answer.code != 0)

    def refreshing(self) -> bool:
        return self.outside.running or super().refreshing()

    def cancel_refresh(self) -> None:
        if self.outside.running:
            self.outside.cancel()
            self.status.say(activity=f"interrupting {self.outside.name}")
        else:
            super().cancel_refresh()

    # --- completion -------------------------------------------------------------------------------------------------

    def complete_line(self, text: str) -> list[str]:
        from reader.tui import line

        sections = [place.name for place in self.sections.places if place.key.startswith("section:")]
        values = {"--section": sections, "--catalogue": sections, "theme": sorted(self.app.available_themes)}
        return line.completions(text, self.app.language, values)
