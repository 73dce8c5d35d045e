"""Tags: given to an article and taken away, with the reader's own tags to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader import service
from reader.model import ArticleRow
from reader.text.clean import clean_line
from reader.tui.screens.keeping import Keeping

if TYPE_CHECKING:
    from reader.tui.widgets.prompt import Completions


class Labelling(Keeping, inherit_bindings=False):
    _tagged: ArticleRow | None = None  # the article that the prompt is about

    def action_tag(self) -> None:
        """Ask for tags of the article under the cursor."""
        row = self.target()
        if row is None:
            self.app.tell("There is no article here to tag.")
        elif row.id < 0:
            self.tell_not_kept(row.id)
        elif not self.refuse_change():
            self._tagged = row
            self.run_job(partial(service.tagging.own, self.library), self.ask_tags_soon, group="tags")

    def ask_tags_soon(self, own: Sequence[tuple[str, int]]) -> None:
        self.call_later(self.ask_tags, own)

    async def ask_tags(self, own: Sequence[tuple[str, int]]) -> None:
        names = [name for name, _count in sorted(own, key=lambda pair: -pair[1])]
        await self.ask("tag", "tag", completions=partial(completed, names))

    async def ask(self, purpose: str, sign: str, *, completions: Completions | None = None) -> None:
        raise NotImplementedError

    def tag_asked(self, text: str) -> None:
        if self._tagged is not None:
            self.give_tags([self._tagged.id], text)

    def give_tags(self, ids: Sequence[int], text: str) -> None:
        """`fraud, -later`: give one, take the other away; each is an action of its own for undo."""
        names = [name for name in (clean_line(part) for part in text.split(",")) if name.strip("-")]
        if not names:
            return

        def change() -> list[str]:
            done = []
            for name in names:
                given = not name.startswith("-")
                bare = name if given else name[1:].strip()
                if (service.tagging.tag if given else service.tagging.untag)(self.library, ids, bare):
                    done.append(f"tagged {bare}" if given else f"no longer tagged {bare}")
            return done

        self.run_change(change, partial(self.tags_given, list(ids)))

    def tags_given(self, ids: list[int], done: list[str]) -> None:
        told = ", ".join(done)
        self.app.tell(f"{told[:1].upper()}{told[1:]}; u takes it back." if done else "The tags are as they were.")
        for article_id in ids:
            self.refresh_header(article_id)
        self.count_soon()


def completed(names: Sequence[str], line: str) -> list[str]:
    """What a line of tags may become: its last tag completed by each of `names` that begins so, in any case."""
    before, comma, last = line.rpartition(",")
    blank = last[: len(last) - len(last.lstrip())]
    sign = "-" if last.lstrip().startswith("-") else ""
    begun = last.strip()[len(sign) :].casefold()
    return [f"{before}{comma}{blank}{sign}{name}" for name in names if name.casefold().startswith(begun)]
