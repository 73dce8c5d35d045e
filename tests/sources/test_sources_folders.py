"""Scanning a folder: every article file once, nothing from outside, every omission with its reason."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from reader.errors import SourceError
from reader.sources.files import FileFound, scan
from reader.text.clean import clean_line


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(root: Path, found: Iterable[FileFound]) -> list[str]:
    return [str(Path(one.path).relative_to(root)) for one in found if not one.problem]


def problems(root: Path, found: Iterable[FileFound]) -> dict[str, str]:
    return {str(Path(one.path).relative_to(root)): one.problem for one in found if one.problem}


def test_files_come_in_order_with_section_size_and_time(tmp_path: Path) -> None:
    """A folder's own files first, then its sub-folders, by name; sections are the names of the folders."""
    make(tmp_path, "b.txt", "a.md", "Fraud/z.html", "Fraud/Cards/y.txt", "Botnets/x.htm", "a/b/c/d/e.txt")
    found = list(scan(tmp_path))
    assert names(tmp_path, found) == [
        "a.md", "b.txt", "Botnets/x.htm", "Fraud/z.html", "Fraud/Cards/y.txt", "a/b/c/d/e.txt",
    ]  # fmt: skip
    assert [one.section for one in found] == ["", "", "Botnets", "Fraud", "Fraud / Cards", "a / b / c"]
    assert [one.size for one in found] == [len(name) for name in names(tmp_path, found)]
    assert all(one.mtime_ns == Path(one.path).stat().st_mtime_ns for one in found)


def test_only_suffixes_that_are_read(tmp_path: Path) -> None:
    """In any case; others, hidden files and hidden folders are left out without a word."""
    make(
        tmp_path, "UPPER.HTML", "a.txt", "b.exe", "c", ".hidden.txt", ".git/config.html", "d.mbox", "e.html.gz", "f.XML"
    )
    found = list(scan(tmp_path))
    assert names(tmp_path, found) == ["UPPER.HTML", "a.txt", "d.mbox", "f.XML"]
    assert problems(tmp_path, found) == {}
    assert names(tmp_path, scan(tmp_path, suffixes=frozenset({".exe"}))) == ["b.exe"]


def test_companions_of_saved_pages_are_left_out(tmp_path: Path) -> None:
    """`Page_files` beside `Page.html` holds the page's parts; a folder of that name without a page is a folder."""
    make(tmp_path, "Page.html", "Page_files/frame.html", "Other_files/kept.html", "Seite.htm", "Seite-Dateien/x.html")
    assert names(tmp_path, scan(tmp_path)) == ["Page.html", "Seite.htm", "Other_files/kept.html"]


def test_links_lead_nowhere_outside_and_give_no_file_twice(tmp_path: Path) -> None:
    """Links within the folder give a file once; links out of it, to nothing and in circles are reported."""
    root = tmp_path / "in"
    make(root, "good.html", "sub/deep.txt", ".store/object.txt")
    make(tmp_path, "secret.txt", "secrets/more.txt", "in-too/x.txt")
    for name, target in {
        "again.html": "good.html", "sub-again": "sub", "self": ".", "up": "..", "out.txt": "../secret.txt",
        "out-dir": "../secrets", "twin": "../in-too", "nothing.txt": "nowhere", "loop-a.txt": "loop-b.txt",
        "loop-b.txt": "loop-a.txt", "zero.txt": "/dev/zero", "kept.txt": ".store/object.txt",
    }.items():  # fmt: skip
        (root / name).symlink_to(target)
    os.link(root / "good.html", root / "hard.html")
    found = list(scan(root))
    assert names(root, found) == ["good.html", "sub/deep.txt", "kept.txt"]
    assert set(problems(root, found)) == {
        "up", "out.txt", "out-dir", "twin", "nothing.txt", "loop-a.txt", "loop-b.txt", "zero.txt",
    }  # fmt: skip
    assert "leads out of the folder" in problems(root, found)["twin"]
    assert "no such file" in problems(root, found)["nothing.txt"]
    assert "circles" in problems(root, found)["loop-a.txt"]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """What the user named is followed; paths stay as the user knows them."""
    make(tmp_path / "real", "a.txt")
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path / "link", scan(tmp_path / "link")) == ["a.txt"]


