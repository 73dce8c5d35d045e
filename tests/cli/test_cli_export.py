"""`export`: to the pipe, to a file, to a folder; and the whole library into another home."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run

Secnews = Callable[..., Run]


def ids(secnews: Secnews) -> list[str]:
    return [str(row["id"]) for row in secnews("list", "--json").json["articles"]]


@pytest.mark.usefixtures("stocked")
def test_articles_go_to_the_pipe(secnews: Secnews) -> None:
    """Each form of text; several articles are one document."""
    first, second = ids(secnews)[:2]
    assert secnews("export", "article", first).out.startswith('---\ntitle: "')
    assert secnews("export", "article", f"a{first}", "--format", "html").out.startswith("<!doctype html>")
    assert secnews("export", "article", first, "--format", "json").json["id"] == int(first)
    both = secnews("export", "article", first, second, "--format", "json").json
    assert [article["id"] for article in both["articles"]] == [int(first), int(second)]
    assert secnews("export", "article", first, second, "--format", "bibtex").out.count("@misc{") == 2
    assert len(json.loads(secnews("export", "search", "--format", "csl", "the").out or "[]")) >= 0
    quotes = list(csv.DictReader(io.StringIO(secnews("export", "quotes").out)))
    assert len(quotes) == len(secnews("quotes", "--json").json["quotes"])
    assert secnews("export", "quotes", "--format", "json").json == secnews("quotes", "--json").json


@pytest.mark.usefixtures("stocked")
def test_articles_go_to_files_and_folders(secnews: Secnews, tmp_path: Path) -> None:
    """A file once, not twice, with --force again; a folder gets one file an article."""
    secnews("save", *ids(secnews)[:2])
    target = tmp_path / "book.epub"
    assert secnews("export", "saved", "--format", "epub", "-o", str(target)).code == 0
    assert zipfile.ZipFile(target).read("mimetype") == b"application/epub+zip"
    assert secnews("export", "saved", "--format", "epub", "-o", str(target)).code == 2
    assert secnews("export", "saved", "--format", "epub", "-o", str(target), "--force").code == 0
    folder = tmp_path / "notes"
    folder.mkdir()
    run = secnews("export", "saved", "-o", str(folder))
    assert run.code == 0
    assert "files written" in run.err
    saved = len(secnews("saved", "--json").json["articles"])
    assert len(list(folder.iterdir())) == saved
    assert {path.suffix for path in folder.iterdir()} == {".md"}


@pytest.mark.usefixtures("stocked")
def test_a_library_moves_to_another_home(secnews: Secnews, tmp_path: Path) -> None:
    """Export, import there, export there: the same hash and the same list."""
    here, there = tmp_path / "a.zip", tmp_path / "b.zip"
    other = ("--home", str(tmp_path / "other"))
    assert secnews("export", "library", "-o", str(here)).code == 0
    assert secnews("import", str(here), *other).code == 0
    assert secnews("export", "library", "-o", str(there), *other).code == 0
    assert hashlib.sha256(here.read_bytes()).digest() == hashlib.sha256(there.read_bytes()).digest()
    rows, moved = (secnews("list", "--json", *to).json["articles"] for to in ((), other))
    for row in (*rows, *moved):
        row["source"].pop("url")  # one has a login, which stays at home
    assert moved == rows


@pytest.mark.usefixtures("stocked")
def test_feeds_go_out_and_come_in(secnews: Secnews, tmp_path: Path) -> None:
    """OPML to the pipe is what `import` takes, and twice adds nothing."""
    run = secnews("export", "opml")
    assert run.code == 0
    assert "<opml" in run.out
    (tmp_path / "o.opml").write_text(run.out)
    again = secnews("import", str(tmp_path / "o.opml"), "--json", "--allow-private").json
    assert again["sources_added"] == 0


def test_nothing_to_export_is_said(secnews: Secnews) -> None:
    """An empty library: code 3 and still valid JSON; wrong requests: code 2."""
    run = secnews("export", "saved", "--format", "json")
    assert (run.code, run.json["articles"]) == (3, [])
    assert secnews("export", "article").code == 2
    assert secnews("export", "article", "7").code == 3
    assert secnews("export", "everything").code == 2
    assert secnews("export", "opml", "--format", "md").code == 2
