"""`watch`, `pause`, `resume`, the settings of `edit`, and lists of feeds, over a real web server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import ROOT, Run
from cli_site import Site, rss

Secnews = Callable[..., Run]


@pytest.mark.parametrize(("option", "first"), [((), "1 new, 0 updated"), (("--jsonl",), '"outcome": "ok"')])
def test_watching_tells_what_comes_and_ends_when_asked(
    secnews: Secnews, site: Site, home: Path, option: tuple[str, ...], first: str
) -> None:
    """One line for a source that is due, at once; SIGTERM ends it with code 0 and an intact library."""
    assert secnews("add", site.put("/feed", rss("Port closed")), "--no-fetch").code == 0
    argv = [sys.executable, "-m", "reader", "watch", *option]
    environment = {**os.environ, "SECNEWS_HOME": str(home)}
    with subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=30)
    assert first in line
    assert (process.returncode, rest) == (0, "")
    assert len(secnews("list", "--json").json["articles"]) == 1


def test_a_paused_source_is_left_alone(secnews: Secnews, site: Site) -> None:
    """Paused, refreshed in vain, resumed, undone; the reason says why."""
    secnews("add", site.put("/feed", rss("Port closed")))
    run = secnews("pause", "s1")
    assert (run.code, run.err) == (
        0,
        "s1 Harbour Desk is fetched no more until you resume it. `secnews undo` takes it back.\n",
    )
    site.asked.clear()
    assert secnews("refresh", "--force", "--json").json["results"][0]["outcome"] == "skipped"
    assert site.asked == []
    assert secnews("sources", "--json").json["sources"][0]["reason"].startswith("Paused.")
    assert secnews("resume", "s1", "--json").json["sources"][0]["id"] == 1
    assert secnews("refresh", "--force", "--json").json["results"][0]["outcome"] == "unchanged"
    assert secnews("undo").code == 0
    assert secnews("pause", "s9").code == 3


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["--interval", "2h"], 0, "Changed s1"),
        (["--interval", "usual"], 0, "Changed s1"),
        (["--interval", "10s"], 2, '"30m"'),
        (["--full-text", "on"], 0, "Changed s1"),
        (["--header", "Authorization: Bearer hunter2"], 0, "Changed s1"),
        (["--header", "Authorization"], 2, "NAME:VALUE"),
        (["--header", "X\ty: z"], 2, "cannot be sent"),
        ([], 2, "nothing to change"),
    ],
)
def test_settings_of_a_source(secnews: Secnews, site: Site, argv: list[str], code: int, said: str) -> None:
    """Each is taken or refused in one sentence; no secret is said."""
    secnews("add", site.put("/feed", rss("Port closed")))
    run = secnews("edit", "s1", *argv)
    assert (run.code, run.out) == (code, "")
    assert said in run.err
    assert "hunter2" not in run.err + secnews("sources", "--json").out


def test_an_interval_is_the_time_of_the_next_fetch(secnews: Secnews, site: Site) -> None:
    """`edit --interval` shows in `sources`."""
    secnews("add", site.put("/feed", rss("Port closed")))
    source = secnews("edit", "s1", "--interval", "6h", "--json").json["sources"][0]
    assert source["reason"] == "Every 6 h."


def test_a_list_of_feeds_is_added(secnews: Secnews, site: Site, tmp_path: Path) -> None:
    """Its feeds come in by folder; what was left out is listed with the reason, in words and as JSON."""
    (tmp_path / "feeds.opml").write_text(
        '<opml><body><outline text="Ports"><outline text="One" xmlUrl="https://ports.example/feed"/></outline>'
        '<outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>'
    )
    run = secnews("--offline", "add", str(tmp_path / "feeds.opml"), "--json")
    assert run.code == 0
    assert [(source["title"], source["section"]) for source in run.json["sources"]] == [("One", "Ports")]
    assert [left["reason"] for left in run.json["refused"]] == ["only http and https addresses are read"]
    assert "Left out Bad" in run.err
    again = secnews("--offline", "add", str(tmp_path / "feeds.opml"))
    assert "1 of them were in the library already." in again.err
