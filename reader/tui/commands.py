"""Every command of the room, once: its id, keys, action and words.

Key bindings, the help screen, the palette and the `:` line are all made from this table, so none of them can be out
of date. Keys follow Textual's names, separated by commas; `g a` is `g`, then `a`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Command(NamedTuple):
    """`action` is a method of the main screen (`action_…`); `context` says which pane must have the focus.

    Contexts: `A` in every window, `*` in every pane, `S` Sections, `L` Articles, `B` the article, `Q` Quotes, `C`
    the catalogue of feeds.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    context: str = "*"


CONTEXTS = {
    "A": "In every window",
    "*": "In the room",
    "S": "Sections",
    "L": "Articles",
    "B": "The article",
    "Q": "Quotes",
    "C": "Feeds to choose from",
}

COMMANDS: tuple[Command, ...] = (
    Command("move.down", "j,down", "move(1)", "Down", "The next row or line; 5j goes five down."),
    Command("move.up", "k,up", "move(-1)", "Up", "The row or line before."),
    Command("move.top", "g g,home", "edge(-1)", "Top", "The first row or line; 7 g g goes to the seventh."),
    Command("move.end", "G,end", "edge(1)", "End", "The last row or line; 7G goes to the seventh."),
    Command("move.half_down", "ctrl+d", "page(0.5)", "Half a page down", "Move half a page down."),
    Command("move.half_up", "ctrl+u", "page(-0.5)", "Half a page up", "Move half a page up."),
    Command("move.page_down", "ctrl+f,pagedown", "page(1)", "Page down", "Move a page down."),
    Command("move.page_up", "ctrl+b,pageup", "page(-1)", "Page up", "Move a page up."),
    Command("pane.right", "l,right", "pane(1)", "Pane right", "Go to the pane on the right."),
    Command("pane.left", "h,left", "pane(-1)", "Pane left", "Go to the pane on the left."),
    Command("pane.next", "tab", "cycle(1)", "Next pane", "Go through the panes, round and round."),
    Command("pane.previous", "shift+tab", "cycle(-1)", "Previous pane", "Go through the panes the other way."),
    Command("pane.wider", ">", "widen(2)", "Wider pane", "Make this pane wider; remembered."),
    Command("pane.narrower", "<", "widen(-2)", "Narrower pane", "Make this pane narrower; remembered."),
    Command("pane.zen", "z", "zen", "Only the article", "Show only the article, and back."),
    Command("open", "enter", "open", "Open", "Open the article, the section, or the speaker's card."),
    Command("back", "q", "back", "Back or quit", "Go back a pane; from the list of articles, quit."),
    Command("escape", "escape", "escape", "Leave", "Leave a search, cancel a refresh, or go back; never quits."),
    Command("quit", "ctrl+q,ctrl+c", "app.quit_room", "Quit", "Leave the reader; everything is kept.", "A"),
    Command("article.next", "J", "article(1)", "Next article", "Open the next article, even from the body."),
    Command("article.previous", "K", "article(-1)", "Previous article", "Open the article before."),
    Command("unread.next", "n", "unread(1)", "Next unread", "The next unread article; in a search the next match."),
    Command("unread.previous", "p", "unread(-1)", "Previous unread", "The unread article before."),
    Command("match.previous", "N", "match(-1)", "Previous match", "The match before, while a search is active.", "B"),
    Command("jump.back", "'", "jump_back", "Where I was", "Go back to the article you were in before."),
    Command("read.toggle", "m", "toggle_read", "Read or unread", "Mark the article read, or unread again."),
    Command("read.all", "A", "read_all", "Mark all read", "Mark every article of this list read.", "L"),
    Command("undo", "u", "undo", "Undo", "Take back the last change."),
    Command("save", "s,b", "toggle_saved", "Save for offline", "Keep the article for offline, or no longer."),
    Command("text.full", "x", "full_text", "Whole text or feed's", "The page's text, or the feed's.", "B"),
    Command("images", "i", "images", "Images", "The images of the article, one at a time; none loads by itself.", "B"),
    Command("changes", "D", "changes", "What changed", "What changed in a saved article, word by word."),
    Command("note", "c", "note", "Note", "Write a note on the article, or see and change those there are."),
    Command("highlight", "M", "highlight", "Mark a passage", "A letter marks a passage; in Quotes it is the quote."),
    Command("tag", "t", "tag", "Tag", "Give the article tags of your own, or take them away."),
    Command("browse", "o,v", "browse", "Open in the browser", "Open the article's page in the browser."),
    Command("link.follow", "f", "hints(False)", "Follow a link", "Put letters on the links; a letter opens one.", "B"),
    Command("copy.address", "y", "copy_address", "Copy the address", "Copy the article's address."),
    Command("copy.quote", "Y", "copy_quote", "Copy the quote", "Copy the quote with who said it, where and when."),
    Command("export", "e", "export", "Export", "The article, this list or all saved ones into a file."),
    Command("pipe", "|", "pipe", "Pipe to a command", "The article as text, Markdown or JSON through a command."),
    Command("search", "slash", "search", "Search", "Search the library; in the article, this text."),
    Command("filter", "F", "filter", "Filter this list", "Only what a query finds in this list; esc clears it.", "L"),
    Command("search.order", "g o", "order", "By date or rank", "The search that is shown: best or newest match first."),
    Command("search.keep", "g k", "keep_search", "Keep the search", "Make the search that is shown a section."),
    Command("search.drop", "g d", "drop_search", "Drop the search", "Keep this section's search no longer."),
    Command("search.up", "g K", "move_search(-1)", "Search up", "Move this kept search up."),
    Command("search.down", "g J", "move_search(1)", "Search down", "Move this kept search down."),
    Command("command", "colon", "command_line", "Command line", "Type a command by name; tab completes."),
    Command("palette", "ctrl+p", "palette", "Command palette", "Find any command by typing a part of its name."),
    Command("help", "question_mark", "help", "Help", "Show all keys as they are now."),
    Command("tour", "g question_mark", "tour", "Tour", "The six lines of the first start; again: away with them."),
    Command("quote.next", "]", "quote(1)", "Next quote", "Go to the next quote in the article."),
    Command("quote.previous", "[", "quote(-1)", "Previous quote", "Go to the quote before."),
    Command("refresh.section", "r", "refresh(False)", "Refresh this section", "Fetch this section's sources now."),
    Command("refresh.all", "R", "refresh(True)", "Refresh everything", "Fetch all sources now, in the background."),
    Command("refresh.results", "g r", "results", "Results of the refresh", "What each source said last time."),
    Command("source.add", "a", "add_source", "Add a source", "Add a feed, a site, a file or a folder."),
    Command("source.manage", "E,g h", "sources", "Sources", "All sources with their health; edit, pause, remove."),
    Command("go.new", "g n", "go('new')", "Go to New", "What came in since the last session."),
    Command("go.all", "g a", "go('all')", "Go to All", "All articles."),
    Command("go.unread", "g u", "go('unread')", "Go to Unread", "The unread articles."),
    Command("go.saved", "g s", "go('saved')", "Go to Saved", "The articles saved for offline."),
    Command("go.quotes", "g q", "all_quotes", "All quotes", "Every quote of the library, newest first."),
    Command("go.experts", "g e", "experts", "Experts", "Who speaks in the library, as what, how often, since when."),
    Command("go.rules", "g R", "rules", "Rules", "What is done by itself: what it finds, on or off, new ones."),
    Command("go.samples", "g m", "go('samples')", "Go to Samples", "The sample articles, while they are there."),
    Command("go.catalogue", "g c", "go('start')", "Choose feeds", "The built-in catalogue of security feeds."),
    Command("samples.remove", "g x", "remove_samples", "Remove the samples", "Remove the sample articles."),
    Command("theme.next", "g t", "next_theme", "Light or dark", "Change between the light and the dark theme."),
    Command("log", "g l", "log", "Messages", "What the room told you, with the time."),
    Command("flow.on", "space", "flow(1)", "Read on", "A page down; at the end the next unread article."),
    Command("flow.back", "backspace", "flow(-1)", "Page back", "A page up in the article."),
    Command("voice.next", "V", "next_voice", "Only one voice", "The quotes of one voice only, then of the next.", "Q"),
    Command("quote.correct", "C", "correct", "Correct the speaker", "Say who said it; kept, and u takes it back.", "Q"),
    Command("quote.hide", "H", "hide", "Hide the quote", "Take it out of every list; u brings it back.", "Q"),
    Command("choose", "x", "choose", "Choose", "Choose a feed or a whole section; a adds the chosen.", "C"),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}


def bindings(context: str) -> list[BindingType]:
    """The bindings of one context, for a widget's or the main screen's `BINDINGS`."""
    return [
        Binding(
            command.keys,
            command.action if command.context == "A" else f"screen.{command.action}",
            command.label,
            id=command.id,
            tooltip=command.help,
            show=False,
        )
        for command in COMMANDS
        if command.context == context
    ]


def matching(words: str, commands: Iterable[Command] = COMMANDS) -> Iterator[Command]:
    """The commands whose id, label, keys or help hold all of `words`, ignoring case."""
    wanted = words.casefold().split()
    for command in commands:
        text = f"{command.id} {command.label} {command.help} {command.keys}".casefold()
        if all(word in text for word in wanted):
            yield command
