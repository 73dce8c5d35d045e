"""What is loaded when: the floors, and that no command loads what it does not need."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from project_sources import ROOT, modules

HEAVY = (
    "textual", "rich", "httpx", "httpcore", "feedparser", "lxml", "trafilatura", "yaml", "markdown_it", "platformdirs",
    "asyncio", "ssl", "socket", "email", "http.client", "urllib.request", "importlib.metadata", "concurrent.futures",
    "multiprocessing", "tomllib", "tempfile", "html.parser", "xml.etree.ElementTree",
)  # fmt: skip
# Each runs in a fork of its own of a process that has loaded nothing, one after the other in the same home.
LISTS = """
import contextlib, io, json, os, sys
heavy, runs = json.loads(sys.stdin.read())
found = []
for argv in runs:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        from reader.__main__ import main
        sys.stdout = sys.stderr = io.StringIO()
        code = main(argv)
        loaded = [name for name in heavy if name in sys.modules]
        os.write(write, json.dumps([argv, code, loaded, "reader.cli.commands" in sys.modules]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        found.append(json.loads(pipe.read()))
    os.waitpid(child, 0)
print(json.dumps(found))
"""
LIGHT = [
    ["--help"],
    ["--version", "list"],
    ["list"],
    ["list", "--json"],
    ["list", "--jsonl", "harbour"],
    ["sources", "--json"],
    ["quotes", "--json"],
    ["quotes", "--format", "csv"],
    ["show", "1", "--json"],
    ["show", "1", "--format", "md"],
    ["save", "1"],
    ["mark", "unread", "harbour"],
    ["undo"],
    ["edit", "1", "--title", "T"],
    ["remove", "1"],
    ["catalogue", "--json"],
    ["completion", "bash"],
    ["search", "x"],
    ["list", "--wrong"],
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article in it, texts and quotes worked out."""
    folder = tmp_path_factory.mktemp("budget")
    (folder / "note.md").write_text("# Harbour\n\n“It was shut,” said Ada Novak, an analyst at Northlight Labs.\n")
    place = folder / "home"
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--home", str(place), "add", str(folder / "note.md")],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return place


def _loaded(home: Path, runs: list[list[str]]) -> list[tuple[list[str], int, list[str], bool]]:
    done = subprocess.run(
        [sys.executable, "-c", LISTS],
        input=json.dumps([HEAVY, runs]).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "SECNEWS_HOME": str(home)},
        check=True,
    )
    return [tuple(run) for run in json.loads(done.stdout)]


def test_light_commands_load_nothing_heavy(home: Path) -> None:
    """No terminal interface, network, feed parser, HTML parser, nor the heavy part of the standard library."""
    for argv, code, loaded, _grammar in _loaded(home, LIGHT):
        assert code in (0, 2, 3), argv
        assert loaded == [], argv
    worked = [code for argv, code, *_rest in _loaded(home, [["list"]])]
    assert worked in ([0], [3])


def test_work_loads_only_its_own(home: Path) -> None:
    """Reading a local file needs no network library and no terminal interface; refreshing needs no interface."""
    runs = [["extract", str(home.parent / "note.md"), "--jsonl"], ["parse", str(home.parent / "note.md")]]
    for argv, _code, loaded, _grammar in _loaded(home, runs):
        assert not {"textual", "rich", "httpx", "httpcore", "feedparser", "trafilatura"} & set(loaded), argv
    for argv, _code, loaded, _grammar in _loaded(home, [["refresh"], ["doctor"]]):
        assert not {"textual", "rich", "feedparser", "trafilatura"} & set(loaded), argv


def test_version_loads_nothing() -> None:
    """`secnews --version` is answered before a single module of ours but the root is loaded."""
    code = "import sys; sys.argv = ['secnews', '--version']\nfrom reader.__main__ import main\nmain()\n"
    code += "print(sorted(name for name in sys.modules if name.startswith('reader')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    version, loaded = done.stdout.decode().splitlines()
    assert version.startswith("secnews ")
    assert loaded == "['reader', 'reader.__main__']"


def test_every_module_imports_without_a_warning_or_a_connection() -> None:
    """`python -W error` imports every module; none opens a socket or a file for writing, or starts a process."""
    code = """
import importlib, json, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.fork", "os.exec", "os.system"):
        raise RuntimeError(f"{event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(watch)
for name in json.loads(sys.stdin.read()):
    importlib.import_module(name)
"""
    names = [name for name in modules() if name != "reader.service.worker"]
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        input=json.dumps(names).encode(), capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stderr.decode()[-2000:] == ""
    assert done.returncode == 0


def test_version_without_a_warning() -> None:
    """`python -W error -m reader --version` and `list`."""
    for argv in (["--version"], ["list", "--version"]):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "reader", *argv], capture_output=True, cwd=ROOT, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_the_floors_hold() -> None:
    """import-linter: a room imports only lower floors, and only the rooms that may do so import what is dangerous."""
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which("lint-imports")
    if program is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run([program, "--no-cache"], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout.decode()
