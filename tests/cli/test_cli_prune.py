"""`prune`: what would go, what went, and that without limits nothing does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


def limit(home: Path, text: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text(f"[retention]\n{text}\n", encoding="utf-8")


def ids(secnews: Secnews) -> list[int]:
    return [row["id"] for row in secnews("list", "--json").json["articles"]]


def test_without_limits_nothing_goes(secnews: Secnews) -> None:
    """Everything is kept unless the configuration says otherwise, and it is said how."""
    run = secnews("prune", "--json")
    assert (run.code, run.json["articles"]) == (0, 0)
    assert "[retention]" in run.err
    assert len(ids(secnews)) == 6


def test_a_dry_run_tells_what_then_goes(secnews: Secnews, home: Path) -> None:
    """The dry run changes nothing; prune takes away exactly that; saved articles stay."""
    limit(home, "per_source = 1")
    told = secnews("prune", "--dry-run", "--json").json
    assert told == {
        "schema": 1,
        "dry_run": True,
        "articles": 3,
        "sources": [
            {"id": 1, "title": "Harbour Desk", "articles": 2},
            {"id": 2, "title": told["sources"][1]["title"], "articles": 1},
        ],
    }
    assert len(ids(secnews)) == 6
    run = secnews("prune")
    assert run.code == 0
    assert "3 articles taken away" in run.err
    assert ids(secnews) == [1, 4, 6]
    assert secnews("prune", "--json").json["articles"] == 0
    assert secnews("doctor", "--json").code in (0, 1)
