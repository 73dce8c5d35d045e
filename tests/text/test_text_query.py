"""The query language: what is read, how errors point, and that nothing else is ever raised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.query import (
    MAX_DEPTH,
    MAX_LENGTH,
    NOTHING,
    And,
    Field,
    Node,
    Not,
    Or,
    QueryError,
    Term,
    Time,
    both,
    moment,
    parse,
    printed,
    settled,
    wanted,
)

NOW = datetime(2026, 3, 8, 12, tzinfo=UTC)


def word(text: str, field: Field = Field.ANY, *, prefix: bool = False) -> Term:
    return Term(field, text, prefix)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a and b", And((A, word("and"), B))),  # operators are capitals
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("NOT NOT a", A),
        ("-(a OR b)", Not(Or((A, B)))),
        ("a a A", And((A, word("A")))),
        ('"zero day"', word("zero day")),
        ("“zero  day”", word("zero day")),
        ('"zero day', word("zero day")),
        ('"zero d"*', word("zero d", prefix=True)),
        ("ransom*", word("ransom", prefix=True)),
        ('"AND"', word("AND")),
        ("title:bank", word("bank", Field.TITLE)),
        ('TITLE:"first bank"', word("first bank", Field.TITLE)),
        ("title:(a OR b)", Or((word("a", Field.TITLE), word("b", Field.TITLE)))),
        ("-source:example", Not(word("example", Field.SOURCE))),
        ("said-by:Ng", word("Ng", Field.SAID_BY)),
        ("is:UNREAD", word("unread", Field.IS)),
        ("voice:expert", word("expert", Field.VOICE)),
        ("kind:direct", word("direct", Field.KIND)),
        ("cve:CVE-2026-1234", word("cve-2026-1234", Field.CVE)),
        ("cve:2026‑1234", word("cve-2026-1234", Field.CVE)),  # a hyphen that does not break
        ("cve:2026-12*", word("cve-2026-12", Field.CVE, prefix=True)),
        ("cve:2026", word("cve-2026", Field.CVE)),
        ("cve:*", word("cve", Field.CVE)),
        ("since:7d", Time(Field.SINCE, timedelta(days=7))),
        ("since:12h", Time(Field.SINCE, timedelta(hours=12))),
        ("before:2w", Time(Field.BEFORE, timedelta(days=14))),
        ("before:2026-01-01", Time(Field.BEFORE, datetime(2026, 1, 1))),  # noqa: DTZ001 - the reader's own zone
        ('before:"2026-01-01T10:00:00Z"', Time(Field.BEFORE, datetime(2026, 1, 1, 10, tzinfo=UTC))),
        ("NEAR(", word("NEAR(")),
        ("fopen(path)", word("fopen(path)")),
        ("(fopen(path))", word("fopen(path)")),
        ("https://example.com/a", word("https://example.com/a")),
        ("10:30", word("10:30")),
        ("o'neil", word("o'neil")),
        ("--", NOTHING),
        ('"', NOTHING),
        ('""', NOTHING),
        ("— a", A),
        ("-—", NOTHING),
        ("*", NOTHING),
        ("a\0b", And((A, B))),
        ("\ud800 a", A),
    ],
)
def test_what_is_read(query: str, tree: Node) -> None:
    """Each form of the language has its tree, and prints as something that has the same one."""
    assert parse(query) == tree
    assert parse(printed(tree)) == tree


@pytest.mark.parametrize(
    ("query", "column", "says"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("AND", 1, "before AND"),
        ("a AND", 5, "follow AND"),
        ("a OR", 4, "follow OR"),
        ("a OR OR b", 6, "before OR"),
        ("a NOT", 5, "follow NOT"),
        ("(a", 1, "never closed"),
        ("b (a", 3, "never closed"),
        ("a)", 2, "never opened"),
        ("a ()", 3, "nothing between"),
        ("titel:a", 1, "title:"),
        ("a xyzzy:b", 3, "no field xyzzy"),
        ("title:", 6, "right behind title:"),
        ("title: bank", 6, "right behind title:"),
        ("is:new", 4, "unread, read, saved"),
        ("a voice:loud", 9, "expert"),
        ("kind:odd", 6, "direct"),
        ("since:soon", 7, "not a time"),
        ("since:2026-02-30", 7, "not a time"),
        ("since:(7d)", 7, "One time"),
        ("cve:log4j", 5, "CVE-2026-1234"),
        ("*foo", 1, "star"),
        ("x" * (MAX_LENGTH + 1), MAX_LENGTH + 1, "at most"),
        ("(" * (MAX_DEPTH + 1), MAX_DEPTH + 1, "deep"),
    ],
)
def test_an_error_points_at_its_column(query: str, column: int, says: str) -> None:
    """A wrong query is told in one sentence, and the caret stands below the character it is about."""
    with pytest.raises(QueryError) as raised:
        parse(query)
    error = raised.value
    assert error.column == column
    assert says in error.sentence
    shown, caret = error.pointer.split("\n")
    assert caret.strip() == "^"
    if column <= len(query) <= 60:
        assert shown[caret.index("^")] == query[column - 1]


def test_the_caret_counts_cells() -> None:
    """Behind wide characters the caret still stands below its place."""
    with pytest.raises(QueryError) as raised:
        parse("銀行 is:x")
    assert raised.value.pointer == "  銀行 is:x\n          ^"


PIECES = st.sampled_from(
    [
        *("a", "b*", '"', '"zero day"', "(", ")", "-", "AND", "OR", "NOT", " ", "  ", ":", "*", "\0", "title:", "is:"),
        *("is:read", "since:7d", "since:", "before:9999-12-31", "cve:2026-1", "said-by:", "voice:expert", "NEAR(", "é"),
        *(
            "foo:",
            "\ud800",
            "銀",
            "\u200d",
            "\u0301",
            "{",
            "^",
            "+",
            ";",
            "--",
            "/*",
            "quote:(",
            "section:",
            "0001-01-01",
        ),
    ]
)


def read_or_refused(text: str) -> Node | None:
    """The tree of a text; None if it was refused with a column inside it, in words that can be written out."""
    try:
        return parse(text)
    except QueryError as error:
        return None if 1 <= error.column <= len(text) + 1 and str(error).encode() else Term(Field.ANY, "a bad error")


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    """Whatever is typed: a tree that prints as itself, or an error with a column in reach."""
    tree = read_or_refused(text)
    if tree is None:
        return
    assert parse(printed(tree)) == tree
    assert parse(printed(settled(tree, NOW))) == settled(tree, NOW)


@pytest.mark.parametrize(
    "piece", ["a ", "-a ", "a OR ", "NOT ", '"', "(a) ", "title:a ", "a*", "-", "NEAR(", "is:read "]
)
def test_ten_thousand_characters(piece: str) -> None:
    """A query of the greatest length is read or refused at once, whatever it is made of."""
    query = (piece * MAX_LENGTH)[:MAX_LENGTH]
    tree = read_or_refused(query)
    if tree is not None and len(text := printed(tree)) <= MAX_LENGTH:
        assert parse(text) == tree


def test_times_count_from_now() -> None:
    """An age is before now, a day begins in the reader's zone, and what no calendar has is the nearest it has."""
    assert moment(timedelta(days=7), NOW) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    day = datetime(2026, 1, 1)  # noqa: DTZ001
    assert moment(day, NOW) == day.astimezone(UTC)
    assert moment(timedelta(days=900_000), NOW).year == 1
    tree = settled(parse("a (since:7d OR before:2026-01-01)"), NOW)
    assert settled(tree, NOW + timedelta(days=50)) == tree


def test_what_is_excluded_is_not_wanted() -> None:
    """Only what a query asks for is to be highlighted."""
    assert list(wanted(parse("a -b -(c -d) since:7d"))) == [A, word("d")]


def test_queries_are_put_together() -> None:
    """All of several queries is one query, whatever stands in them."""
    assert parse(both("a OR b", "", "c")) == And((Or((A, B)), C))
    assert both("", " ") == ""
