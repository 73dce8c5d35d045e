"""Reading one file: regular files within the cap, everything else refused within a moment."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from reader.errors import SourceError
from reader.sources.files import look, read


def refusal(path: str | Path, cap: int = 1 << 20) -> str:
    began = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read(path, cap=cap)
    assert time.monotonic() - began < 1
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert "; " in sentence
    return sentence


@pytest.mark.parametrize("size", [0, 1, 1000, 3 << 20])
def test_files_up_to_the_cap_come_whole(tmp_path: Path, size: int) -> None:
    """Every byte, also when the file is exactly as large as allowed."""
    data = os.urandom(size)
    (tmp_path / "article.txt").write_bytes(data)
    assert read(tmp_path / "article.txt", cap=size) == data
    assert read(str(tmp_path / "article.txt")) == data


def test_a_file_over_the_cap_is_refused_by_its_size(tmp_path: Path) -> None:
    """20 GiB of nothing are refused without being read, and so is one byte too many."""
    with (tmp_path / "sparse.html").open("wb") as file:
        file.truncate(20 << 30)
    assert "20 GiB, more than the limit of 1 MiB" in refusal(tmp_path / "sparse.html")
    (tmp_path / "one.txt").write_bytes(b"12345")
    assert "5 bytes, more than the limit of 4 bytes" in refusal(tmp_path / "one.txt", cap=4)


def test_a_file_that_grows_while_it_is_read_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is checked again by what really came."""
    path = tmp_path / "log.txt"
    path.write_bytes(b"x" * 10)
    real_read = os.read

    def growing(descriptor: int, count: int) -> bytes:
        with path.open("ab") as file:
            file.write(b"y" * 1000)
        return real_read(descriptor, count)

    monkeypatch.setattr(os, "read", growing)
    assert "grew past the limit" in refusal(path, cap=100)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """Pipes, sockets, devices and folders, directly and through links."""
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "link.html").symlink_to("pipe.html")
    with socket.socket(socket.AF_UNIX) as unix:
        here = Path.cwd()
        os.chdir(tmp_path)  # socket paths are short
        unix.bind("s.html")
        os.chdir(here)
    assert "named pipe" in refusal(tmp_path / "pipe.html")
    assert "named pipe" in refusal(tmp_path / "link.html")
    assert "socket" in refusal(tmp_path / "s.html")
    assert "folder" in refusal(tmp_path)
    assert "device" in refusal("/dev/zero")
    assert "device" in refusal("/dev/tty")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
@pytest.mark.parametrize("path", ["/proc/self/environ", "/proc/self/mem", "/proc/kmsg", "/sys/kernel/notes"])
def test_files_the_kernel_makes_up_are_refused(tmp_path: Path, path: str) -> None:
    """They call themselves regular files of no size: the environment and the memory are not articles."""
    if not Path(path).exists():
        pytest.skip(f"no {path} here")
    (tmp_path / "a.html").symlink_to(path)
    assert "makes its content up" in refusal(path)
    assert "makes its content up" in refusal(tmp_path / "a.html")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.txt", "no such file"), ("file.txt/below", "not a folder"), ("loop", "go round in circles"),
        ("n" * 300, "longer than the system allows"), ("nul\0.txt", "no path can hold"),
        ("esc\x1b[2Jape.html", "no such file"), ("caf\udce9.html", "no such file"), ("\u202elmth", "no such file"),
    ],
)  # fmt: skip
def test_paths_that_lead_nowhere_are_said_in_clean_words(tmp_path: Path, name: str, words: str) -> None:
    """Each reason has its words, and no name puts a control character into them."""
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    assert words in refusal(str(tmp_path / name) if "\0" not in name else f"{tmp_path}/{name}")


def test_a_forbidden_file_is_said_to_be_forbidden(tmp_path: Path) -> None:
    """Mode 000 is a matter of permissions."""
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    assert "permission denied" in refusal(path)
    assert "permissions" in refusal(path)


def test_names_that_are_not_utf8_are_read(tmp_path: Path) -> None:
    """A Latin-1 name from an old disk opens like any other."""
    path = os.fsdecode(os.fsencode(str(tmp_path)) + b"/caf\xe9.txt")
    try:
        with open(path, "wb") as file:
            file.write(b"x")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    assert read(path) == b"x"


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    """Neither success nor refusal leaks a descriptor."""
    (tmp_path / "a.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    probe = os.open(tmp_path / "a.txt", os.O_RDONLY)
    os.close(probe)
    for _ in range(20):
        read(tmp_path / "a.txt")
        refusal(tmp_path / "a.txt", cap=0)
        refusal(tmp_path / "pipe")
    again = os.open(tmp_path / "a.txt", os.O_RDONLY)
    os.close(again)
    assert again == probe


def test_look_gives_size_and_time_without_reading(tmp_path: Path) -> None:
    """What a refresh compares; the cap does not matter for it."""
    path = tmp_path / "a.txt"
    path.write_text("12345")
    os.utime(path, ns=(1, 2_000_000_003))
    found = look(path)
    assert (found.path, found.size, found.mtime_ns, found.problem) == (str(path), 5, 2_000_000_003, "")
    with pytest.raises(SourceError):
        look(tmp_path)
