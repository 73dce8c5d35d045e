"""The loop of the linear reader: a place is shown, a line is read, and what it asks for is done."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.linear import words
from reader.cli.linear.paper import Paper
from reader.cli.linear.places import Articles, Place, Reading, Sections
from reader.errors import SecnewsError
from reader.model import Article, ArticleRow, View
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.library import Library

RunCommand = Callable[[Sequence[str]], int]  # a whole command of `secnews`, in this process
MAX_LINE = 10_000
NOT_KEPT = "This article is not in the library; `add` its address to keep it."


def read(context: Context, run_command: RunCommand) -> ExitCode:
    """Read with lines until the person leaves or nothing more comes in. Raises SecnewsError."""
    from reader.service import samples

    opened = _opened(context)
    with context.library() as library:
        if not opened and not library.readonly and not library.counts().total:
            samples.install(library)
        return Session(context, library, run_command).run(opened)


def _opened(context: Context) -> list[Article]:
    from reader.service.stateless import open_direct

    found: list[Article] = []
    for address in context.options.inputs:
        found += open_direct(address, library_config=context.config, offline=context.offline)
    return found


class Session:
    """`run` is the loop; `do_…` are what `words.WORDS` names."""

    def __init__(self, context: Context, library: Library, run_command: RunCommand) -> None:
        self._context, self._library, self._run = context, library, run_command
        self._paper = Paper(context.out)
        self._places: list[Place] = [Sections(library, self._paper)]
        self._quote = 0  # the number of the one shown last, 0 for none
        self._left = False

    def run(self, opened: Sequence[Article] = ()) -> ExitCode:
        self._paper.line("secnews, linear reader. A number chooses, Enter goes on, ? is help, q goes back.")
        if opened:
            self._enter(Articles(self._library, self._paper, "Opened", View(), opened))
            if len(opened) == 1:
                self._choose(1)
        else:
            self.place.show()
        while not self._left:
            try:
                self._paper.ask(self.place.name)
                line = sys.stdin.readline(MAX_LINE) if sys.stdin else ""  # None: it was closed before we began
                if not line:
                    self._paper.line()
                    break
                self._do(clean_line(line))
            except SecnewsError as error:
                self._context.talk.error(getattr(error, "sentence", str(error)))
                if pointer := getattr(error, "pointer", ""):
                    self._context.talk.point(pointer)
            except KeyboardInterrupt:  # of somebody who wants to stop a long answer
                self._paper.line()
                self._paper.line("Interrupted; quit ends the reader.")
        return ExitCode.OK

    @property
    def place(self) -> Place:
        return self._places[-1]

    def _do(self, line: str) -> None:
        if not line:
            self._on()
        elif line.isdecimal():
            self._choose(int(line[:9]))
        elif found := words.found(line):
            word, rest = found
            getattr(self, f"do_{word.method}")(rest)
        else:
            self._command(line.removeprefix(":").strip())

    def _on(self) -> None:
        if self.place.more():
            return
        if isinstance(self.place, (Reading, Articles)):
            self.do_next_unread("")
        else:
            self._paper.line("Type a number, or ? for help.")

    def _choose(self, number: int) -> None:
        place = self.place.choose(number)
        if place is not None:
            self._enter(place)
        elif isinstance(self.place, Reading) and 1 <= number <= len(self.place.article.quotes):
            self._quote = number

    def _enter(self, place: Place) -> None:
        if isinstance(place, Reading) and isinstance(self.place, Reading):
            self._places.pop()  # the next article takes the place of this one
        self._places.append(place)
        self._quote = 0
        place.show()
        if isinstance(place, Reading) and self._context.config.reading.mark_read == "open":
            self._mark(place.article.row, True)

    def _mark(self, row: ArticleRow, read: bool) -> None:
        from reader.service import actions

        if row.id > 0 and not self._library.readonly and row.read != read:
            actions.mark_read(self._library, [row.id], read)

    # --- what can be typed -----------------------------------------------------------------------------------------

    def do_back(self, _rest: str) -> None:
        if len(self._places) == 1:
            self._left = True
            return
        self._places.pop()
        self._quote = 0
        self.place.show()

    def do_leave(self, _rest: str) -> None:
        self._left = True

    def do_again(self, _rest: str) -> None:
        self.place.show()

    def do_help(self, _rest: str) -> None:
        self._paper.line("A number chooses a section, an article, or a quote in an article. Enter alone goes on.")
        for word in words.WORDS:
            named = " or ".join(word.names) + (f" {word.after}" if word.after else "")
            self._paper.line(f"{named}: {word.help}.")
        self._paper.line(
            "Every command of secnews works too, as in a shell: list --unread, quotes a12, export, doctor. "
            "There a12 names an article and s3 a source."
        )

    def do_next_unread(self, _rest: str) -> None:
        self._beside(1, unread=True)

    def do_previous_unread(self, _rest: str) -> None:
        self._beside(-1, unread=True)

    def do_next_article(self, _rest: str) -> None:
        self._beside(1, unread=False)

    def do_previous_article(self, _rest: str) -> None:
        self._beside(-1, unread=False)

    def _beside(self, step: int, *, unread: bool) -> None:
        place = self.place
        if isinstance(place, Reading):
            articles, position = place.origin, place.position
        elif isinstance(place, Articles):
            articles, position = place, -1
        else:
            articles, position = Articles(self._library, self._paper, "Unread", View(unread=True)), -1
        there = articles.beside(position, step, unread=unread)
        if there is None:
            self._paper.line(
                f"There is no {'unread ' if unread else ''}article {'after' if step > 0 else 'before'} this."
            )
            return
        if articles is not place and not isinstance(place, Reading):
            self._places.append(articles)
        self._enter(articles.at(there))

    def do_next_quote(self, _rest: str) -> None:
        self._quote_at(self._quote + 1)

    def do_previous_quote(self, _rest: str) -> None:
        self._quote_at(self._quote - 1)

    def _quote_at(self, number: int) -> None:
        if not isinstance(self.place, Reading):
            self._paper.line("Open an article first; g q has the quotes of all.")
        elif 1 <= number <= len(self.place.article.quotes):
            self._choose(number)
        else:
            self._paper.line("There is no quote before this." if number < 1 else "There is no further quote here.")

    def do_links(self, rest: str) -> None:
        from reader.service.serial import address

        article = self._article()
        if article is None:
            return
        text, links = article.document.text, article.document.links
        if rest.isdecimal() and 1 <= int(rest[:9]) <= len(links):
            self._paper.line(address(links[int(rest) - 1].url))
            return
        if rest:
            self._paper.line(f"There is no link {rest}; this article has {len(links) or 'none'}.")
            return
        for number, link in enumerate(links, start=1):
            self._paper.line(f"{number}. {clean_line(text[link.start : link.end], 120)}: {address(link.url)}")
        if not links:
            self._paper.line("This article has no links.")

    def do_images(self, _rest: str) -> None:
        from reader.service.pictures import listed
        from reader.service.serial import address

        article = self._article()
        if article is None:
            return
        images = listed(self._library, article)
        for number, image in enumerate(images, start=1):
            kept = " (saved)" if image.saved else ""
            self._paper.line(f"{number}. {image.alt or 'no words'}: {address(image.url)}{kept}")
        if not images:
            self._paper.line("This article has no images.")

    def do_address(self, _rest: str) -> None:
        from reader.service.serial import address

        article = self._article()
        if article is not None:
            self._paper.line(address(article.row.url) if article.row.url else "This article has no address.")

    def do_toggle_read(self, rest: str) -> None:
        if row := self._row(rest):
            self._command_of("mark", "unread" if row.read else "read", f"a{row.id}")

    def do_toggle_saved(self, rest: str) -> None:
        if row := self._row(rest):
            self._command_of("unsave" if row.saved else "save", f"a{row.id}")

    def do_tag(self, rest: str) -> None:
        if not rest:
            self._paper.line("t needs a tag: t phishing.")
        elif row := self._row(""):
            self._command_of("tag", rest, f"a{row.id}")

    def do_full_text(self, _rest: str) -> None:
        if row := self._row(""):
            self._command_of("show", "--full", f"a{row.id}")

    def do_note(self, rest: str) -> None:
        if row := self._row(""):
            self._command_of("note", f"a{row.id}", *(["--", rest] if rest else []))

    def do_changes(self, _rest: str) -> None:
        if row := self._row(""):
            self._command_of("show", f"a{row.id}", "--diff")

    def do_read_all(self, _rest: str) -> None:
        from reader.service import actions

        place = self.place.origin if isinstance(self.place, Reading) else self.place
        if not isinstance(place, Articles):
            self._paper.line("Choose a section first.")
            return
        changed = actions.mark_view_read(self._library, place.view)
        self._paper.line(
            f"{changed:,} marked read; u takes it back." if changed else "Everything here was read already."
        )

    def do_undo(self, _rest: str) -> None:
        self._command_of("undo")

    def do_search(self, rest: str) -> None:
        if not rest:
            self._paper.line("/ needs words to look for: /bank fraud.")
            return
        self._enter(Articles(self._library, self._paper, f"Search {rest}", View(query=rest)))

    def do_filter(self, rest: str) -> None:
        place = self.place.origin if isinstance(self.place, Reading) else self.place
        if not rest or not isinstance(place, Articles):
            self._paper.line("Choose a section first, then F with a query: F is:unread said-by:novak.")
            return
        from reader.text.query import both

        query = both(place.view.query, rest)
        self._enter(Articles(self._library, self._paper, f"{place.name}, {rest}", replace(place.view, query=query)))

    def do_go(self, rest: str) -> None:
        views = {"a": ("All", View()), "u": ("Unread", View(unread=True)), "s": ("Saved", View(saved=True))}
        if rest in views:
            name, view = views[rest]
            self._places = self._places[:1]
            self._enter(Articles(self._library, self._paper, name, view))
        elif rest in ("q", "e", "h"):
            self._command_of({"q": "quotes", "e": "experts", "h": "sources"}[rest])
        else:
            self._paper.line("g needs a letter: g a all, g u unread, g s saved, g q quotes, g e experts, g h health.")

    def do_refresh_section(self, _rest: str) -> None:
        place = self.place.origin if isinstance(self.place, Reading) else self.place
        section = place.view.section if isinstance(place, Articles) else None
        self._command_of("refresh", *(["--section", section] if section else []))

    def do_refresh_all(self, _rest: str) -> None:
        self._command_of("refresh")

    def do_add(self, rest: str) -> None:
        if rest:
            self._command_of("add", rest)
        else:
            self._paper.line("a needs an address or a path: a https://example.com/feed.")

    # --- commands of secnews ---------------------------------------------------------------------------------------

    def _command(self, line: str) -> None:
        try:
            argv = shlex.split(line)
        except ValueError as error:
            self._paper.line(f"That cannot be read ({str(error).lower()}); close the quotation mark.")
            return
        if argv[:1] == ["secnews"]:
            argv = argv[1:]
        if argv:
            self._command_of(*argv)

    def _command_of(self, *argv: str) -> None:
        """Run it as a shell would, and see afterwards what has become of the article that is open."""
        self._context.out.flush()
        self._run(argv)
        if isinstance(self.place, Reading) and self.place.article.row.id > 0:
            self.place.article = self._library.article(self.place.article.row.id)

    def _article(self) -> Article | None:
        if isinstance(self.place, Reading):
            return self.place.article
        self._paper.line("Open an article first.")
        return None

    def _row(self, rest: str) -> ArticleRow | None:
        """The article that is open, or the one with this number in the list."""
        row: ArticleRow | None = None
        if isinstance(self.place, Reading):
            row = self.place.article.row
        elif isinstance(self.place, Articles) and rest.isdecimal() and 1 <= int(rest[:9]) <= len(self.place.rows):
            row = next(iter(self._library.rows([self.place.rows[int(rest) - 1].id])), None)
        if row is None:
            self._paper.line("Open an article, or give the number of one in this list.")
        elif row.id < 0:
            self._paper.line(NOT_KEPT)
            return None
        return row
