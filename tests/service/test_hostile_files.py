"""Every hostile file, in a folder and on its own."""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.errors import SecnewsError
from reader.model import View
from reader.service.adding import add
from reader.service.importing import import_file
from reader.service.library import Library
from reader.service.refresh import refresh

SECRET = "OUTSIDE-SECRET"


@pytest.fixture
def evil(shared: Path, tmp_path: Path) -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("hostile_files", shared / "hostile" / "hostile_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "evil"
    module.create(root)
    module.root = root
    yield module
    module.remove(root)


@pytest.mark.slow
def test_a_hostile_folder(library: Library, evil: Any) -> None:
    """What can be read is read, once; what cannot is named; the secret outside is never shown; the rest is quiet."""
    inside = evil.root / "in"
    began = time.monotonic()
    add(library, str(inside if inside.is_dir() else evil.root))
    assert time.monotonic() - began < 240
    rows = library.window(View(), limit=100_000)
    assert len(rows) > 5000
    assert all(row.title and row.title.isprintable() for row in rows)
    for row in rows:
        if row.section != "many":
            text = library.article(row.id).document.text
            assert SECRET not in text
            assert not any(ord(c) < 32 and c != "\n" for c in text)
    result = refresh(library).results[0]
    assert (result.new, result.updated) == (0, 0)
    assert result.message.isprintable()
    newest = library.window(View(), limit=1)[0]
    assert newest.sort_date <= library.now()


@pytest.mark.slow
def test_hostile_files_one_by_one(library: Library, evil: Any) -> None:
    """Each file added on its own is an article or one clean sentence, soon."""
    inside = evil.root / "in"
    base = inside if inside.is_dir() else evil.root
    wrong = []
    for case in evil.FILES:
        path = base / case["name"]
        if case["name"] in ("many", "deep-dirs", "outside-dir", "loop-dir") or (
            not path.is_symlink() and not path.exists()
        ):
            continue
        began = time.monotonic()
        try:
            source = add(library, str(path), derive=False)
        except SecnewsError as error:
            if case["outcome"] == "read" or not str(error).isprintable():
                wrong.append(f"{case['name']!r}: {error!r}")
        else:
            if case["outcome"] == "skip" and source.total and case["name"] not in FOLLOWED:
                wrong.append(f"{case['name']!r} was read")
        assert time.monotonic() - began < 15, case["name"]
    assert wrong == []


@pytest.mark.slow
def test_hostile_files_imported(library: Library, evil: Any) -> None:
    """Each file imported on its own is an article or one clean sentence, soon, and nothing is run (SAFETY 58-65)."""
    inside = evil.root / "in"
    base = inside if inside.is_dir() else evil.root
    wrong = []
    for case in evil.FILES:
        path = base / case["name"]
        if case["name"] in ("many", "deep-dirs", "outside-dir", "loop-dir") or not os.path.lexists(path):
            continue
        began = time.monotonic()
        try:
            report = import_file(library, str(path), derive=False)
        except SecnewsError as error:
            if case["outcome"] == "read" or not str(error).isprintable():
                wrong.append(f"{case['name']!r}: {error!r}")
        else:
            if case["outcome"] == "skip" and report.added and case["name"] not in FOLLOWED:
                wrong.append(f"{case['name']!r} was read")
            if not all(f"{text} {reason}".isprintable() for text, reason in report.refused):
                wrong.append(f"{case['name']!r} is told as it is")
        assert time.monotonic() - began < 30, case["name"]
    assert wrong == []
    assert not Path("/tmp/pwned").exists()
    assert all(row.title.isprintable() for row in library.window(View(), limit=1_000))


# A link that somebody names by hand is followed, and so is a file whatever its suffix; `skip` is about a folder that
# holds one. The entity bomb gives the entry around it, unexpanded.
FOLLOWED = {"outside.html", "locked-dir", "unreadable.html", "\u202elmth.exe", "laughs.xml"}
