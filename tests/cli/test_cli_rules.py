"""`rules`: made, tried, applied, ordered, taken away and undone on the command line; wrong ones are told everywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run
from cli_site import Site

Secnews = Callable[..., Run]


def listed(secnews: Secnews) -> list[int]:
    return [row["id"] for row in secnews("list", "--json").json["articles"]]


def actions(secnews: Secnews) -> list[tuple[int, str]]:
    return [(rule["id"], rule["action"]) for rule in secnews("rules", "--json").json["rules"]]


@pytest.mark.usefixtures("stocked")
def test_from_making_to_undo(secnews: Secnews) -> None:
    """A rule is tried, made, applied and undone step by step; what it hides is in no list and no search."""
    assert secnews("rules", "--json").json == {"schema": 1, "rules": [], "next": None}
    everything = listed(secnews)
    found = secnews("rules", "preview", "--json", "section:fraud").json
    ids = [row["id"] for row in found["articles"] if not row["saved"]]  # what is saved is never hidden
    assert found["total"] == len(found["articles"]) > len(ids) > 0
    made = secnews("rules", "add", "--json", "hide", "section:fraud")
    assert made.json["rules"] == [
        {"id": 1, "action": "hide", "value": None, "query": "section:fraud", "source": None, "enabled": True,
         "error": None}
    ]  # fmt: skip
    assert listed(secnews) == everything
    assert secnews("rules", "apply", "--json", "r1").json["changed"] == len(ids)
    assert listed(secnews) == [number for number in everything if number not in ids]
    assert [row["saved"] for row in secnews("search", "section:fraud", "--json").json["articles"]] == [True]
    assert [row["id"] for row in secnews("rules", "--hidden", "--json").json["articles"]] == ids
    assert "rules applied" in secnews("undo").err
    assert listed(secnews) == everything
    assert secnews("undo").code == 0
    assert secnews("rules").code == 3


@pytest.mark.usefixtures("stocked")
def test_kept_in_order(secnews: Secnews) -> None:
    """Rules are listed in their order, moved, changed, switched off and on, and removed."""
    secnews("rules", "add", "read", "bank")
    secnews("rules", "add", "tag", "to do", "bank", "fraud", "--source", "1")
    secnews("rules", "add", "section", "Money", "bank")
    assert secnews("rules", "move", "r3", "1").code == 0
    assert actions(secnews) == [(3, "section"), (1, "read"), (2, "tag")]
    assert secnews("rules", "change", "2", "--source", "").code == 0
    (tag,) = [rule for rule in secnews("rules", "--json").json["rules"] if rule["id"] == 2]
    assert (tag["value"], tag["query"], tag["source"]) == ("to do", "bank fraud", None)
    assert secnews("rules", "disable", "1", "3").code == 0
    assert [line.split()[1] for line in secnews("rules").out.splitlines()] == ["off", "off", "on"]
    assert secnews("rules", "remove", "1", "2").code == 0
    assert actions(secnews) == [(3, "section")]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(("argv", "code"), [
    (["add"], 2), (["add", "delete", "x"], 2), (["add", "hide"], 2), (["add", "tag", "x"], 2), (["frobnicate"], 2),
    (["add", "hide", "titel:x"], 2), (["remove", "7"], 3), (["remove", "x"], 2), (["move", "1"], 2), (["preview"], 2),
    (["change", "9", "hide", "x"], 3), (["--apply"], 2),
])  # fmt: skip
def test_wrong(secnews: Secnews, argv: list[str], code: int) -> None:
    """What cannot be done is one sentence and changes nothing."""
    ran = secnews("rules", *argv)
    assert ran.code == code
    assert ran.err.startswith("secnews: ")
    assert secnews("rules").code == 3


def test_on_what_comes_in(secnews: Secnews, site: Site, home: Path) -> None:
    """A refresh hides what a rule says; a wrong rule is told after it, in `rules` and in `doctor`."""
    secnews("rules", "add", "hide", "title:a*")
    secnews("rules", "add", "read", "is:unread")
    with sqlite3.connect(home / "data" / "library.db") as c:
        c.execute("UPDATE rule SET query = 'title:(' WHERE id = 2")
    c.close()
    items = "".join(f"<item><guid>{title}</guid><title>{title}</title></item>" for title in ("Advert", "Bank"))
    address = site.put("/feed.xml", f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>")
    secnews("add", address, "--no-fetch")
    ran = secnews("refresh")
    assert "Rule 2 does nothing: " in ran.err
    assert "Rule 2 does nothing: " in secnews("rules").err
    assert "Rule 2 does nothing: " in secnews("doctor").out
    assert [row["title"] for row in secnews("list", "--json").json["articles"]] == ["Bank"]
    assert [row["title"] for row in secnews("rules", "--hidden", "--json").json["articles"]] == ["Advert"]
