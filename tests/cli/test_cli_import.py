"""`import`: what came in, what not and why, in words and as JSON, with the exit codes of the contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cli_runner import Run

Secnews = Callable[..., Run]
POCKET = "title,url,time_added,tags,status\nBank warns,https://n.example.com/1,1600000000,a|b,unread\n"
OPML = """<opml version="2.0"><body><outline text="Fraud"><outline type="rss" text="A" xmlUrl="https://a.example.com/f"/>
<outline type="rss" text="P" xmlUrl="http://10.0.0.1/f"/><outline type="rss" text="E" xmlUrl="|touch /tmp/x"/>
</outline></body></opml>"""


def put(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_import_says_what_came_in(secnews: Secnews, tmp_path: Path) -> None:
    """Once and twice: the sentence, the code, the article in the list, and undo."""
    path = put(tmp_path, "part_000.csv", POCKET)
    run = secnews("import", path)
    assert (run.code, run.out) == (0, "")
    assert "Pocket: 1 article imported." in run.err
    again = secnews("import", path, "--json")
    assert again.code == 0
    assert again.json == {
        "schema": 1, "format": "pocket", "added": 0, "already": 1, "sources_added": 0, "refused": [],
    }  # fmt: skip
    (row,) = secnews("saved", "--json").json["articles"]
    assert (row["title"], row["url"], row["tags"], row["saved"]) == (
        "Bank warns", "https://n.example.com/1", ["a", "b"], True,
    )  # fmt: skip
    assert "import of 1 article from Pocket" in secnews("undo").err
    assert secnews("saved", "--json").code == 3


def test_what_is_refused_is_listed(secnews: Secnews, tmp_path: Path) -> None:
    """A list with a command and a private address: done in part; with --allow-private one fewer."""
    path = put(tmp_path, "feeds.opml", OPML)
    run = secnews("import", path, "--json")
    assert run.code == 1
    assert (run.json["sources_added"], len(run.json["refused"])) == (1, 2)
    assert "--allow-private" in run.err
    assert "never run" in run.err
    allowed = secnews("import", path, "--allow-private", "--jsonl")
    assert allowed.code == 1
    assert [line.get("sources_added") for line in allowed.jsonl] == [1, None]
    assert len(secnews("sources", "--json").json["sources"]) == 2


def test_codes_tell_what_happened(secnews: Secnews, tmp_path: Path) -> None:
    """No file, no export, nothing in it, everything refused, no argument."""
    assert secnews("import", str(tmp_path / "none")).code == 4
    assert secnews("import", put(tmp_path, "x.json", '{"a": 1}')).code == 2
    assert secnews("import", put(tmp_path, "e.opml", "<opml><body/></opml>")).code == 3
    assert secnews("import", put(tmp_path, "p.csv", POCKET.split("\n")[0] + "\nx,ftp://a,1,,unread\n")).code == 4
    assert secnews("import").code == 2
