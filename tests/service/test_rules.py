"""Rules: what they find, what they do to new and to stored articles, and that all of it is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from feed_server import Clock

from reader.errors import NotFoundError, UsageError
from reader.model import Document, Draft, Origin, SourceKind, View
from reader.service import actions, rules, tagging
from reader.service.derive import derive_pending
from reader.service.events import Notice, RulesRan
from reader.service.library import Library
from reader.service.rules import Action
from reader.store import articles, retention, sources
from reader.store.rules import Rule
from reader.store.rules import put as put_rules


def source(library: Library, name: str = "news") -> int:
    with library.database.write() as c:
        return sources.insert(
            c, kind=SourceKind.FEED, url=f"https://{name}.example/feed", title=name, section="desk", now=library.now()
        )


def come(library: Library, source_id: int, *titles: str, text: str = "Nothing much.") -> list[int]:
    """Articles with these titles are stored, and what follows is done; returns their ids."""
    with library.database.write() as c:
        drafts = [
            Draft(
                key=title,
                digest="",
                title=title,
                url="",
                origin=Origin.FEED,
                sort_date=library.now() - timedelta(days=days),
                document=Document(text=text),
            )
            for days, title in enumerate(titles)
        ]
        ids = articles.insert(c, source_id, drafts, section="desk", now=library.now())
    derive_pending(library)
    return ids


def titles(library: Library, query: str = "") -> list[str]:
    return [row.title for row in library.window(View(query=query))]


def state(library: Library) -> object:
    """Everything of articles and rules that a person can see."""
    rows = library.window(View(), limit=100)
    return rows, library.counts(), library.sections(), rules.list_all(library), rules.hidden(library), library.sources()


def test_every_action_on_articles_that_come(library: Library) -> None:
    """Each action is done to what comes in and is found by its query, also by the text, and to nothing else."""
    feed = source(library)
    rules.add(library, Action.READ, "weather")
    rules.add(library, Action.TAG, "text:lorem", value="filler")
    rules.add(library, Action.SAVE, "bank")
    rules.add(library, Action.SECTION, "bank", value="Money")
    rules.add(library, Action.HIDE, "advert")
    come(library, feed, "bank one", "weather", "advert")
    come(library, feed, "other", text="Lorem ipsum.")
    assert sorted(titles(library)) == ["bank one", "other", "weather"]
    by_title = {row.title: row for row in library.window(View())}
    assert [name for name, row in by_title.items() if row.read] == ["weather"]
    assert [name for name, row in by_title.items() if row.saved] == ["bank one"]
    assert [name for name, row in by_title.items() if row.section == "Money"] == ["bank one"]
    assert [name for name, row in by_title.items() if row.tags] == ["other"]
    assert titles(library, "advert") == []
    assert library.counts().total == 3
    assert [row.title for row in rules.hidden(library)] == ["advert"]
    assert library.source(feed).total == 3


def test_only_in_its_source(library: Library) -> None:
    """A rule of one source leaves the same words in others alone; one of a removed source is wrong, and says so."""
    one, two = source(library, "one"), source(library, "two")
    rules.add(library, Action.HIDE, "advert", source_id=one)
    come(library, one, "advert one")
    come(library, two, "advert two")
    assert titles(library) == ["advert two"]
    actions.remove_source(library, one)
    (found,) = rules.list_all(library)
    assert f"source {one}" in found.fault
    with pytest.raises(NotFoundError):
        rules.add(library, Action.HIDE, "x", source_id=99)


def test_what_is_saved_is_never_hidden(library: Library) -> None:
    """A rule that saves goes before one that hides, whatever their order, and what the reader has saved stays."""
    feed = source(library)
    rules.add(library, Action.HIDE, "bank")
    rules.add(library, Action.SAVE, "fraud")
    come(library, feed, "bank fraud", "bank")
    assert titles(library) == ["bank fraud"]
    ids = come(library, feed, "plain")
    actions.save(library, ids)
    rule = rules.add(library, Action.HIDE, "plain")
    rules.apply(library, [rule.id])
    assert "plain" in titles(library)


def test_the_first_section_wins(library: Library) -> None:
    """Of several rules that give a section the first in the reader's order decides."""
    feed = source(library)
    rules.add(library, Action.SECTION, "bank", value="First")
    second = rules.add(library, Action.SECTION, "bank", value="Second")
    come(library, feed, "bank one")
    rules.move(library, second.id, -1)
    come(library, feed, "bank two")
    assert {row.title: row.section for row in library.window(View())} == {"bank one": "First", "bank two": "Second"}


def test_told_once(library: Library) -> None:
    """A notice comes once for an article, not again when it changes, and never for what is hidden."""
    feed = source(library)
    rules.add(library, Action.NOTIFY, "bank")
    rules.add(library, Action.HIDE, "advert")
    heard: list[Notice | RulesRan] = []
    with library.database.write() as c:
        drafts = [
            Draft(key=title, digest="", title=title, url="", origin=Origin.FEED, sort_date=library.now())
            for title in ("bank", "bank advert", "other")
        ]
        ids = articles.insert(c, feed, drafts, section="", now=library.now())
    derive_pending(library, on_notice=heard.append)
    assert [told.row.title for told in heard if isinstance(told, Notice)] == ["bank"]
    assert heard[-1] == RulesRan("1 hidden")
    with library.database.write() as c:
        articles.update(c, [(ids[0], drafts[0])], now=library.now())
    derive_pending(library, on_notice=heard.append)
    assert len(heard) == 2


