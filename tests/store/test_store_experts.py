"""The index of experts: who is taken for whom, on what evidence, and counts that are always those of the articles."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from blank_library import put_blank_library
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, SpeakerType, Voice
from reader.store import (
    Database,
    articles,
    expert_lists,
    experts,
    gathering,
    identities,
    integrity,
    marks,
    quotes,
    sources,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PERSON, ORGANIZATION = SpeakerType.PERSON, SpeakerType.ORGANIZATION
LONG = "Harbour Response Agency"

# What articles say: (speaker's name, type, organisation, text of the article)
Told = tuple[str, SpeakerType, str | None, str]


def add(c: Connection, told: Sequence[Told], number: int, *, source: int = 1) -> int:
    """An article in which these speak, each once."""
    date = NOW - timedelta(days=number)
    draft = Draft(f"{number}", "d", f"T{number}", "https://a.example/", Origin.FEED, date, published=date)
    (article_id,) = articles.insert(c, source, [draft], section="", now=NOW)
    say(c, article_id, told)
    return article_id


def say(c: Connection, article_id: int, told: Sequence[Told]) -> None:
    """Derive the article (anew)."""
    text = "Said. " * max(len(told), 1) + " ".join(one[3] for one in told)
    found = [
        Quote(6 * at, 6 * at + 5, "Said.", QuoteKind.DIRECT, "said",
              Speaker(name, name, None, organization, kind, Voice.EXPERT), None, 0.9, "test")
        for at, (name, kind, organization, _) in enumerate(told)
    ]  # fmt: skip
    articles.set_derived(c, article_id, Document(text=text), found, engine=1)


def add_sources(c: Connection, count: int = 1) -> None:
    for number in range(count):
        url = f"https://s{number}.example/"
        sources.insert(c, kind=SourceKind.FEED, url=url, title=f"S{number}", section="", now=NOW)


def partition(c: Connection) -> set[frozenset[int]]:
    """Which articles are taken to quote the same expert."""
    groups: dict[int, set[int]] = {}
    for expert_id, article_id in c.execute("SELECT expert_id, article_id FROM appearance").fetchall():
        groups.setdefault(expert_id, set()).add(article_id)
    return {frozenset(group) for group in groups.values()}


def check(c: Connection) -> None:
    """Everything the triggers keep is what counting anew gives."""
    rows = c.execute("SELECT id, quotes, articles, first_seen, last_seen FROM expert").fetchall()
    for expert_id, *kept in rows:
        counted = c.execute(
            "SELECT coalesce(sum(quotes), 0), count(DISTINCT article_id), min(date), max(date) FROM appearance"
            " WHERE expert_id = ? AND live = 1",
            (expert_id,),
        ).fetchone()
        assert tuple(kept) == counted
        facts = c.execute(
            "SELECT kind, value, articles FROM expert_fact WHERE expert_id = ? ORDER BY kind, value", (expert_id,)
        ).fetchall()
        wanted = c.execute(
            "SELECT kind, value, count(*) FROM"
            " (SELECT 1 AS kind, role_id AS value FROM appearance WHERE expert_id = :e AND live"
            " UNION ALL SELECT 2, organization_id FROM appearance WHERE expert_id = :e AND live"
            " UNION ALL SELECT 3, voice FROM appearance WHERE expert_id = :e AND live"
            " UNION ALL SELECT 4, source_id FROM appearance WHERE expert_id = :e AND live)"
            " WHERE value IS NOT NULL GROUP BY kind, value ORDER BY kind, value",
            {"e": expert_id},
        ).fetchall()
        assert facts == wanted
        assert c.execute("SELECT 1 FROM identity WHERE expert_id = ?", (expert_id,)).fetchone()
    wrong = c.execute(
        "SELECT count(*) FROM appearance AS a JOIN identity AS i ON i.id = a.identity_id"
        " WHERE a.expert_id <> i.expert_id"
    ).fetchone()
    assert wrong == (0,)
    spoken = c.execute("SELECT count(*) FROM quote WHERE speaker_id IS NOT NULL AND identity_id IS NULL").fetchone()
    assert spoken == (0,)


CASES: list[tuple[str, list[Told], list[set[int]]]] = [
    ("one name, one organisation", [("Ada Example", PERSON, "Northwind", "")] * 2, [{0, 1}]),
    ("accents, titles, case", [("Dr. Zoë Example", PERSON, None, ""), ("zoe EXAMPLE", PERSON, None, "")], [{0, 1}]),
    ("an organisation and none", [("Ada Example", PERSON, "Northwind", ""), ("Ada Example", PERSON, None, "")],
     [{0, 1}]),
    ("legal form", [("Ada Example", PERSON, "Northwind Inc.", ""), ("Ada Example", PERSON, "the Northwind", "")],
     [{0, 1}]),
    ("a part of the organisation",
     [("Ada Example", PERSON, "Northwind", ""), ("Ada Example", PERSON, "Northwind Labs", "")], [{0, 1}]),
    ("acronym of the employer", [("Ada Example", PERSON, LONG, ""), ("Ada Example", PERSON, "HRA", "")], [{0, 1}]),
    ("two employers", [("Ada Example", PERSON, "Northwind", ""), ("Ada Example", PERSON, "Contoso", "")], [{0}, {1}]),
    ("two employers and none",
     [("Ada Example", PERSON, None, ""), ("Ada Example", PERSON, "Northwind", ""),
      ("Ada Example", PERSON, "Contoso", "")],
     [{0}, {1}, {2}]),
    ("single names", [("Ada", PERSON, "Northwind", "")] * 2, [{0}, {1}]),
    ("an initial", [("A. Example", PERSON, "Northwind", "")] * 2, [{0}, {1}]),
    ("unnamed", [("a researcher at Northwind", SpeakerType.ANONYMOUS, "Northwind", "")] * 2, [{0}, {1}]),
    ("groups", [("researchers", SpeakerType.GROUP, "Northwind", "")] * 2, [{0}, {1}]),
    ("a person is no organisation",
     [("Ada Example", PERSON, None, ""), ("Ada Example", ORGANIZATION, None, "")], [{0}, {1}]),
    ("organisations", [("Northwind Ltd", ORGANIZATION, None, ""), ("The Northwind", ORGANIZATION, None, "")], [{0, 1}]),
    ("an acronym that nobody introduces", [(LONG, ORGANIZATION, None, ""), ("HRA", ORGANIZATION, None, "")],
     [{0}, {1}]),
    ("an acronym that is introduced",
     [(LONG, ORGANIZATION, None, f"The {LONG} (HRA) warned."), ("HRA", ORGANIZATION, None, "")], [{0, 1}]),
    ("introduced in another article",
     [(LONG, ORGANIZATION, None, ""), (LONG, ORGANIZATION, None, f"{LONG} (HRA)"), ("HRA", ORGANIZATION, None, "")],
     [{0, 1, 2}]),
    ("an acronym of two",
     [(LONG, ORGANIZATION, None, f"{LONG} (HRA)"), ("Hill Rescue Alliance", ORGANIZATION, None,
      "Hill Rescue Alliance (HRA)"), ("HRA", ORGANIZATION, None, "")], [{0}, {1}, {2}]),
    ("brackets with something else", [(LONG, ORGANIZATION, None, f"{LONG} (XYZ)"), ("XYZ", ORGANIZATION, None, "")],
     [{0}, {1}]),
    ("a document that nobody has issued", [("the report", ORGANIZATION, None, "")] * 2, [{0}, {1}]),
    ("a company that is only described", [("A trade body", ORGANIZATION, None, "")] * 2, [{0}, {1}]),
    ("a site in small letters", [("sellbytes.example", ORGANIZATION, None, "")] * 2, [{0, 1}]),
    ("a brand that begins small", [("eNorth", ORGANIZATION, None, "")] * 2, [{0, 1}]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_is_who(database: Database, told: list[Told], wanted: list[set[int]]) -> None:
    """The same person only on evidence; and never because of the order in which articles came."""
    for number, order in enumerate(itertools.permutations(range(len(told)))):
        file = database.path.with_name(f"{number}.db")
        other = Database(file)
        with other.write() as c:
            add_sources(c)
            ids = {add(c, [told[at]], at): at for at in order}
            assert {frozenset(ids[one] for one in group) for group in partition(c)} == set(map(frozenset, wanted))
            check(c)
        other.close()


def test_one_name_is_one_in_an_article(database: Database) -> None:
    """An organisation that an article states once holds for all it quotes of that name."""
    with database.write() as c:
        add_sources(c)
        add(c, [("Ada Example", PERSON, "Northwind", ""), ("Ada Example", PERSON, None, "")], 1)
        add(c, [("Ada Example", PERSON, "Contoso", "")], 2)
        assert [one.quotes for one in expert_lists.find(c, limit=9)] == [2, 1]


def test_a_wrong_reading_leaves_no_trace(database: Database) -> None:
    """When a newer engine takes an organisation back, the experts it told apart are one again, under the old id."""
    with database.write() as c:
        add_sources(c)
        add(c, [("Ada Example", PERSON, "Northwind", "")], 1)
        second = add(c, [("Ada Example", PERSON, "Reuters", "")], 2)
        assert len(partition(c)) == 2
        say(c, second, [("Ada Example", PERSON, "Northwind", "")])
        (one,) = expert_lists.find(c, limit=9)
        assert (one.id, one.quotes, one.organizations) == (1, 2, ("Northwind",))
        assert expert_lists.find(c, ["reuters"], limit=9) == []
        check(c)


def test_an_article_that_goes_leaves_no_trace(database: Database) -> None:
    """With the last article of an organisation its expert goes, and is no longer evidence against anybody."""
    from reader.store import retention

    with database.write() as c:
        add_sources(c)
        add(c, [("Ada Example", PERSON, None, "")], 1)
        add(c, [("Ada Example", PERSON, "Northwind", "")], 2)
        third = add(c, [("Ada Example", PERSON, "Contoso", "")], 3)
        assert len(partition(c)) == 3
        assert retention.remove(c, [third]) == 1
        assert [one.quotes for one in expert_lists.find(c, limit=9)] == [2]
        assert c.execute("SELECT count(*) FROM expert").fetchone() == (1,)
        check(c)


def test_a_crowd_is_not_compared(database: Database) -> None:
    """Very many organisations of one name cost each its own expert and no more; nothing is evidence then."""
    with database.write() as c:
        add_sources(c)
        for number in range(experts.CROWD + 20):
            add(c, [("Ada Example", PERSON, f"Employer{number}", "")], number)
        assert len(partition(c)) == experts.CROWD + 20
        check(c)


NAMES: list[Told] = [
    ("Ada Example", PERSON, None, ""),
    ("Ada Example", PERSON, "Northwind", ""),
    ("Ada Example", PERSON, "Contoso", ""),
    ("Ada Example", PERSON, "Northwind Labs", ""),
    ("Ada", PERSON, None, ""),
    ("HRA", ORGANIZATION, None, ""),
    (LONG, ORGANIZATION, None, ""),
    (LONG, ORGANIZATION, None, f"{LONG} (HRA)"),
    ("researchers", SpeakerType.GROUP, None, ""),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(["say", "retire", "revive", "save", "unsave", "merge", "split", "undo"]),
              st.integers(0, 5), st.lists(st.sampled_from(NAMES), max_size=4)),
    max_size=14,
)  # fmt: skip


@settings(max_examples=25)
@given(STEPS)
def test_counts_hold_whatever_happens(steps: list[tuple[str, int, list[Told]]]) -> None:
    """After any readings, removals, bookmarks, merges, splits and undos every count is that of the articles."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.db"
        put_blank_library(file)
        database = Database(file)
        states: list[Any] = []
        with database.write() as c:
            add_sources(c, 2)
            ids = [add(c, [NAMES[number]], number, source=1 + number % 2) for number in range(6)]
            for what, number, told in steps:
                found = [row[0] for row in c.execute("SELECT id FROM expert WHERE quotes > 0 ORDER BY id").fetchall()]
                if what == "say":
                    say(c, ids[number], told)
                elif what == "retire":
                    sources.retire(c, 1 + number % 2)
                elif what == "revive":
                    sources.revive(c, 1 + number % 2)
                elif what == "save":
                    marks.save(c, [ids[number]], now=NOW)
                elif what == "unsave":
                    marks.unsave(c, [ids[number]])
                elif what == "merge" and len(found) > number + 1:
                    states.append(gathering.merge(c, [found[number], found[0], found[-1]]))
                elif what == "split" and found:
                    done = gathering.split(c, found[number % len(found)], ids[: number + 1])
                    states.append(done and done[1])
                elif what == "undo" and states and (state := states.pop()):
                    gathering.restore(c, state)
                check(c)
            assert c.execute("PRAGMA foreign_key_check").fetchall() == []
        database.close()


