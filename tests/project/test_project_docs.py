"""Documentation that fails when it is out of date."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from project_docs import made
from project_sources import ROOT

from reader.cli import commands, parser
from reader.config import load
from reader.config.options import OPTIONS

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("name", ["README.md", "docs/reference.md"])
def test_made_parts_are_fresh(name: str) -> None:
    """Commands, options, exit codes, settings and first keys stand in the documents as the program has them.

    To bring them up to date: `python tests/project/write_docs.py`.
    """
    pytest.importorskip("reader.tui.commands")
    assert (ROOT / name).read_text(encoding="utf-8") == made()[ROOT / name]


def _shell_lines(path: Path) -> list[str]:
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.split(" | ")[0].split(" > ")[0] for line in lines if line.startswith("secnews")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_the_documents_exist(path: Path) -> None:
    """Every `secnews …` line of a document is understood by the program's own grammar."""
    for line in _shell_lines(path):
        argv = shlex.split(line, comments=True)[1:]
        place = parser.command_word(argv)
        if place is None or re.match(r"https?:|[~./]", argv[place]):
            parser.root().parsed(argv)
            continue
        command = commands.BY_NAME[argv[place]]
        parser.of_command(command).parsed([*argv[:place], *argv[place + 1 :]])


def test_readme_shows_commands() -> None:
    """The README shows every verb family once (a check that the search above finds its lines)."""
    words = {line.split()[1] for line in _shell_lines(ROOT / "README.md")}
    assert {"add", "refresh", "list", "show", "quotes", "save", "extract", "undo"} <= words


def test_readme_has_the_two_commands() -> None:
    """One installs and starts, one installs and tests; .ci/run finds the second by its mark."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    start, test = (
        re.search(rf"<!-- {name} -->\n```sh\n(.*?)\n```", text) for name in ("install and start", "install and test")
    )
    assert start
    assert test
    assert start[1].endswith(".venv/bin/secnews")
    assert test[1].endswith(".venv/bin/pytest")
    assert "'.[dev,pdf]'" in test[1]
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert "dev" in tomllib.load(file)["project"]["optional-dependencies"]


@pytest.mark.parametrize("words", ["overwrites", "pipx", "uv tool", "WSL", "macOS", "Linux", "SECURITY.md", "MIT"])
def test_readme_says(words: str) -> None:
    """What a reader of the README must not miss."""
    assert words in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """Each relative link names a file that is there."""
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), target


def test_settings_in_the_documents_are_right(tmp_path: Path) -> None:
    """Every TOML block of the documents is read without a problem, and every table is described."""
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    blocks = []
    for path in DOCUMENTS:
        blocks += re.findall(r"^```toml\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks
    for number, block in enumerate(blocks):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, encoding="utf-8")
        assert load(file).problems == ()
    for table in OPTIONS:
        assert f"### [{table}]" in reference
