"""The four panes on the screen: which are seen, how wide they are, which has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.style import Style
from textual.app import ComposeResult
from textual.events import DescendantFocus, Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer

from reader.tui.arrangement import PANES, arrange, sizes
from reader.tui.jobs import Jobs
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.box import Box, blank_lines
from reader.tui.widgets.line_pane import LinePane
from reader.tui.widgets.quote_list import QuoteList
from reader.tui.widgets.section_list import Place, SectionList
from reader.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.tui.app import RoomApp
    from reader.tui.memory import Memory
    from reader.tui.widgets.virtual_list import VirtualList


class Panes(Jobs, inherit_bindings=False):
    """Narrow terminals show fewer panes; the one with the focus is always among them."""

    app: RoomApp
    place: Place  # what the Articles pane shows

    def __init_subclass__(cls, *, whole: bool = False, inherit_bindings: bool = False) -> None:
        """Only the `whole` screen is made known to Textual.

        Its parts have neither keys nor styles of their own, and each would cost every start a quarter of a millisecond.
        """
        if whole:
            super().__init_subclass__(inherit_bindings=inherit_bindings)

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory = memory
        self.sections = SectionList()
        self.articles = ArticleList()
        self.article = ArticleView()
        self.quotes = QuoteList()
        self.status = StatusLine()
        self.focus_name = "articles"
        self.zen = memory.zen
        self._timers_by_name: dict[str, Timer] = {}
        self._ground: Style | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._ground is None:
            self._ground = self.rich_style
        return blank_lines(self._ground, crop)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ground = None

    @property
    def panes(self) -> dict[str, LinePane]:
        return {"sections": self.sections, "articles": self.articles, "article": self.article, "quotes": self.quotes}

    def compose(self) -> ComposeResult:
        with Box(id="panes"):
            yield self.sections
            with Box(id="middle"):
                yield self.articles
                yield self.article
            yield self.quotes
        yield self.status

    def visible_panes(self) -> tuple[str, ...]:
        return arrange(*self.app.size, self.focus_name, zen=self.zen).visible

    def focus_pane(self, name: str) -> None:
        """Give a pane the focus; panes come and go with it on narrow screens."""
        self.focus_name = name
        if name != "article":
            self.zen = False
        self.arrange_panes()
        pane = self.panes[name]
        # At once, not by `focus()`, which waits its turn: the next key may be there already.
        self.set_focus(self.catalogue_pane() or pane if name == "articles" else pane, scroll_visible=False)

    def catalogue_pane(self) -> VirtualList | None:
        return None

    def arrange_panes(self) -> None:
        plan = arrange(*self.app.size, self.focus_name, zen=self.zen)
        for name, pane in self.panes.items():
            pane.display = name in plan.visible
            pane.set_class(not plan.framed, "-bare")
        catalogue = next(iter(self.query("#catalogue").results(LinePane)), None) if self.is_mounted else None
        if catalogue is not None:
            catalogue.display = self.articles.display and self.place.view is None
            catalogue.set_class(not plan.framed, "-bare")
            self.articles.display = self.articles.display and not catalogue.display
        middle = self.query_one("#middle")
        middle.display = bool({"articles", "article"} & set(plan.visible))
        middle.set_class(plan.stacked, "-stacked")
        self.status.display = plan.status
        cells = sizes(*self.app.size, plan, self.memory.widths)
        alone = len(plan.visible) == 1
        self.sections.styles.width = "1fr" if alone else cells["sections"]
        self.quotes.styles.width = "1fr" if alone else cells["quotes"]
        for pane in filter(None, (self.articles, catalogue)):
            if "article" not in plan.visible:
                pane.styles.width, pane.styles.height = "1fr", "1fr"
            elif plan.stacked:
                pane.styles.width, pane.styles.height = "1fr", cells["articles"]
            else:
                pane.styles.width, pane.styles.height = cells["articles"], "1fr"

    def on_resize(self, event: Resize) -> None:
        self.arrange_panes()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        focused = self.focused  # not the event's widget: a key may have gone on meanwhile
        if focused is None:
            return
        name = "articles" if focused is self.catalogue_pane() else focused.id
        if name in PANES and name != self.focus_name:
            self.focus_name = str(name)
            self.arrange_panes()
        self.say_where()

    def say_where(self) -> None:
        raise NotImplementedError

    def soon(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        """Call once, `seconds` after the last time this was asked for."""
        self.cancel_soon(name)
        self._timers_by_name[name] = self.set_timer(seconds, call)

    def cancel_soon(self, name: str) -> None:
        timer = self._timers_by_name.pop(name, None)
        if timer is not None:
            timer.stop()
