"""Queries against a real library: they find what a plain reading of the articles finds, and never raise."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UsageError
from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, View, Voice
from reader.store import Database, articles, marks, quotes, search, sources, views
from reader.text.query import And, Field, Node, Not, Or, Term, Time, moment, parse, printed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
VOCABULARY = ("bank", "banks", "Ransomware", "zürich", "leak", "CVE-2026-1234", "CVE-2026-12345", "o'neil", "zero day")
PEOPLE = (("Ada Ng", "Acme Labs"), ("Bo Lee", "Acme"), ("José Ng", "Police Zürich"), ("Ada Lee", None))
ROLES = ("chief analyst", "analyst", None)
SECTIONS = ("Fraud", "Fraud & Scams", "")


@dataclass(frozen=True, repr=False)
class Told:
    """An article as it was written down."""

    id: int
    title: str
    author: str
    text: str
    section: str
    source: int
    tags: tuple[str, ...]
    quotes: tuple[Quote, ...]
    date: datetime
    read: bool
    saved: bool


class World:
    """No dataclass: hypothesis would print all of it with every example."""

    def __init__(self, database: Database, written: list[Told]) -> None:
        self.database = database
        self.written = written


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A library of 60 articles, some of them not derived yet, and what stands in them."""
    database = Database(tmp_path_factory.mktemp("search") / "library.db")
    chance = random.Random(7)
    written: list[Told] = []
    with database.write() as c:
        for number, section in enumerate(SECTIONS, start=1):
            source = sources.insert(
                c, kind=SourceKind.FEED, url=f"https://site{number}.example/feed", title=f"The Bank Post {number}",
                section=section, now=NOW,
            )  # fmt: skip
            for index in range(20):
                written.append(_article(c, chance, source, section, number * 100 + index, derived=index % 7 != 0))
        hidden = sources.insert(c, kind=SourceKind.FEED, url="https://gone.example/", title="Gone", section="", now=NOW)
        marks.unsave(c, [_article(c, chance, hidden, "", 900, derived=True).id])
        sources.retire(c, hidden)
        sources.ensure_samples(c, title="Samples", now=NOW)
        _article(c, chance, sources.SAMPLES, "", 901, derived=True)
    yield World(database, written)
    database.close()


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(VOCABULARY) for _ in range(count))


def _article(c: Connection, chance: random.Random, source: int, section: str, number: int, *, derived: bool) -> Told:
    date = NOW - timedelta(hours=chance.randrange(2_000))
    title, author = _words(chance, 2), chance.choice(("Ada Ng", "Bo Bank", ""))
    text = _words(chance, 3) + "."
    found = []
    for _ in range(chance.randrange(3)):
        start = len(text) + 2
        words = _words(chance, 2)
        text += f"\n\n{words}"
        name, org = chance.choice(PEOPLE)
        speaker = Speaker(name, name, chance.choice(ROLES), org, voice=chance.choice(list(Voice)))
        who = chance.choice((speaker, None))
        kind = chance.choice(list(QuoteKind))
        found.append(Quote(start, start + len(words), words, kind, "said", who, None, 0.9, "test"))
    tags = tuple(chance.sample(("Fraud", "zero day", "bank"), chance.randrange(3)))
    draft = Draft(key=str(number), digest=str(number), title=title, url=f"https://x.example/{number}", author=author,
                  origin=Origin.FEED, sort_date=date, published=date, section=section, tags=tags)  # fmt: skip
    (article_id,) = articles.insert(c, source, [draft], section=section, now=NOW)
    if derived:
        articles.set_derived(c, article_id, Document(text=text), found, engine=1)
    read, saved = chance.random() < 0.5, chance.random() < 0.3
    if read:
        marks.put_read(c, [(article_id, article_id)], True)
    if saved:
        marks.put_saved(c, [(article_id, 1)])
    if not derived:
        text, found = "", []
    return Told(article_id, title, author, text, section, source, tags, tuple(found), date, read, saved)


# --- a plain reading -------------------------------------------------------------------------------------------------