def test_odd_kinds_of_file_are_reported(tmp_path: Path) -> None:
    """A pipe with a page's name is left out with its reason, and never opened."""
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.html")
    os.mkfifo(tmp_path / "pipe")
    found = list(scan(tmp_path))
    assert names(tmp_path, found) == ["a.txt"]
    assert list(problems(tmp_path, found)) == ["pipe.html"]
    assert "not a regular file" in problems(tmp_path, found)["pipe.html"]


def test_a_forbidden_folder_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    """Mode 000 on one folder does not hide the others."""
    make(tmp_path, "locked/a.txt", "open/b.txt")
    (tmp_path / "locked").chmod(0)
    if os.access(tmp_path / "locked", os.R_OK):
        pytest.skip("whoever runs this may read everything")
    try:
        found = list(scan(tmp_path))
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert names(tmp_path, found) == ["open/b.txt"]
    assert "permission denied" in problems(tmp_path, found)["locked"]


def test_hostile_names_are_found_and_shown_clean(tmp_path: Path) -> None:
    """Names keep their bytes in `path`; sections and problems are one clean line."""
    odd = ["-rf.html", "new\nline.html", "esc\x1b[2Jape.html", "[@click=app.quit]x.html", " .html", "%2e%2e#?q&x.html"]
    make(tmp_path, *odd, "fo\x1b[31mlder\n/x.txt")
    raw = os.fsencode(str(tmp_path)) + b"/caf\xe9.html"
    try:
        with open(raw, "wb"):
            odd.append("caf\udce9.html")
    except OSError:
        pass  # macOS wants UTF-8
    (tmp_path / "bad\x1b[2J.txt").symlink_to("nowhere")
    found = list(scan(tmp_path))
    assert set(names(tmp_path, found)) == {*odd, "fo\x1b[31mlder\n/x.txt"}
    for one in found:
        assert clean_line(one.section) == one.section
        assert clean_line(one.problem) == one.problem


DEEP = "d" * 60


def test_deep_trees_end_in_a_problem_not_in_an_error(tmp_path: Path) -> None:
    """A hundred folders in each other, longer than a path may be: no recursion, one reported place."""
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(100):
            os.mkdir(DEEP)
            os.chdir(DEEP)
        Path("bottom.html").write_text("x")
    finally:
        os.chdir(here)
    try:
        make(tmp_path, "top.txt")
        found = list(scan(tmp_path))
        assert names(tmp_path, found) == ["top.txt"]
        assert [one.problem for one in found if one.problem] != []
        assert all("longer than the system allows" in one.problem for one in found if one.problem)
        assert all(len(one.section) <= 120 and len(one.problem) < 500 for one in found)
    finally:
        _remove_deep(tmp_path / DEEP)


def _remove_deep(deep: Path) -> None:
    """pytest cannot remove what is longer than a path: bring each level up first."""
    while (child := deep / DEEP).is_dir():
        up = deep.with_name("up")
        child.rename(up)
        deep.rmdir()
        up.rename(deep)


def test_a_scan_can_be_dropped_at_any_time(tmp_path: Path) -> None:
    """Hundreds of files stream: the first come before the last are looked at, and nothing stays open."""
    for number in range(400):
        (tmp_path / f"{number:04}.txt").touch()
    first = list(itertools.islice(scan(tmp_path), 3))
    assert names(tmp_path, first) == ["0000.txt", "0001.txt", "0002.txt"]
    assert len(list(scan(tmp_path))) == 400


def test_files_that_vanish_meanwhile_do_no_harm(tmp_path: Path) -> None:
    """A folder that is changed while it is scanned gives what is left."""
    make(tmp_path, "a.txt", "sub/b.txt", "z/c.txt")
    walk = scan(tmp_path)
    assert Path(next(walk).path).name == "a.txt"
    (tmp_path / "sub/b.txt").unlink()
    (tmp_path / "sub").rmdir()
    rest = list(walk)
    assert names(tmp_path, rest) == ["z/c.txt"]
    assert "no such file" in problems(tmp_path, rest)["sub"]


@pytest.mark.parametrize("name", ["missing", "file.txt", "nul\0", "loop"])
def test_a_root_that_is_no_folder_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    """The call itself raises, not the first step of the iterator."""
    make(tmp_path, "file.txt")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(SourceError, match=r"was left out: .*; check the path"):
        scan(f"{tmp_path}/{name}")
