"""The engine against the annotated articles, where they are at hand: floors a little under what it reaches."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reader.quotes import extract_quotes

SHARED = Path(__file__).parents[2].parent / "shared" / "quotes"

pytestmark = pytest.mark.skipif(
    not (SHARED / "dev.jsonl").is_file(),
    reason="the annotated articles are not at hand",
)

SPANS = {
    "overlap all": 0.955,
    "overlap direct": 0.985,
    "overlap mixed": 0.88,
    "overlap indirect": 0.92,
    "exact all": 0.905,
    "end2end all": 0.89,
}
SHARES = {"speaker (persons)": 0.95, "role": 0.95, "organization": 0.87, "voice": 0.87}
AT_MOST = {"invented role": 0.02}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quotes_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    with (SHARED / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def figures(scorer: ModuleType, articles: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    predictions = {a["id"]: [scorer.unpack(q) for q in extract_quotes(a["text"])] for a in articles}
    spans, shares = scorer.score(articles, predictions)
    return spans, shares


@pytest.mark.parametrize(("name", "floor"), SPANS.items())
def test_spans(figures: tuple[dict[str, Any], dict[str, Any]], name: str, floor: float) -> None:
    """F1 of spans (and of spans with the right speaker) does not fall below its floor."""
    assert figures[0][name]["f1"] >= floor


@pytest.mark.parametrize(("name", "floor"), SHARES.items())
def test_shares(figures: tuple[dict[str, Any], dict[str, Any]], name: str, floor: float) -> None:
    """Names, roles, organisations and voices do not fall below their floors."""
    assert figures[1][name]["share"] >= floor


@pytest.mark.parametrize(("name", "ceiling"), AT_MOST.items())
def test_nothing_invented(figures: tuple[dict[str, Any], dict[str, Any]], name: str, ceiling: float) -> None:
    """What the article does not say is not made up."""
    assert figures[1][name]["share"] <= ceiling


def test_confidence_is_calibrated(scorer: ModuleType, articles: list[dict[str, Any]]) -> None:
    """A good share of the quotes has a confidence of .9 or more, and of those 95 % are right with their speaker."""
    sure = right = total = 0
    for article in articles:
        doc = scorer.Doc(article["text"])
        gold = [dict(q, t=doc.tokens(q["start"], q["end"])) for q in article["quotes"]]
        found = [dict(scorer.unpack(q), t=doc.tokens(q.start, q.end)) for q in extract_quotes(article["text"])]
        pairs = {j: i for i, j in scorer.match(gold, found, 0.5)}
        for j, quote in enumerate(found):
            total += 1
            if quote["confidence"] >= 0.9:
                sure += 1
                right += j in pairs and scorer.right_speaker(gold[pairs[j]], quote)
    assert sure >= 0.5 * total
    assert right >= 0.95 * sure
