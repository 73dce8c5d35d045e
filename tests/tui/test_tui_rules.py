"""The window of the rules, and what rules say after a refresh."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input, Static
from tui_library import draft, put, running, text_of, until

from reader.config import Config, Reading
from reader.model import RefreshSummary, View
from reader.service import rules
from reader.service.library import Library
from reader.service.rules import Action
from reader.store import sharing
from reader.tui.app import RoomApp
from reader.tui.refreshing import Ended, Noticed

WIDE = (120, 40)


def state(library: Library) -> list[tuple[str, str, str, bool]]:
    return [(one.rule.action, one.rule.value, one.rule.query, one.rule.enabled) for one in rules.list_all(library)]


async def test_writing_a_rule(app: RoomApp, library: Library) -> None:
    """`g R`, `a`: hits are counted while it is written, a wrong query says why, enter keeps, `u` undoes."""
    from reader.tui.screens.rule import RuleScreen
    from reader.tui.screens.rules import RulesScreen

    async with running(app, WIDE) as pilot:
        await pilot.press("g", "R")
        await until(pilot, lambda: isinstance(app.screen, RulesScreen))
        assert "There are no rules" in text_of(app)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, RuleScreen))
        fields = {field.id: field for field in app.screen.query(Input)}
        fields["does"].value, fields["query"].value = "tag", "title:story OR ("
        await until(pilot, lambda: "column" in str(app.screen.query_one("#rule-hits", Static).content))
        await pilot.press("enter")
        assert isinstance(app.screen, RuleScreen)
        fields["query"].value = "title:story source:fraud"
        await until(pilot, lambda: "Finds 2 now" in str(app.screen.query_one("#rule-hits", Static).content))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RulesScreen) and app.told)
        assert (state(library), app.told[-1].error) == ([], True)  # a tag needs a name
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, RuleScreen))
        fields = {field.id: field for field in app.screen.query(Input)}
        fields["does"].value, fields["query"].value = "tag wet", "title:story source:fraud"
        await pilot.press("enter")
        await until(pilot, lambda: state(library) == [("tag", "wet", "title:story source:fraud", True)])
        await pilot.press("A")
        await until(pilot, lambda: any("wet" in row.tags for row in library.window(View(section="Fraud"))))
        await pilot.press("x")
        assert state(library)[0][3] is False
        assert "rests" in app.told[-1].sentence
        await pilot.press("x", "D")
        assert state(library) == []
        await pilot.press("u")
        assert len(state(library)) == 1
        assert "removed" in app.told[-1].sentence


async def test_what_a_rule_finds(app: RoomApp, library: Library) -> None:
    """Enter lists the hits, enter there opens one in the room."""
    from reader.tui.screens.rule_hits import RuleHitsScreen
    from reader.tui.screens.rules import RulesScreen

    rules.add(library, Action.READ, "source:fraud")
    async with running(app, WIDE) as pilot:
        await pilot.press("g", "R")
        await until(pilot, lambda: isinstance(app.screen, RulesScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RuleHitsScreen) and app.screen.items)
        assert len(app.screen.items) == 2  # type: ignore[attr-defined]  # the screen just seen
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.room and app.room.article.article is not None)


async def test_a_wrong_rule_is_seen(app: RoomApp, library: Library) -> None:
    """A rule that a newer version made, or a hand spoilt: it does nothing, says so, and the others are as they were."""
    from reader.tui.screens.rules import RulesScreen

    rules.add(library, Action.READ, "story")
    rules.add(library, Action.HIDE, "story")
    with library.database.write() as c:
        c.execute("UPDATE rule SET action = 'translate' WHERE id = 2")
        c.execute("INSERT INTO rule (place, action, value, query, enabled, version) VALUES (9, 'hide', '', '(', 1, 1)")
    async with running(app, WIDE) as pilot:
        await pilot.press("g", "R")
        await until(pilot, lambda: isinstance(app.screen, RulesScreen))
        assert text_of(app).count("wrong") == 3
        await pilot.press("j")
        await until(pilot, lambda: "knows no action 'translate'" in text_of(app))
        await pilot.press("j", "enter")
        assert app.told[-1].error
        await pilot.press("k", "k", "x")
        assert [one[0] for one in state(library)] == ["read", "translate", "hide"]
        await pilot.press("q")
        faults = app.room.refresher._faults()
        assert [fault.split(":")[0] for fault in faults] == ["Rule r2 does nothing", "Rule r3 does nothing"]
        app.room.post_message(Ended(RefreshSummary(), quiet=True, faults=faults))
        await until(pilot, lambda: "Rule r2 does nothing" in app.told[-1].sentence)
        assert app.told[-1].error


async def test_what_rules_did_is_told(make_app: Callable[..., RoomApp]) -> None:
    """One toast after a refresh: what rules tell of, what they did, that `u` takes it back; and the bell, if asked."""
    app, rung = make_app(Config(reading=Reading(bell=True))), list[bool]()
    app.bell = lambda: rung.append(True)  # type: ignore[method-assign]  # no test rings
    async with running(app, WIDE) as pilot:
        app.room.post_message(Noticed(4, "Pumps off"))
        await until(pilot, lambda: "Rule r4: Pumps off" in [told.sentence for told in app.told])
        assert rung == [True]
        noticed = [(4, "Pumps off"), (4, "[b]Pumps on"), (5, "x"), (5, "y")]
        app.room.post_message(Ended(RefreshSummary(new=9), ruled="3 hidden", noticed=noticed))
        await until(pilot, lambda: "3 hidden" in app.told[-1].sentence)
        assert "r4: Pumps off; r4: [b]Pumps on; r5: x; and 1 more" in app.told[-1].sentence
        assert "Rules: 3 hidden; u takes it back." in app.told[-1].sentence


async def test_an_article_of_several_sources(app: RoomApp, library: Library) -> None:
    """The list says how many other sources there are, the article which."""
    (one,) = put(library, [draft(0, title="Shared")], source="Third Desk", section="News")
    with library.database.write() as c:
        sharing.join(c, one, 1, 1)
        sharing.join(c, one, 2, 1)
    async with running(app, WIDE) as pilot:
        row = library.rows([one])[0]
        assert (row.source_title, row.more_sources) == ("Daily Example", "+2")
        await until(pilot, lambda: "+2" in text_of(app))
        app.room.open_article(one)
        await until(pilot, lambda: "Daily Example, also in Fraud Watch, Third Desk" in " ".join(text_of(app).split()))