def plain(text: str) -> list[str]:
    folded = text.lower().replace("ü", "u").replace("é", "e")
    return re.findall(r"[a-z0-9]+", folded)


def stands(term: Term, text: str | None) -> bool:
    wanted, found = plain(term.text), plain(text or "")
    for at in range(len(found) - len(wanted) + 1):
        here = found[at : at + len(wanted)]
        last = here[-1].startswith(wanted[-1]) if term.prefix else here[-1] == wanted[-1]
        if here[:-1] == wanted[:-1] and last:
            return True
    return False


def about(term: Term, quote: Quote) -> bool:
    speaker = quote.speaker
    if term.field is Field.QUOTE:
        return stands(term, quote.text)
    if term.field is Field.KIND:
        return quote.kind.value == term.text
    if speaker is None:
        return False
    if term.field is Field.VOICE:
        return speaker.voice.value == term.text
    return stands(
        term, {Field.SAID_BY: speaker.name, Field.ORG: speaker.organization, Field.ROLE: speaker.role}[term.field]
    )


OF_QUOTES = (Field.SAID_BY, Field.ORG, Field.ROLE, Field.QUOTE, Field.VOICE, Field.KIND)


def meets(node: Node, article: Told) -> bool:
    if isinstance(node, Not):
        return not meets(node.part, article)
    if isinstance(node, Or):
        return any(meets(part, article) for part in node.parts)
    if isinstance(node, And):
        together = [part for part in node.parts if isinstance(part, Term) and part.field in OF_QUOTES]
        rest = [part for part in node.parts if part not in together]
        spoken = not together or any(all(about(term, quote) for term in together) for quote in article.quotes)
        return spoken and all(meets(part, article) for part in rest)
    if isinstance(node, Time):
        when = moment(node.when, NOW)
        return article.date >= when if node.field is Field.SINCE else article.date < when
    if node.field in OF_QUOTES:
        return any(about(node, quote) for quote in article.quotes)
    if node.field is Field.IS:
        return {"read": article.read, "unread": not article.read, "saved": article.saved}[node.text]
    if node.field is Field.SOURCE:
        titled = stands(node, f"The Bank Post {article.source}")
        return (
            titled
            or stands(node, f"site{article.source}.example")
            or node.text.removeprefix("s") == str(article.source)
        )
    places = {
        Field.ANY: (article.title, article.author, article.text),
        Field.TITLE: (article.title,),
        Field.TEXT: (article.text,),
        Field.AUTHOR: (article.author,),
        Field.CVE: (article.title, article.text),
        Field.SECTION: (article.section,),
        Field.TAG: article.tags,
    }
    return any(stands(node, place) for place in places[node.field])


