"""The query language on the command line: in every verb, with errors that point, and `search` with what it found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


def _ids(run: Run) -> list[int]:
    return [row["id"] for row in run.json["articles"]]


@pytest.mark.parametrize(
    "query",
    ["keys OR résumé", "section:fraud", "source:harbour -is:saved", "is:saved", "since:2026-06-07", "key*",
     '"keys"', "title:keys", "(keys OR old) is:read", "NOT section:fraud", "quote:the", "voice:expert"],
)  # fmt: skip
def test_list_and_search_find_the_same(secnews: Secnews, query: str) -> None:
    """Every verb speaks the same language."""
    listed, found = secnews("list", "--json", query), secnews("search", "--json", query)
    assert _ids(listed) == _ids(found)
    assert sorted(_ids(secnews("search", "--rank", "--json", query))) == sorted(_ids(found))
    assert found.code == (0 if _ids(found) else 3)


def test_words_of_a_query_may_be_several_arguments(secnews: Secnews) -> None:
    """What the shell takes apart is put together again."""
    one, other = (
        secnews("list", "--json", "section:fraud OR keys"),
        secnews("list", "--json", "section:fraud", "OR", "keys"),
    )
    assert _ids(one) == _ids(other) != []
    assert _ids(secnews("list", "--json", "--", "-section:fraud")) == _ids(
        secnews("list", "--json", "NOT section:fraud")
    )


def test_a_search_shows_its_place(secnews: Secnews) -> None:
    """JSON has the line and what to highlight in it, or null; people see the line behind the title."""
    run = secnews("search", "--json", "keys")
    rows = run.json["articles"]
    assert rows
    places = [row["snippet"] for row in rows if row["snippet"]]
    assert places
    for place in places:
        assert {place["text"][span["start"] : span["end"]].lower() for span in place["highlights"]} == {"keys"}
    assert secnews("search", "keys").out.count("\n") >= len(rows)


@pytest.mark.parametrize("verb", [["list"], ["search"], ["quotes"], ["mark", "read"]])
def test_a_wrong_query_points_at_its_column(secnews: Secnews, verb: list[str]) -> None:
    """A sentence, the query, and a caret below the place; exit code 2 and nothing on stdout."""
    run = secnews(*verb, "keys AND (titel:x")
    assert (run.code, run.out) == (2, "")
    first, query, caret = run.err.rstrip("\n").split("\n")
    assert first.startswith("secnews: There is no field titel:")
    assert query.index("titel") == caret.index("^")


@pytest.mark.parametrize(
    "query", ["NEAR(", '"', "'", "a\x01b", "x" * 10_000, "a " * 5_000, '"' * 999, "%", "\\", "*", "—"]
)
@pytest.mark.parametrize("verb", ["list", "search"])
def test_odd_input_is_no_error(secnews: Secnews, verb: str, query: str) -> None:
    """Odd input finds something or nothing."""
    run = secnews(verb, "--json", "--", query)
    assert run.code in (0, 3)


def test_marking_by_query(secnews: Secnews) -> None:
    """What a query finds is marked, and undo takes it back."""
    wanted = _ids(secnews("list", "--json", "section:fraud"))
    assert secnews("mark", "read", "section:fraud").code == 0
    assert _ids(secnews("list", "--json", "section:fraud is:read")) == wanted
    assert secnews("undo").code == 0


def test_repair(secnews: Secnews, home: Path) -> None:
    """A damaged library names the repair, the repair says what it did, and the library is usable."""
    library = home / "data" / "library.db"
    assert secnews("doctor", "--repair").err.startswith("There is nothing to repair.")
    for file in library.parent.iterdir():
        file.unlink()
    library.write_text("oh no")
    run = secnews("list")
    assert run.code == 5
    assert "doctor --repair" in run.err
    run = secnews("doctor", "--repair")
    assert "library.db.damaged-" in run.err
    assert run.code in (0, 1)
    assert secnews("list").code == 3
