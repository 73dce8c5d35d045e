"""Plain words: the same articles are found before and after they are in the index, and nothing ever raises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Document, Draft, Quote, View
from reader.store import Database, articles, quotes, search, views, words

TEXT = "Zürich bank hit by RANSOMWARE: CVE-2026-1234 in Contoso's VPN, says Émile O'Neil."


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("ransomware",), True),
        (("ransom",), False),  # whole words
        (("BANK", "zurich"), True),
        (("bank", "geneva"), False),
        (("cve-2026-1234",), True),
        (("cve-2026-123",), False),
        (("1234-cve",), False),
        (("hit by",), True),  # one word to the reader's shell, two to the index: side by side
        (("by hit",), False),
        (("o'neil",), True),
        (("emile",), True),
        (("—", "bank"), True),
        (("—",), False),
        (('"',), False),
        (("NEAR(", "bank"), False),
        (("title:bank",), False),
        (("bank*",), True),  # no operator here: the star is no letter
        (("\0",), False),
        (("AND",), False),
        (("x" * 10_000,), False),
        ((), True),
    ],
)
@pytest.mark.parametrize("derived", [False, True])
def test_what_words_find(
    database: Database,
    add_source: Callable[..., int],
    draft: Callable[..., Draft],
    wanted: tuple[str, ...],
    found: bool,
    derived: bool,
) -> None:
    """All words must stand in the article, as whole words in any case, wherever its derivation stands."""
    source = add_source()
    with database.write() as c:
        (article_id,) = articles.insert(c, source, [draft(title=TEXT)], section="", now=draft().sort_date)
        if derived:
            articles.set_derived(c, article_id, Document(text="Nothing else."), [], engine=1)
    with database.read() as c:
        assert list(views.ids(c, View(words=wanted))) == ([article_id] if found else [])


def test_title_author_and_text(database: Database, add_source: Callable[..., int], draft: Callable[..., Draft]) -> None:
    """Words may stand in the title, the author's name and the text, one here and one there."""
    source = add_source()
    with database.write() as c:
        one, _two = articles.insert(
            c, source, [draft(1, title="Alpha", author="Beta Smith"), draft(2)], section="", now=draft().sort_date
        )
        articles.set_derived(c, one, Document(text="gamma delta"), [], engine=1)
    with database.read() as c:
        assert list(views.ids(c, View(words=("alpha", "beta", "gamma")))) == [one]
        assert [row.id for row in views.window(c, View(words=("smith",), unread=True))] == [one]
        assert list(views.ids(c, View(words=("alpha",), saved=True))) == []


def test_the_index_follows_changes(
    database: Database, add_source: Callable[..., int], draft: Callable[..., Draft]
) -> None:
    """After a change the old words find nothing and the new ones do; nothing of the old text stays in the index."""
    source = add_source()
    with database.write() as c:
        (one,) = articles.insert(c, source, [draft(title="Old heading")], section="", now=draft().sort_date)
        articles.set_derived(c, one, Document(text="ancient words"), [], engine=1)
        articles.set_derived(c, one, Document(text="middle words"), [], engine=1)
    changed = draft(title="New heading", digest="new")
    with database.write() as c:
        articles.update(c, [(one, changed)], now=changed.sort_date)
    with database.read() as c:
        assert list(views.ids(c, View(words=("old",)))) == []
        assert list(views.ids(c, View(words=("new",)))) == [one]
    with database.write() as c:
        articles.set_derived(c, one, Document(text="modern words"), [], engine=1)
    with database.read() as c:
        for gone in ("old", "ancient", "middle"):
            assert list(views.ids(c, View(words=(gone,)))) == []
            assert c.execute("SELECT count(*) FROM article_words WHERE article_words MATCH ?", (gone,)).fetchone() == (
                0,
            )
        assert list(views.ids(c, View(words=("new", "modern")))) == [one]


def test_broad_and_narrow_searches_agree(
    database: Database,
    add_source: Callable[..., int],
    draft: Callable[..., Draft],
    quote: Callable[..., Quote],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether a search starts from its matches or goes through the list, it shows the same in the same order."""
    source = add_source()
    text = 'Ada said "one" and "two" on Monday.'
    with database.write() as c:
        drafts = [draft(n % 7, key=str(n), title=f"common {'odd' if n % 2 else 'even'}") for n in range(40)]
        for n, one in enumerate(articles.insert(c, source, drafts, section="News", now=draft().sort_date)):
            if n % 5:
                found = [quote(text, '"two"'), quote(text, '"one"')]
                articles.set_derived(c, one, Document(text=text), found, engine=1)

    def look(view: View) -> object:
        with database.read() as c:
            first = views.window(c, view, limit=7)
            rest = views.window(c, view, limit=99, after=views.position(first[-1]))
            return first + rest, list(views.ids(c, view)), quotes.find(c, view=view), quotes.find(c, view=view, limit=5)

    wanted = [View(words=("common",)), View(words=("odd",), section="News"), View(words=("even",), unread=True)]
    narrow = [look(view) for view in wanted]
    monkeypatch.setattr(search, "BROAD", 3)
    with database.read() as c:
        assert not search.prepare(c, wanted[0], {}, None).by_id
    assert [look(view) for view in wanted] == narrow


@given(st.lists(st.text(max_size=40), max_size=5), st.text(max_size=200))
def test_any_words(tmp_path_factory: pytest.TempPathFactory, wanted: list[str], text: str) -> None:
    """Any words whatever give an answer from the index and from the fallback, never an error."""
    database = Database(tmp_path_factory.getbasetemp() / "words.db")
    try:
        with database.write() as c:
            c.execute("SELECT rowid FROM article_words WHERE article_words MATCH ?", (words.match(wanted),)).fetchall()
    finally:
        database.close()
    for term in words.plain(wanted):
        words.stand_in(text, "", words.packed(term))
