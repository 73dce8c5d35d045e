"""`tag`: by number and by query, listed, taken away, undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cli_runner import Run

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


def tagged(secnews: Secnews, name: str) -> list[int]:
    return [row["id"] for row in secnews("list", "--json", f'tag:"{name}"').json["articles"]]


def test_tags(secnews: Secnews) -> None:
    """What is tagged is found by its tag and listed; --remove and undo take it back."""
    assert secnews("tag").code == 3
    assert secnews("tag", "to do", "1", "a2").code == 0
    assert secnews("tag", "to do", "section:fraud").code == 0
    assert tagged(secnews, "to do") == [1, 2, 4, 5]
    assert secnews("tag", "--json").json["tags"] == [{"name": "to do", "articles": 4}]
    assert secnews("tag", "--remove", "to do", "1").code == 0
    assert tagged(secnews, "to do") == [2, 4, 5]
    secnews("undo")
    assert tagged(secnews, "to do") == [1, 2, 4, 5]


@pytest.mark.parametrize("argv", [["x"], ["—", "1"], ["x", "titel:y"]])
def test_wrong(secnews: Secnews, argv: list[str]) -> None:
    """No article, no tag, a wrong query: a sentence, exit code 2."""
    assert secnews("tag", *argv).code == 2
