"""Any sequence of what refresh and a reader can do, against a model in memory: same lists, same counts, same undo."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader import paths
from reader.config import Config
from reader.model import Document, Draft, Origin, SourceKind, View
from reader.service import actions, rules, tagging
from reader.service.joining import unshared
from reader.service.library import Library
from reader.store import articles, integrity, retention, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECTIONS = ("", "Fraud", "News")


@dataclass
class ModelArticle:
    source: int
    section: str
    own: bool
    date: int
    title: str
    read: bool = False
    saved: bool = False
    sources: set[int] = field(default_factory=set)  # all of them; `source` is the first
    tags: set[str] = field(default_factory=set)


@dataclass
class ModelSource:
    name: str
    title: str
    section: str
    removed: bool = False


@dataclass
class Model:
    articles: dict[int, ModelArticle] = field(default_factory=dict)
    sources: dict[int, ModelSource] = field(default_factory=dict)
    rules: list[tuple[int, bool]] = field(default_factory=list)  # those that hide: number, enabled
    acted: dict[int, set[int]] = field(default_factory=dict)  # articles each of them has acted on


Undo = list[tuple[str, int, object]]


class LibraryMachine(RuleBasedStateMachine):
    """Rules change library and model alike; the invariants compare everything that can be seen."""

    @initialize()
    def start(self) -> None:
        self.home = Path(tempfile.mkdtemp())
        self.library = Library.open(paths.locate(self.home), Config(), clock=lambda: NOW)
        self.model = Model()
        self.undos: list[Undo] = []
        self.addresses: dict[int, int] = {}
        self.number = 0
        for name, section in (("a", "News"), ("b", "")):  # most of the life of a library is not its beginning
            self.add_source(name, section, as_action=False)
        for source in (1, 2):
            self._receive(source, own="", derive=True, ages=[0, 1, 1])

    def teardown(self) -> None:
        if hasattr(self, "library"):
            with self.library.database.write() as c:
                c.execute("INSERT INTO article_words (article_words) VALUES ('integrity-check')")
            self.library.close()
            health = integrity.examine(self.library.paths.library, engine=1)
            shutil.rmtree(self.home)
            assert health.refusal == ""
            assert health.faults == ()

    # --- what refresh does ---------------------------------------------------------------------------------------

    @rule(name=st.sampled_from("abc"), section=st.sampled_from(SECTIONS), as_action=st.booleans())
    def add_source(self, name: str, section: str, as_action: bool) -> None:
        url = f"https://{name}.example/"
        with self.library.database.write() as c:
            if sources.by_url(c, url):
                return
            number = sources.insert(c, kind=SourceKind.FEED, url=url, title=name, section=section, now=NOW)
        old = self.model.sources.get(number)
        assert (old is not None and old.removed and old.name == name) or number == len(self.model.sources) + 1
        self.model.sources[number] = ModelSource(name, name, section)
        self._revive(number)
        self._resection(number, section)
        if as_action:
            actions.added(self.library, number)
            self.undos.append([("retire", number, None)])

    @precondition(lambda self: self.model.sources)
    @rule(data=st.data(), count=st.integers(1, 4), own=st.sampled_from(["", "Own", "News"]), derive=st.booleans())
    def receive(self, data: st.DataObject, count: int, own: str, derive: bool) -> None:
        source = data.draw(st.sampled_from(sorted(self.model.sources)))
        if self.model.sources[source].removed:
            return
        ages = [data.draw(st.integers(0, 5)) for _ in range(count)]
        self._receive(source, own=own, derive=derive, ages=ages)

    def _receive(self, source: int, *, own: str, derive: bool, ages: list[int]) -> None:
        section = self.model.sources[source].section
        drafts = []
        for hours in ages:
            self.number += 1
            date = NOW - timedelta(hours=hours)
            drafts.append(
                Draft(
                    str(self.number),
                    "d",
                    f"word{self.number}",
                    "",
                    Origin.FEED,
                    date,
                    section=own,
                    raw=b"<p>x</p>",
                    address=self.number,
                )
            )
        with self.library.database.write() as c:
            ids = articles.insert(c, source, drafts, section=section, now=NOW)
            for one in ids if derive else ():
                articles.set_derived(c, one, Document(text="some text"), [], engine=1)
            assert articles.insert(c, source, drafts, section=section, now=NOW) == ids  # nothing comes twice
        assert not set(ids) & set(self.model.articles)
        for one, draft in zip(ids, drafts, strict=True):
            date = int(draft.sort_date.timestamp())
            self.model.articles[one] = ModelArticle(
                source, own or section, bool(own), date, draft.title, sources={source}
            )
            self.addresses[one] = draft.address

    @precondition(lambda self: self.model.articles)
    @rule(data=st.data())
    def share(self, data: st.DataObject) -> None:
        """Another source gives an article that is there: it becomes one of that source, too, and nothing is new."""
        one = data.draw(st.sampled_from(sorted(self.model.articles)))
        article = self.model.articles[one]
        others = [n for n, source in self.model.sources.items() if n not in article.sources and not source.removed]
        if not others:
            return
        number = data.draw(st.sampled_from(sorted(others)))
        section = self.model.sources[number].section
        again = Draft(
            f"shared{one}", "d", article.title, "", Origin.FEED, NOW, raw=b"<p>x</p>", address=self.addresses[one]
        )
        source = self.library.source(number)
        assert unshared(self.library.database, source, [again], section=section, now=NOW) == []
        article.sources.add(number)
        self._rehome(article)

    @rule(most=st.integers(1, 4))
    def prune(self, most: int) -> None:
        """What is beyond the newest so many of each of its sources goes, unless it is saved or tagged."""
        with self.library.database.write() as c:
            found = retention.old(c, days=0, per_source=most, now=NOW)
            assert retention.remove(c, found) == len(found)
        going = {one for one in self.model.articles if self._beyond(one, most)}
        assert set(found) == going
        for one in going:
            del self.model.articles[one]
            for acted in self.model.acted.values():
                acted.discard(one)

    def _beyond(self, one: int, most: int) -> bool:
        article = self.model.articles[one]
        if article.saved or article.tags:
            return False

        def rank(among: list[int]) -> int:
            return sorted(among, key=lambda other: (self.model.articles[other].date, other), reverse=True).index(one)

        every = self.model.articles
        if self._hidden(one):
            return rank([n for n in every if every[n].source == article.source and self._unseen(n)]) >= most
        there = [number for number in article.sources if not self.model.sources[number].removed]
        lists = [[n for n in every if number in every[n].sources and self._visible(n)] for number in there]
        return bool(there) and all(rank(listed) >= most for listed in lists)

    @precondition(lambda self: self.model.articles)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(sorted(self.model.articles)))
        article = self.model.articles[one]
        self.number += 1
        title = f"word{self.number}"
        draft = Draft(f"other{self.number}", "e", title, "", Origin.FEED, NOW, raw=b"<p>y</p>")
        with self.library.database.write() as c:
            articles.update(c, [(one, draft)], now=NOW)
        article.title = title

    # --- what a reader does --------------------------------------------------------------------------------------

    @precondition(lambda self: self.model.articles)
    @rule(data=st.data(), read=st.booleans())
    def mark(self, data: st.DataObject, read: bool) -> None:
        ids = data.draw(st.lists(st.sampled_from([*sorted(self.model.articles), 999]), max_size=4))
        changed = {one for one in ids if one in self.model.articles and self._visible(one)}
        changed = {one for one in changed if self.model.articles[one].read != read}
        assert actions.mark_read(self.library, ids, read) == len(changed)
        self._mark(changed, read)

    @rule(section=st.sampled_from([None, *SECTIONS]), saved=st.booleans())
    def mark_all(self, section: str | None, saved: bool) -> None:
        view = View(section=section, saved=saved)
        changed = {one for one in self._shown(view) if not self.model.articles[one].read}
        assert actions.mark_view_read(self.library, view) == len(changed)
        self._mark(changed, True)

    @precondition(lambda self: self.model.articles)
    @rule(data=st.data(), saved=st.booleans())
    def bookmark(self, data: st.DataObject, saved: bool) -> None:
        ids = data.draw(st.lists(st.sampled_from(sorted(self.model.articles)), max_size=3))
        changed = {one for one in ids if self._visible(one) and self.model.articles[one].saved != saved}
        use = actions.save if saved else actions.unsave
        assert use(self.library, ids) == len(changed)
        for one in changed:
            self.model.articles[one].saved = saved
        if changed:
            self.undos.append([("saved", one, not saved) for one in changed])

    @precondition(lambda self: self.model.articles)
    @rule(data=st.data(), name=st.sampled_from(["wet", "dry"]), there=st.booleans())
    def tag(self, data: st.DataObject, name: str, there: bool) -> None:
        ids = data.draw(st.lists(st.sampled_from(sorted(self.model.articles)), max_size=3))
        changed = {one for one in ids if self._visible(one) and (name in self.model.articles[one].tags) != there}
        use = tagging.tag if there else tagging.untag
        assert use(self.library, ids, name) == len(changed)
        for one in changed:
            self._tag(one, name, there)
        if changed:
            self.undos.append([("tag", one, (name, not there)) for one in changed])

    @precondition(lambda self: self.model.articles)
    @rule(data=st.data())
    def hide(self, data: st.DataObject) -> None:
        """A rule that hides what has a title, applied to what is there; two actions."""
        title = data.draw(st.sampled_from(sorted({article.title for article in self.model.articles.values()})))
        before = list(self.model.rules)
        number = rules.add(self.library, rules.Action.HIDE, f"title:{title}").id
        self.model.rules.append((number, True))
        self.undos.append([("rules", 0, before)])
        hits = {one for one in self.model.articles if self._visible(one) and self.model.articles[one].title == title}
        changed = {one for one in hits if not self.model.articles[one].saved}
        assert rules.apply(self.library, [number]) == len(changed)
        self.model.acted[number] = set(hits)
        if changed:
            self.undos.append([("unrule", number, hits)])

    @precondition(lambda self: self.model.rules)
    @rule(data=st.data(), how=st.sampled_from(["switch", "remove"]))
    def unhide(self, data: st.DataObject, how: str) -> None:
        before = list(self.model.rules)
        number, enabled = data.draw(st.sampled_from(before))
        at = before.index((number, enabled))
        if how == "switch":
            assert rules.set_enabled(self.library, number, not enabled)
            self.model.rules[at] = (number, not enabled)
        else:
            rules.remove(self.library, number)
            del self.model.rules[at]
        self.undos.append([("rules", 0, before)])

    @precondition(lambda self: self.model.sources)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.model.sources)))
        if self.model.sources[source].removed:
            return
        gone = self._retire(source)
        assert actions.remove_source(self.library, source) == gone + 1
        self.undos.append([("revive", source, None)])

    @precondition(lambda self: self.model.sources)
    @rule(data=st.data(), title=st.sampled_from([None, "", "T"]), section=st.sampled_from([None, *SECTIONS]))
    def edit(self, data: st.DataObject, title: str | None, section: str | None) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.sources)))
        source = self.model.sources[number]
        if source.removed:
            return
        before = (source.title, source.section)
        after = (before[0] if title is None else title, before[1] if section is None else section)
        assert actions.edit_source(self.library, number, title, section) == (before != after)
        if before != after:
            self._edit(number, after)
            self.undos.append([("edit", number, before)])

    @rule()
    def undo(self) -> None:
        assert (actions.undo(self.library) is not None) == bool(self.undos)
        for kind, number, value in self.undos.pop() if self.undos else ():
            if kind in ("read", "saved", "tag") and number not in self.model.articles:
                continue  # pruned since
            if kind == "read":
                self.model.articles[number].read = bool(value)
            elif kind == "saved":
                self.model.articles[number].saved = bool(value)
            elif kind == "tag":
                self._tag(number, *value)  # type: ignore[misc]  # a name and a flag
            elif kind == "rules":
                self.model.rules = list(value)  # type: ignore[call-overload]  # numbers and flags
            elif kind == "unrule":
                self.model.acted[number] -= value  # type: ignore[operator]  # a set
            elif kind == "revive":
                self.model.sources[number].removed = False
                self._revive(number)
            elif kind == "retire":
                self._retire(number)
            else:
                assert isinstance(value, tuple)
                self._edit(number, value)

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = Library.open(self.library.paths, Config(), clock=lambda: NOW)

    # --- the model -----------------------------------------------------------------------------------------------

    def _visible(self, one: int) -> bool:
        article = self.model.articles[one]
        there = any(not self.model.sources[number].removed for number in article.sources)
        return article.saved or (there and not self._hidden(one))

    def _hidden(self, one: int) -> bool:
        return any(enabled and one in self.model.acted.get(number, ()) for number, enabled in self.model.rules)

    def _unseen(self, one: int) -> bool:
        return self._hidden(one) and not self.model.articles[one].saved

    def _tag(self, one: int, name: str, there: bool) -> None:
        (self.model.articles[one].tags.add if there else self.model.articles[one].tags.discard)(name)

    def _mark(self, changed: set[int], read: bool) -> None:
        for one in changed:
            self.model.articles[one].read = read
        if changed:
            self.undos.append([("read", one, not read) for one in changed])

    def _retire(self, source: int) -> int:
        """Returns how many articles went with it."""
        before = {one for one in self.model.articles if self._visible(one)}
        self.model.sources[source].removed = True
        for article in self.model.articles.values():
            self._rehome(article)
        return len(before - {one for one in self.model.articles if self._visible(one)})

    def _revive(self, source: int) -> None:
        for article in self.model.articles.values():
            if source in article.sources:
                self._rehome(article)

    def _rehome(self, article: ModelArticle) -> None:
        """The oldest source that is there goes first; where none is, the last one stays."""
        there = [number for number in article.sources if not self.model.sources[number].removed]
        if there:
            article.source = min(there)
            if not article.own:
                article.section = self.model.sources[article.source].section

    def _edit(self, number: int, after: tuple[str, str]) -> None:
        self.model.sources[number].title, self.model.sources[number].section = after
        self._resection(number, after[1])

    def _resection(self, number: int, section: str) -> None:
        for article in self.model.articles.values():
            if article.source == number and not article.own:
                article.section = section

    def _shown(self, view: View) -> list[int]:
        shown = [
            (article.date, one)
            for one, article in self.model.articles.items()
            if self._visible(one)
            and (view.section is None or article.section == view.section)
            and not (view.unread and article.read)
            and not (view.saved and not article.saved)
            and (view.source_id is None or view.source_id in article.sources)
            and all(word == article.title for word in view.words)
        ]
        return [one for _date, one in sorted(shown, reverse=True)]

    # --- what must always hold -----------------------------------------------------------------------------------

    @invariant()
    def lists_agree(self) -> None:
        for view in (
            View(), View(unread=True), View(saved=True), View(section="Fraud"), View(section="Own", unread=True),
            View(source_id=1), View(source_id=2, saved=True), View(words=(f"word{self.number}",)),
        ):  # fmt: skip
            assert list(self.library.ids(view)) == self._shown(view)
        rows = self.library.window(View(), limit=1_000)
        for row in rows:
            article = self.model.articles[row.id]
            assert (row.read, row.saved, row.section, row.title, row.source_id) == (
                article.read, article.saved, article.section, article.title, article.source
            )  # fmt: skip
            others = article.sources - {article.source}
            assert {other.id for other in row.also} == {n for n in others if not self.model.sources[n].removed}
            assert set(row.tags) == article.tags

    @invariant()
    def counts_agree(self) -> None:
        live = [article for one, article in self.model.articles.items() if self._visible(one)]
        counts = self.library.counts()
        assert (counts.total, counts.unread, counts.saved, counts.samples) == (
            len(live), sum(not one.read for one in live), sum(one.saved for one in live), 0
        )  # fmt: skip
        for section in self.library.sections():
            inside = [one for one in live if one.section == section.name]
            assert (section.total, section.unread) == (len(inside), sum(not one.read for one in inside))
        for source in self.library.sources():
            inside = [one for one in live if source.id in one.sources]
            assert (source.total, source.unread) == (len(inside), sum(not one.read for one in inside))
        there = {number for number, source in self.model.sources.items() if not source.removed}
        assert {source.id for source in self.library.sources()} == there


TestLibraryMachine = LibraryMachine.TestCase
TestLibraryMachine.settings = settings(max_examples=8, stateful_step_count=30)


class LongLibraryMachine(LibraryMachine):
    """The same, oftener."""


TestLongLibraryMachine = pytest.mark.slow(LongLibraryMachine.TestCase)
TestLongLibraryMachine.settings = settings(max_examples=40, stateful_step_count=30)