def everything(c: Connection) -> list[list[tuple[Any, ...]]]:
    """All that is known of experts, row by row."""
    return [
        c.execute(sql).fetchall()
        for sql in (
            "SELECT * FROM expert ORDER BY id",
            "SELECT * FROM identity ORDER BY id",
            "SELECT * FROM appearance ORDER BY article_id, identity_id",
            "SELECT * FROM apart ORDER BY article_id",
            "SELECT * FROM expert_fact ORDER BY expert_id, kind, value",
            "SELECT * FROM expert_word ORDER BY expert_id, word",
            "SELECT article_id, n, identity_id FROM quote ORDER BY article_id, n",
        )
    ]


@settings(max_examples=20)
@given(
    st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), min_size=3, max_size=6),
    st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=3),
)
def test_the_hand_of_the_reader(told: list[list[Told]], hands: list[tuple[bool, int, int]]) -> None:
    """Merging and splitting outlives newer readings of all articles; taking it back leaves what was there before."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.db"
        put_blank_library(file)
        database = Database(file)
        with database.write() as c:
            add_sources(c)
            ids = [add(c, one, number) for number, one in enumerate(told)]
            done: list[tuple[Any, Any]] = []
            for merging, first, second in hands:
                found = [row[0] for row in c.execute("SELECT id FROM expert ORDER BY id").fetchall()]
                before = everything(c)
                if merging:
                    state = gathering.merge(c, [found[first % len(found)], found[second % len(found)]])
                else:
                    one = found[first % len(found)]
                    result = gathering.split(c, one, expert_lists.articles(c, one)[: 1 + second % 3])
                    state = result and result[1]
                if state is None:
                    assert everything(c) == before
                else:
                    done.append((before, state))
            after = partition(c)
            c.execute("SAVEPOINT forgotten")
            for article_id, one_told in zip(ids, told, strict=True):
                say(c, article_id, [])
                say(c, article_id, one_told)
            assert partition(c) == after
            check(c)
            c.execute("ROLLBACK TO forgotten")
            for article_id, one_told in zip(ids, told, strict=True):
                say(c, article_id, one_told)
            for before, state in reversed(done):
                gathering.restore(c, state)
                assert everything(c) == before
        database.close()


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(database: Database) -> Database:
    """Thirty experts: number n speaks in n % 7 + 1 articles."""
    with database.write() as c:
        add_sources(c, 3)
        for number in range(30):
            for at in range(number % 7 + 1):
                name = f"Name{number} Example"
                add(c, [(name, PERSON, f"Firm{number % 5}", "")], 100 * number + at, source=1 + at % 3)
    return database


def test_pages(many: Database) -> None:
    """Page by page the list is the whole list, most quoted first, each once."""
    with many.read() as c:
        whole = expert_lists.find(c, limit=100)
        paged = []
        after = None
        while page := expert_lists.find(c, limit=7, after=after):
            paged += page
            after = (page[-1].quotes, page[-1].id)
    assert paged == whole
    assert [one.quotes for one in whole] == sorted((number % 7 + 1 for number in range(30)), reverse=True)
    assert {one.outlets for one in whole if one.quotes == 7} == {3}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["name7"], {"Name7 Example"}),
        (["NAME7", "examp"], {"Name7 Example"}),
        (["firm3", "example"], {f"Name{number} Example" for number in range(3, 30, 5)}),
        (["firm3", "name3"], {"Name3 Example"}),
        (["Firm3 Name8"], {"Name8 Example"}),
        (["nobody"], set()),
        (["!!"], set()),
        (["%"], set()),
        (["x" * 10_000, "\0", '"'], set()),
    ],
)
@pytest.mark.parametrize("broad", [1, 2_000])
def test_found_by_words(
    many: Database, monkeypatch: pytest.MonkeyPatch, words: list[str], wanted: set[str], broad: int
) -> None:
    """Words of names and organisations find experts, in both ways in which the list is made."""
    monkeypatch.setattr(expert_lists, "BROAD", broad)
    with many.read() as c:
        found = expert_lists.find(c, words, limit=100)
        assert {one.name for one in found} == wanted
        for one in found:
            after = (one.quotes, one.id)
            assert one not in expert_lists.find(c, words, limit=100, after=after)


def test_lists_cost_by_what_they_show(many: Database) -> None:
    """No list of experts scans experts, articles or quotes: all goes by indexes."""
    with many.read() as c:
        (one, *_rest) = expert_lists.find(c, limit=1)
        statements: list[str] = []
        c.set_trace_callback(statements.append)
        expert_lists.find(c, limit=3)
        expert_lists.find(c, ["firm3", "name"], limit=3, after=(5, 9))
        quotes.timeline(c, one.id, limit=3)
        quotes.elsewhere(c, quotes.timeline(c, one.id, limit=1)[0])
        quotes.uncited(c, limit=5)
        c.set_trace_callback(None)
        steps = [
            row[3]
            for sql in statements
            for row in c.execute("EXPLAIN QUERY PLAN " + sql).fetchall()  # what SQLite itself has just run
        ]
    scans = [step for step in steps if step.startswith("SCAN")]
    assert {step for step in scans if "VIRTUAL TABLE" not in step} <= {
        "SCAN e USING INDEX expert_rank", "SCAN hit", "SCAN (subquery-1)", "SCAN CONSTANT ROW"
    }, scans  # fmt: skip


def test_speaker_search_goes_through_the_index(database: Database) -> None:
    """What the same organisation says under its long name is found by its acronym, and the other way round."""
    with database.write() as c:
        add_sources(c)
        add(c, [(LONG, ORGANIZATION, None, f"{LONG} (HRA)")], 1)
        add(c, [("HRA", ORGANIZATION, None, "")], 2)
        add(c, [("Ada Example", PERSON, None, "")], 3)
        for name in ("hra", "harbour resp"):
            assert [row.article.id for row in quotes.find(c, speaker=name)] == [1, 2]


def test_an_older_library_is_indexed_later(database: Database) -> None:
    """Quotes that an edition without the index has stored come into it, newest first, and only once."""
    with database.write() as c:
        add_sources(c)
        for number in range(5):
            add(c, [("Ada Example", PERSON, None, "")], number)
        before = expert_lists.find(c, limit=9)
        for sql in ("UPDATE quote SET identity_id = NULL", "DELETE FROM appearance", "DELETE FROM identity",
                    "DELETE FROM expert", "DELETE FROM shingle", "UPDATE article SET cited = 0"):  # fmt: skip
            c.execute(sql)
        assert expert_lists.find(c, limit=9) == []
        assert quotes.uncited(c, limit=3) == [1, 2, 3]
        for article_id in quotes.uncited(c, limit=9):
            quotes.reput(c, article_id)
        assert quotes.uncited(c, limit=9) == []
        assert [replace(one, id=0) for one in expert_lists.find(c, limit=9)] == [replace(one, id=0) for one in before]
        check(c)


@given(st.text(max_size=60), st.text(max_size=40), st.sampled_from(list(SpeakerType)), st.text(max_size=80))
def test_any_name_has_an_identity(name: str, organization: str, kind: SpeakerType, text: str) -> None:
    """No name, organisation or text is too odd; and only names of articles depend on the article."""
    speaker = Speaker(name, name, None, organization, kind)
    first, second = identities.of(speaker, 1, text), identities.of(speaker, 2, text)
    assert (first == second) == first.lasting


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{LONG} (HRA) said", "HRA"),
        (f"{LONG}'s (HRA) chief", "HRA"),
        (f"{LONG} (formerly HRA)", ""),
        (f"{LONG}, or HRA", ""),
        (f"{LONG} said. {LONG} (HRA)", "HRA"),
        (f"{LONG} (HQ)", ""),
        ("", ""),
    ],
)
def test_introduced_acronyms(text: str, wanted: str) -> None:
    """An acronym is introduced in brackets right behind the name whose initials it is."""
    assert identities.acronym_in(LONG, text) == wanted


def test_hostile_names_cost_linear_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article with very many speakers of one name writes no more than some rows for each."""
    counted = 0
    settle: Callable[[Connection, str], None] = experts.settle

    def count(c: Connection, bucket: str) -> None:
        nonlocal counted
        counted += 1
        settle(c, bucket)

    monkeypatch.setattr(experts, "settle", count)
    with database.write() as c:
        add_sources(c)
        add(c, [("Ada Example", PERSON, f"Employer {number}", "") for number in range(3_000)], 1)
        assert counted == 1
        assert len(partition(c)) == 1