# --- queries ---------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["bank", "BANKS", "ransomware", "zurich", "leak", "cve-2026-1234", "o'neil", "zero day", "day zero", "nothing",
     "Ng", "ada ng", "acme", "labs", "analyst", "fraud", "scams", "post", "1", "s2", "site3"]
)  # fmt: skip
TEXTUAL = st.sampled_from(
    [*(Field.ANY, Field.TITLE, Field.TEXT, Field.AUTHOR, Field.SECTION, Field.SOURCE, Field.TAG), Field.SAID_BY,
     *(Field.ORG, Field.ROLE, Field.QUOTE)]
)  # fmt: skip
LEAVES = st.one_of(
    st.builds(Term, TEXTUAL, WORDS, st.booleans()),
    st.sampled_from(list(Voice)).map(lambda voice: Term(Field.VOICE, voice.value)),
    st.sampled_from(list(QuoteKind)).map(lambda kind: Term(Field.KIND, kind.value)),
    st.sampled_from(["read", "unread", "saved"]).map(lambda state: Term(Field.IS, state)),
    st.builds(
        Time, st.sampled_from([Field.SINCE, Field.BEFORE]), st.integers(0, 2_000).map(lambda n: timedelta(hours=n))
    ),
    st.builds(
        lambda text, prefix: Term(Field.CVE, text, prefix),
        st.sampled_from(["cve-2026-1234", "cve-2026"]),
        st.booleans(),
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.lists(part, min_size=2, max_size=4).map(lambda parts: And(tuple(parts))),
        st.lists(part, min_size=2, max_size=4).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(
    tree=TREES,
    most=st.sampled_from([1, 5, 2_000]),
    base=st.sampled_from([View(), View(unread=True), View(section="Fraud")]),
)
def test_queries_find_what_a_plain_reading_finds(told: World, tree: Node, most: int, base: View) -> None:
    """Whatever way a query takes through the indexes, it finds the articles that meet it, and no others."""
    database, written = told.database, told.written
    tree = parse(printed(tree))
    wanted = {
        one.id
        for one in written
        if meets(tree, one) and not (base.unread and one.read) and base.section in (None, one.section)
    }
    view = View(section=base.section, unread=base.unread, query=printed(tree))
    before, search.BROAD = search.BROAD, most
    try:
        with database.read() as c:
            found = list(views.ids(c, view, now=NOW))
            assert set(found) == wanted
            assert views.count(c, view, now=NOW) == len(wanted) == len(found)
            first = views.window(c, view, limit=7, now=NOW)
            assert [row.id for row in first] == found[:7]
            if len(first) == 7:
                rest = views.window(c, view, after=views.position(first[-1]), limit=100, now=NOW)
                assert [row.id for row in rest] == found[7:]
            said = quotes.find(c, view=view, now=NOW)
            assert sorted({row.article.id for row in said}) == sorted(
                {one.id for one in written if one.quotes} & wanted
            )
    finally:
        search.BROAD = before


PIECES = st.sampled_from(
    [
        *("bank", "b*", '"', '"zero day"', "(", ")", "-", " AND ", " OR ", "NOT ", " ", ":", "*", "\0", "title:", "{"),
        *("is:read", "since:7d", "before:9999-12-31", "cve:2026-1", "said-by:", "voice:expert", "NEAR(", "é", "^", "+"),
        *("\ud800", "銀", "\u0301", ";", "--", "/*", "quote:(", "section:", "source:", "tag:x", "'", "%", "_", "\\"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=20).map("".join)))
def test_any_query_is_answered_or_refused(told: World, text: str) -> None:
    """Whatever is typed: articles, none, or a sentence; samples and removed articles never."""
    database, written = told.database, told.written
    try:
        with database.read() as c:
            found = list(views.ids(c, View(query=text), now=NOW))
    except UsageError:
        return
    assert set(found) <= {one.id for one in written}


@pytest.mark.parametrize(
    "piece",
    ["b ", "-b ", "b OR ", "NOT ", '"', "(b c) OR ", "(b OR -section:c) ", "title:b ", "b*", "-", "NEAR(", "is:read ",
     "-tag:b ", "said-by:b OR ", "-source:b OR ", "quote:b "],
)  # fmt: skip
@pytest.mark.parametrize("numbered", [False, True])
def test_ten_thousand_characters(told: World, piece: str, numbered: bool) -> None:
    """The longest queries of all kinds find something, nothing, or are refused in a sentence."""
    database = told.database
    number = itertools.count()
    text = re.sub(r"b(?=\W|$)", lambda _m: f"b{next(number)}", piece * 10_000) if numbered else piece * 10_000
    text = text[:10_000]
    while (
        text.rstrip().endswith((" OR", " AND", "NOT", ":")) or text.count("(") > text.count(")") or text.endswith("(")
    ):
        text = text[:-1]
    with database.read() as c:
        try:
            views.ids(c, View(query=text), now=NOW)
        except UsageError as error:
            assert "\n" in str(error)  # noqa: PT017 - either is fine


def test_deep_queries(told: World) -> None:
    """A query as deep as the language allows is answered."""
    database = told.database
    for inner in ("bank", "-bank", "tag:bank", "said-by:ng"):
        text = inner
        for level in range(1, 16):
            text = f"(is:read {text})" if level % 2 else f"(-source:{level} OR -{text})"
        with database.read() as c:
            views.ids(c, View(query=text), now=NOW)
