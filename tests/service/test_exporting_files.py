"""Written files appear whole or not at all, and never in place of something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import StorageError, UsageError
from reader.service.exporting.writing import write_file

FULL = """
import resource, signal, sys
from pathlib import Path
from reader.errors import StorageError
from reader.service.exporting.writing import write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_file(Path(sys.argv[1]), lambda file: [file.write(b"x" * 10_000) for _ in range(100)] and None, overwrite=True)
except StorageError as error:
    print(error)
"""


def test_a_new_file_is_private_and_whole(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask, and nothing else in the folder."""
    old = os.umask(0)
    try:
        write_file(tmp_path / "a", b"content")
    finally:
        os.umask(old)
    assert (tmp_path / "a").read_bytes() == b"content"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    """A name that is taken is refused; with `overwrite` the file is replaced whole."""
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(UsageError, match="is there already"):
        write_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    write_file(tmp_path / "a", b"new", overwrite=True)
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.parametrize("overwrite", [False, True])
def test_links_and_folders_are_never_written_through(tmp_path: Path, *, overwrite: bool) -> None:
    """A link (also to nowhere), a folder or a pipe at the name is refused, and what it leads to stays."""
    (tmp_path / "secret").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "nowhere", "folder", "pipe"):
        with pytest.raises(UsageError):
            write_file(tmp_path / name, b"new", overwrite=overwrite)
    assert (tmp_path / "secret").read_bytes() == b"old"
    assert not (tmp_path / "none").exists()


def test_somebody_faster_wins(tmp_path: Path) -> None:
    """A file that appears while ours is written stays."""
    with pytest.raises(UsageError):
        write_file(tmp_path / "a", lambda file: (tmp_path / "a").write_bytes(b"theirs") and file.write(b"x") and None)
    assert (tmp_path / "a").read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """An exception half way, a folder that is missing: no file, no rest."""

    def fail(file: object) -> None:
        raise RuntimeError(file)

    with pytest.raises(RuntimeError):
        write_file(tmp_path / "a", fail)
    with pytest.raises(StorageError):
        write_file(tmp_path / "none" / "a", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, *, there: bool) -> None:
    """When the system refuses to write on (RLIMIT_FSIZE): one sentence, the old file or none, no half one."""
    target = tmp_path / "a.zip"
    if there:
        target.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(target)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "could not be written: file too large; nothing of it was left behind." in done.stdout
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([b"old"] if there else [])