def steps(c: Connection, use: Callable[[], object]) -> int:
    """How many hundreds of steps SQLite takes for something."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    c.set_progress_handler(count, 100)
    try:
        use()
    finally:
        c.set_progress_handler(None, 0)
    return counted


def test_the_most_quoted_cost_no_more_than_others(database: Database) -> None:
    """An article with somebody who is in very many others costs as many steps as one with somebody in a few."""
    found = {}
    with database.write() as c:
        add_sources(c)
        for number in range(1_500):
            add(c, [("Ada Example", PERSON, "Northwind", "")], number)
            if number in (40, 1_400):
                found[number] = [
                    steps(c, lambda at=number: add(c, [("Ada Example", PERSON, "Northwind", "")], 2_000 + at)),  # type: ignore[misc]
                    steps(c, lambda: say(c, 1, [("Ada Example", PERSON, "Northwind Labs", "")])),
                    steps(c, lambda: say(c, 1, [("Ada Example", PERSON, "Northwind", "")])),
                ]
    for few, many_ in zip(found[40], found[1_400], strict=True):
        assert many_ <= 2 * few + 4


def test_doctor_counts_anew(database: Database) -> None:
    """A count of an expert that is not that of the articles is found, and a sound index is not suspected."""
    with database.write() as c:
        add_sources(c)
        for number in range(3):
            add(c, [("Ada Example", PERSON, None, "")], number)
    assert integrity.examine(database.path, engine=1).faults == ()
    with database.write() as c:
        c.execute("UPDATE expert SET articles = 7")
    assert any("experts count" in fault for fault in integrity.examine(database.path, engine=1).faults)
