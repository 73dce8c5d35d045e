"""`experts`, and quotes that a reader has corrected or hidden."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_golden import golden
from cli_runner import Run

from reader.config import Config
from reader.model import Speaker, Voice
from reader.paths import locate
from reader.service import corrections
from reader.service.library import Library

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


@pytest.mark.parametrize(
    ("name", "argv", "terminal"),
    [
        ("experts.pipe.txt", ["experts"], False),
        ("experts.terminal.txt", ["experts"], True),
        ("experts.json", ["experts", "--json"], False),
        ("experts.jsonl", ["experts", "--jsonl"], False),
    ],
)
def test_output_is_as_agreed(secnews: Secnews, name: str, argv: list[str], terminal: bool) -> None:
    """Each form is the golden file, byte for byte."""
    run = secnews(*argv, terminal=terminal)
    assert (run.code, run.err) == (0, "")
    golden(name, run.out)


@pytest.mark.parametrize(
    ("argv", "names"),
    [
        ([], ["an official", "Ada Novak"]),
        (["ada"], ["Ada Novak"]),
        (["ANALYST", "north"], ["Ada Novak"]),
        (["--limit", "1"], ["an official"]),
        (["nobody"], []),
    ],
)
def test_words_choose_the_experts(secnews: Secnews, argv: list[str], names: list[str]) -> None:
    """Words of names, roles and organisations narrow the list; nothing found is exit code 3 with an empty list."""
    run = secnews("experts", "--json", *argv)
    assert [expert["name"] for expert in run.json["experts"]] == names
    assert run.code == (0 if names else 3)


def test_merge_and_split(secnews: Secnews) -> None:
    """Brought together, told apart again, and both taken back by undo."""
    ids = [f"e{expert['id']}" for expert in secnews("experts", "--json").json["experts"]]
    run = secnews("experts", "--merge", *ids, "--json")
    assert (run.code, run.json["experts"][0]["quotes"]) == (0, 2)
    assert len(secnews("experts", "--json").json["experts"]) == 1
    assert "not all" in secnews("experts", "--split", ids[0], "a1").err
    assert secnews("undo").code == 0
    assert [f"e{expert['id']}" for expert in secnews("experts", "--json").json["experts"]] == ids


@pytest.mark.parametrize(
    "argv",
    [["--merge", "1"], ["--merge", "x", "2"], ["--split", "1"], ["--split", "1", "word"], ["--split", "e", "a1"],
     ["--merge", "1", "2", "--limit", "3"], ["--merge", "1", "2", "--split", "1"]],
)  # fmt: skip
def test_wrong_use(secnews: Secnews, argv: list[str]) -> None:
    """What makes no sense is exit code 2 and one sentence, and changes nothing."""
    run = secnews("experts", *argv)
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert secnews("undo").code == 3


def test_no_such_expert(secnews: Secnews) -> None:
    """An expert who is not there is exit code 3."""
    for argv in (["--merge", "1", "999999"], ["--split", "e99", "a1"]):
        run = secnews("experts", *argv, "--json")
        assert run.code == 3
        assert run.json["experts"] == []


def test_corrected_and_hidden_quotes(secnews: Secnews, stocked: Path) -> None:
    """Corrections are in every form; hidden quotes are in none unless asked for."""
    rows = secnews("quotes", "--json").json["quotes"]
    with Library.open(locate(stocked), Config()) as library:
        bob = Speaker("Bob Sample", "", "chief", "Contoso", voice=Voice.COMPANY)
        corrections.correct(library, 1, rows[0]["start"], rows[0]["end"], bob)
        corrections.hide(library, 1, rows[1]["start"], rows[1]["end"])
    (quote,) = secnews("quotes", "--json").json["quotes"]
    assert (quote["corrected"], quote["speaker"]["name"], quote["reason"]) == (True, "Bob Sample", rows[0]["reason"])
    (line,) = map(json.loads, secnews("quotes", "--format", "jsonl").out.splitlines())
    assert line == {"schema": 1, **quote}
    (cell,) = csv.DictReader(io.StringIO(secnews("quotes", "--format", "csv").out))
    wanted = {
        "source": "Harbour Desk", "published": "2026-06-09T08:00:00Z", "url": "https://news.example.com/1?a=1&b=2",
        "speaker": "Bob Sample", "role": "chief", "organization": "Contoso", "voice": "company", "kind": "direct",
        "confidence": "0.95", "reason": rows[0]["reason"], "corrected": "true", "cue": "said",
    }  # fmt: skip
    assert {key: cell[key] for key in wanted} == wanted
    text = secnews("quotes", "--format", "md").out
    for part in ("Bob Sample, chief, Contoso", "company, direct", "confidence 0.95", "corrected by the reader",
                 "Harbour Desk, 2026-06-09", "<https://news.example.com/1?a=1&b=2>"):  # fmt: skip
        assert part in text
    (hidden,) = secnews("quotes", "--hidden", "--json").json["quotes"]
    assert (hidden["text"], hidden["corrected"]) == (rows[1]["text"], True)
    assert [shown["text"] for shown in secnews("show", "1", "--json").json["quotes"]] == [quote["text"]]
    assert secnews("quotes", "--speaker", "official").code == 3
    secnews("undo")
    secnews("undo")
    assert secnews("quotes", "--json").json["quotes"] == rows
