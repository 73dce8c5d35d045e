"""Markdown with front matter, as clippers and note programs write it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.extract import extract
from reader.extract.front_matter import split_front_matter
from reader.model import Document


def read(text: str, name: str = "note.md") -> Document:
    return extract(text.encode(), name=name)


YOUTUBE = "https://www.youtube.com/watch"
CLIPPING = """---
title: "Bank: the long outage"
source: "https://news.example.com/outage"
author:
  - "[[Ines Fall]]"
  - "Otto Vale"
published: 2026-03-01
created: "2026-03-05T10:00:00+01:00"
description: "What happened & why"
tags:
  - "clippings"
  - "#banks"
section: Outages
---
# Bank: the long outage

First *paragraph* with a [link](/more) and a [[Wiki Page]] and a [[Page|second name]].

> Quoted words.

- one
- two
    1. deep

```
code  line
```

| a | b |
|---|---|
| 1 | 2 |

![[picture.png]] ![alt](https://img.example.com/p.png)
"""


def test_a_clipping_comes_in_whole() -> None:
    """Every key of the front matter finds its field, and Markdown its blocks; wiki links become words."""
    document = read(CLIPPING)
    assert document.title == "Bank: the long outage"
    assert document.author == "Ines Fall, Otto Vale"
    assert document.url == "https://news.example.com/outage"
    assert document.published == datetime(2026, 3, 1, tzinfo=UTC)
    assert document.summary == "What happened & why"
    assert document.tags == ("clippings", "banks")
    assert document.section == "Outages"
    assert [(b.type.value, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        ("paragraph", 0, "First paragraph with a link and a Wiki Page and a second name."),
        ("quote", 0, "Quoted words."),
        ("list", 1, "one"),
        ("list", 1, "two"),
        ("list", 2, "1. deep"),
        ("code", 0, "code  line"),
        ("table", 0, "a | b\n1 | 2"),
    ]
    assert [(document.text[a.start : a.end], a.url) for a in document.links] == [
        ("link", "https://news.example.com/more")
    ]
    assert [image.url for image in document.images] == ["https://img.example.com/p.png"]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Title\n\nSome *text*.\n", "Title", "Some text."),
        ("Some text.\n\n# Later\n", "note", "Some text.\n\nLater"),
        ("---\ntitle: Breach: what we know\nauthor: A\n---\nText.", "Breach: what we know", "Text."),
        ("---\ntitle: [broken\nurl: x\n---\nText.", "[broken", "Text."),
        ("---\n\tnot: yaml\n  - [\nwords that are no keys\n---\nText.", "note", None),
        ("---\nnever closed\n\nText.", "note", None),
        ("---\n---\nText.", "note", "Text."),
        ("---\ntitle: 2024\ndate: yes\n---\nText.", "2024", "Text."),
        ("---\ntitle: |\n  Two\n  lines\n---\nText.", "Two lines", "Text."),
        ("---\ntitle: 'One'\n...\nText.", "One", "Text."),
        ("Text only, without any mark.", "note", "Text only, without any mark."),
        ("---\r\ntitle: Windows\r\n---\r\nText.\r\n", "Windows", "Text."),
        ("\ufeff---\ntitle: Mark\n---\nText.", "Mark", "Text."),
        ("---\ntitle: &a [x]\nb: *a\n---\nText.", "&a [x]", "Text."),
        ("> [!warning] Careful\n> Text.", "note", "Careful\nText."),
        ("==Bright== words %%hidden%% here ^block-1", "note", "Bright words  here".replace("  ", " ")),
        ("<script>alert(1)</script><b>Text</b> <javascript:x>", "note", "Text"),
    ],
)
def test_titles_and_damaged_front_matter(text: str, title: str, body: str | None) -> None:
    """A title comes from front matter, a first heading or the file name; what cannot be read stays text."""
    document = read(text)
    assert document.title == title
    if body is None:
        assert document.text.endswith("Text.")
        assert len(document.text) > len("Text.")
    else:
        assert document.text == body


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n" + "".join(f"k{i}: [*c,*c,*c]\n" for i in range(50)),
        "[" * 15_000,
        "a: " + "{" * 10_000,
        "title: " + "x" * 60_000,
        "- " * 20_000,
        "? " * 20_000,
        "!!python/object/apply:os.system ['true']",
        "a: !!int 99999\nb: 2024-13-45\nc: 1e999999\nd: " + "9" * 10_000,
        "\x01: \x1b[2J",
    ],
    ids=range(9),
)
def test_front_matter_is_bounded_and_harmless(block: str) -> None:
    """Alias bombs, deep nesting, types and tags do nothing but end up as text or be left out."""
    started = time.monotonic()
    document = read(f"---\n{block}\n---\nText.\n")
    assert time.monotonic() - started < 20  # measured: < 1 s
    assert document.text.endswith("Text.")
    assert "\x1b" not in document.title + document.text


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "*" * 30_000 + "a",
        "> " * 10_000 + "x",
        "`" * 30_000,
        "![" * 5_000,
        "a_" * 20_000,
        "- " * 10_000 + "x",
        "<" * 30_000,
        "&" * 30_000,
        "[a](" * 10_000,
        "|" * 15_000 + "\n" + "|-" * 15_000,
        "\\" * 30_000,
        "x\n" * 15_000,
    ],
    ids=range(13),
)
def test_hostile_markdown_ends_soon(text: str) -> None:
    """No run of marks makes the parser hang or raise."""
    started = time.monotonic()
    read(text)
    assert time.monotonic() - started < 30  # measured: < 2 s


def test_values_are_strings_whatever_yaml_says() -> None:
    """Front matter is not interpreted: numbers, booleans and dates stay as written, nested values are left out."""
    values, rest = split_front_matter("---\na: 1.0\nb: [yes, 2]\nc: {d: e}\nF: ''\n---\nx")
    assert values == {"a": ["1.0"], "b": ["yes", "2"], "c": [], "f": []}
    assert rest == "x"


@pytest.mark.parametrize(
    ("name", "title", "author", "url", "day", "tags"),
    [
        ("goodreads", "Tools for Conviviality", "Ivan Illich", "", 15, ("books", "to-read")),
        ("minimal", "Minimal Page", "", "https://example.com/minimal", None, ()),
        (
            "youtube",
            "How to Build a CLI Tool",
            "Tech Channel",
            "https://www.youtube.com/watch?v=abc123",
            15,
            ("videos",),
        ),
        ("schema-rich", "Best Chocolate Cake", "Jane Baker", "", None, ()),
        ("imdb", "The Matrix", "", "", None, ()),
        ("edge-cases", "Test", "", "", None, ()),
    ],
)
def test_clippings_of_other_programs(
    shared: Path, name: str, title: str, author: str, url: str, day: int | None, tags: tuple[str, ...]
) -> None:
    """Samples as a clipper writes them come in with all that they hold."""
    path = shared / "local_samples" / f"obsidian-{name}.md"
    document = extract(path.read_bytes(), name=path.name)
    assert (document.title, document.author, document.url, document.tags) == (title, author, url, tags)
    assert (document.published.day if document.published else None) == day