@pytest.mark.parametrize(
    ("action", "value"),
    [(Action.HIDE, ""), (Action.READ, ""), (Action.TAG, "mine"), (Action.SAVE, ""), (Action.SECTION, "Money")],
)
def test_applied_and_taken_back(library: Library, action: Action, value: str) -> None:
    """To stored articles a rule is applied on request, as one action that one undo takes back, and once more again."""
    come(library, source(library), "bank one", "other", "bank two")
    rule = rules.add(library, action, "bank", value=value)
    before = state(library)
    assert [row.title for row in rules.preview(library, "bank").rows] == ["bank one", "bank two"]
    assert state(library) == before
    assert rules.apply(library) == 2
    after = state(library)
    assert after != before
    assert rules.apply(library) == 0
    assert (actions.undo(library) or "").startswith("rules applied to 2 articles")
    assert state(library) == before
    assert rules.apply(library, [rule.id]) == 2
    assert state(library) == after if action is not Action.SAVE else library.counts().saved == 2


def test_every_change_of_a_hiding_rule_is_taken_back(library: Library) -> None:
    """Whatever is done to a rule, what it hides follows; undo goes back through every state, to none at all."""
    feed = source(library)
    states = [state(library)]
    come(library, feed, "bank one", "bank two", "other")
    states = [state(library)]
    rule = rules.add(library, Action.HIDE, "bank")
    states.append(state(library))
    rules.apply(library)
    states.append(state(library))
    rules.change(library, rule.id, query="bank two")
    states.append(state(library))
    assert sorted(titles(library)) == ["bank one", "other"]
    rules.set_enabled(library, rule.id, False)
    states.append(state(library))
    assert len(titles(library)) == 3
    rules.set_enabled(library, rule.id, True)
    states.append(state(library))
    rules.change(library, rule.id, action=Action.READ)
    states.append(state(library))
    assert len(titles(library)) == 3
    rules.remove(library, rule.id)
    while len(states) > 1:
        actions.undo(library)
        assert state(library) == states.pop()
    actions.undo(library)
    assert state(library) == states.pop()


def test_a_wrong_rule_is_told_and_others_work(library: Library) -> None:
    """A rule whose query cannot be read does nothing and says why; the others go on; applying it is refused."""
    feed = source(library)
    with library.database.write() as c:
        put_rules(c, [Rule(0, Action.HIDE, "", "title:("), Rule(0, Action.READ, "", "bank")])
    come(library, feed, "bank")
    assert [bool(one.fault) for one in rules.list_all(library)] == [True, False]
    assert library.window(View())[0].read
    with pytest.raises(UsageError, match="Rule 1 is wrong"):
        rules.apply(library)


@pytest.mark.parametrize(("action", "query", "value"), [
    (Action.HIDE, "", ""), (Action.HIDE, "titel:x", ""), (Action.TAG, "x", ""), (Action.SECTION, "x", " "),
])  # fmt: skip
def test_no_rule_is_made_of_nonsense(library: Library, action: Action, query: str, value: str) -> None:
    """An empty or wrong query, a tag or section without a name: a sentence, and nothing is kept."""
    with pytest.raises(UsageError):
        rules.add(library, action, query, value=value)
    assert rules.list_all(library) == []
    with pytest.raises(NotFoundError):
        rules.remove(library, 7)


def test_hidden_and_its_source(library: Library) -> None:
    """Hidden articles of a removed source stay away with it, also when the rule goes; they come back with both."""
    feed = source(library)
    rule = rules.add(library, Action.HIDE, "bank")
    come(library, feed, "bank", "other")
    actions.remove_source(library, feed)
    rules.remove(library, rule.id)
    assert titles(library) == []
    actions.undo(library)
    actions.undo(library)
    assert titles(library) == ["other"]
    rules.remove(library, rule.id)
    assert sorted(titles(library)) == ["bank", "other"]


def test_undo_of_unsaving_shows_what_was_hidden_meanwhile(library: Library) -> None:
    """Saved again by undo, an article that a rule hid since is in the lists and the count of saved ones is right."""
    feed = source(library)
    (one,) = come(library, feed, "bank")
    actions.save(library, [one])
    with library.database.write() as c:
        put_rules(c, [Rule(0, Action.HIDE, "", "bank")])
    actions.unsave(library, [one])
    with library.database.write() as c:
        c.execute("INSERT INTO unruled (article_id) VALUES (?)", (one,))
    derive_pending(library)
    assert titles(library) == []
    with library.database.write() as c:  # the bookmark alone is taken back, as if the run had been another program's
        c.execute("UPDATE action SET undone = 1 WHERE label LIKE 'rules: %'")
    actions.undo(library)
    assert titles(library) == ["bank"]
    assert library.counts().saved == 1


def test_hidden_articles_are_pruned(library: Library, clock: Clock) -> None:
    """Hidden articles grow old like others and never pile up; what the reader has tagged stays."""
    feed = source(library)
    rules.add(library, Action.HIDE, "advert")
    come(library, feed, "advert one", "advert two", "advert three", "other")
    (kept,) = come(library, feed, "plain")
    tagging.tag(library, [kept], "mine")
    with library.database.write() as c:
        found = retention.old(c, days=0, per_source=1, now=clock())
        gone = retention.remove(c, found)
    assert gone == 3
    assert [row.title for row in rules.hidden(library)] == ["advert one"]
