"""`add`, `sources`, `refresh`, `catalogue` over a real web server and real files."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_golden import golden
from cli_runner import Run
from cli_site import Site, plain, rss

Secnews = Callable[..., Run]


@pytest.mark.parametrize(
    ("name", "argv", "terminal"),
    [
        ("sources.pipe.txt", ["sources"], False),
        ("sources.terminal.txt", ["sources"], True),
        ("sources.json", ["sources", "--json"], False),
    ],
)
@pytest.mark.usefixtures("stocked")
def test_sources_are_as_agreed(secnews: Secnews, name: str, argv: list[str], terminal: bool) -> None:
    """Health of every source, byte for byte; the password and the token of an address are masked."""
    run = secnews(*argv, terminal=terminal)
    assert (run.code, run.err) == (0, "")
    assert "hunter2" not in run.out
    golden(name, re.sub(r"Silent for [0-9,]+ days", "Silent for N days", run.out))  # it grows from day to day


def test_no_sources_yet(secnews: Secnews) -> None:
    """Nothing found is 3, with valid JSON and a word on how to begin."""
    run = secnews("sources", "--json")
    assert (run.code, run.json) == (3, {"schema": 1, "sources": [], "next": None})
    assert "`secnews add URL`" in run.err


def test_a_feed_is_added_listed_refreshed(secnews: Secnews, site: Site) -> None:
    """From address to articles; a second refresh finds nothing new, a changed feed gives the new article."""
    url = site.put("/feed", rss("Port closed", "Port opened"))
    run = secnews("add", url, "--section", "Ports")
    assert (run.code, run.out) == (0, "")
    assert run.err == "Added s1 Harbour Desk (feed in Ports): 2 articles.\n"
    assert [row["title"] for row in secnews("list", "--json").json["articles"]] == ["Port opened", "Port closed"]
    run = secnews("refresh", "--force", "--json")
    assert run.code == 0
    assert run.json["new"] == 0
    assert run.json["results"][0]["outcome"] in ("ok", "unchanged")
    site.put("/feed", rss("Port closed", "Port opened", "Port moved"))
    run = secnews("refresh", "--force", "--json")
    assert (run.code, run.json["new"], run.json["failed"]) == (0, 1, 0)
    assert run.json["results"][0]["source_id"] == 1
    assert run.json["results"][0]["url"] == url
    assert run.err == "1 of 1 sources refreshed, 1 new, 0 updated, 0 failed.\n"


def test_nothing_due_is_done(secnews: Secnews, site: Site) -> None:
    """A source that is not due is skipped without a request, exit code 0."""
    secnews("add", site.put("/feed", rss("Port closed")))
    asked = len(site.asked)
    run = secnews("refresh", "--json")
    assert run.code == 0
    assert [result["outcome"] for result in run.json["results"]] == ["skipped"]
    assert len(site.asked) == asked


def test_nothing_at_all_to_refresh(secnews: Secnews) -> None:
    """No source: done, with a word on what to do."""
    run = secnews("refresh", "--json")
    assert (run.code, run.json) == (0, {"schema": 1, "results": [], "new": 0, "updated": 0, "failed": 0})
    assert "nothing to refresh" in run.err


def test_a_section_without_sources_is_said(secnews: Secnews, site: Site) -> None:
    """A mistyped section is not taken for an empty library."""
    secnews("add", site.put("/feed", rss("Port closed")), "--section", "Ports")
    for verb in ("sources", "refresh"):
        run = secnews(verb, "--section", "Prots")
        assert "No source is in the section Prots" in run.err
        assert "secnews add" not in run.err


@pytest.mark.parametrize(("body", "kind"), [('{"a": 1}', "application/json"), ("<note>x</note>", "text/xml")])
def test_data_is_no_source(secnews: Secnews, site: Site, body: str, kind: str) -> None:
    """XML of another kind, JSON and tables are refused in one sentence and add nothing."""
    run = secnews("add", site.put("/data", body, kind=kind))
    assert (run.code, run.out, run.err.count("\n")) == (4, "", 1)
    assert "not a feed" in run.err
    assert secnews("sources").code == 3


def test_what_was_repaired_is_told_at_once(secnews: Secnews, site: Site) -> None:
    """A damaged feed is added with what could be read of it, and the person hears of it."""
    run = secnews("add", site.put("/feed", rss("Port closed").partition("</channel>")[0]))
    assert run.code == 0
    assert run.err.splitlines()[0].startswith("Added s1 ")
    assert "damaged XML" in run.err.splitlines()[1]


def test_some_fail_all_fail(secnews: Secnews, site: Site) -> None:
    """Some sources fail: 1. All fail: 4. Articles that were there stay."""
    one, two = site.put("/one", rss("Port closed", name="One")), site.put("/two", rss("Ferry late", name="Two"))
    assert secnews("add", one, two).code == 0
    site.put("/two", b"gone fishing", status=500, kind="text/plain")
    run = secnews("refresh", "--force", "--json")
    assert run.code == 1
    assert sorted(result["outcome"] == "error" for result in run.json["results"]) == [False, True]
    failed = next(result for result in run.json["results"] if result["outcome"] == "error")
    assert failed["status"] == 500
    assert failed["message"] in run.err
    site.put("/one", b"<html>no feed", kind="text/html")
    run = secnews("refresh", "--force")
    assert run.code == 4
    assert len(secnews("list", "--json").json["articles"]) == 2
    assert secnews("refresh", "--force", "s1").code == 4


def test_chosen_sources_only(secnews: Secnews, site: Site) -> None:
    """Sources by number, by address, by section."""
    one, two = site.put("/one", rss("A", name="One")), site.put("/two", rss("B", name="Two"))
    secnews("add", one, "--section", "X")
    secnews("add", two, "--section", "Y")
    for argv, ids in ((["s2"], [2]), (["1", "s1"], [1]), ([two], [2]), (["--section", "X"], [1])):
        run = secnews("refresh", "--force", "--json", *argv)
        assert [result["source_id"] for result in run.json["results"]] == ids
    assert secnews("refresh", "s9").code == 3
    assert secnews("refresh", "--jsonl").jsonl[0]["schema"] == 1


def test_offline_asks_nobody(secnews: Secnews, site: Site) -> None:
    """--offline refreshes local sources only; a feed is added without being asked."""
    url = site.put("/feed", rss("Port closed"))
    run = secnews("--offline", "add", url)
    assert run.code == 0
    assert run.err == f"Added s1 {url} (feed): 0 articles.\n"
    assert secnews("--offline", "refresh", "--force").code == 0
    assert site.asked == []
    assert secnews("refresh").code == 0
    assert len(secnews("list", "--json").json["articles"]) == 1


def test_quiet_and_progress(secnews: Secnews, site: Site) -> None:
    """--quiet says nothing when all is well; a progress line is drawn on a terminal only, and is taken away again."""
    url = site.put("/feed", rss("Port closed"))
    assert secnews("add", url, talk_terminal=True).err.count("\r") >= 2
    run = secnews("refresh", "--force", "--quiet")
    assert (run.out, run.err) == ("", "")
    assert "\r" not in secnews("refresh", "--force").err
    run = secnews("refresh", "--force", "--no-color", talk_terminal=True)
    assert "\rRefreshing 1 sources" in run.err
    assert run.err.split("\x1b[K")[-1] == "1 of 1 sources refreshed, 0 new, 0 updated, 0 failed.\n"


def test_a_folder_and_a_file(secnews: Secnews, tmp_path: Path) -> None:
    """Local files are sources: sub-folders are sections, a new file comes in at refresh."""
    folder = tmp_path / "clips"
    (folder / "Fraud").mkdir(parents=True)
    (folder / "Fraud" / "one.md").write_text("# Refund ring\n\nPolice broke up a ring in Oslo on Monday morning.\n")
    (tmp_path / "alone.txt").write_text("Ports\n\nHarbour closed\n\nThe harbour was closed for a day.\n")
    run = secnews("add", str(folder), str(tmp_path / "alone.txt"), "--json")
    assert run.code == 0
    assert [(source["kind"], source["url"]) for source in run.json["sources"]] == [
        ("folder", str(folder)),
        ("file", str(tmp_path / "alone.txt")),
    ]
    assert run.json["failed"] == []
    (folder / "two.md").write_text("# Second clipping\n\nAnother text of some length, about a bank.\n")
    assert secnews("refresh").code == 0
    rows = secnews("list", "--json").json["articles"]
    assert {row["title"] for row in rows} == {"Refund ring", "Harbour closed", "Second clipping"}
    assert {row["section"] for row in rows if row["title"] == "Refund ring"} == {"Fraud"}


def test_a_page_that_names_feeds(secnews: Secnews, site: Site) -> None:
    """In a script: an error that names the feed, nothing added. At a terminal: a question."""
    feed = site.put("/feed", rss("Port closed"))
    page = '<html><head><title>Site</title><link rel="alternate" type="application/rss+xml" href="/feed" title="All">'
    site.put("/", page + "</head><body><p>Hello</p></body></html>", kind="text/html")
    run = secnews("add", site.url("/"), "--json")
    assert run.code == 4
    assert feed in run.err
    assert run.json["sources"] == []
    assert run.json["failed"][0]["feeds"] == [{"url": feed, "title": "All"}]
    assert secnews("sources").code == 3
    run = secnews("add", site.url("/"), talk_terminal=True, stdin=b"\n")
    assert run.code == 4
    assert secnews("sources").code == 3
    run = secnews("add", site.url("/"), talk_terminal=True, stdin=b"1\n")
    assert run.code == 0
    assert "1. " + feed + " (All)" in run.err
    assert [source["url"] for source in secnews("sources", "--json").json["sources"]] == [feed]


def test_adding_twice_is_told(secnews: Secnews, site: Site) -> None:
    """The same source again is a usage error that names it; in a list the others are still added."""
    url = site.put("/feed", rss("Port closed"))
    secnews("add", url)
    run = secnews("add", url)
    assert run.code == 2
    assert "already in the library: s1" in run.err
    run = secnews("add", url, site.put("/two", rss("Port opened")))
    assert run.code == 1
    assert len(secnews("sources", "--json").json["sources"]) == 2


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://example.com/feed", "gopher://x", "data:text/xml,<rss/>", ""]
)
def test_addresses_that_are_not_read(secnews: Secnews, address: str) -> None:
    """Other schemes are refused by name, exit code 2, and nothing is added."""
    run = secnews("add", "--", address)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert secnews("sources").code == 3


def test_catalogue_lists_and_filters(secnews: Secnews) -> None:
    """The built-in list, one section of it in any case, and the names of the sections for a wrong one."""
    feeds = secnews("catalogue", "--json").json["feeds"]
    assert len(feeds) > 50
    assert all(feed["url"].startswith("https://") or feed["url"].startswith("http://") for feed in feeds)
    section = feeds[0]["section"]
    run = secnews("catalogue", section.upper(), "--json")
    assert {feed["section"] for feed in run.json["feeds"]} == {section}
    assert len(secnews("catalogue", "--jsonl").jsonl) == len(feeds)
    run = secnews("catalogue", "Gardening")
    assert run.code == 3
    assert section in run.err


def test_a_section_of_the_catalogue_is_added(secnews: Secnews) -> None:
    """Only what was asked for is added, once; without --no-fetch offline it asks nobody either."""
    feeds = secnews("catalogue", "--json").json["feeds"]
    section = feeds[0]["section"]
    wanted = {feed["url"] for feed in feeds if feed["section"] == section}
    run = secnews("add", "--catalogue", section, "--no-fetch", "--json")
    assert run.code == 0
    assert {source["url"] for source in run.json["sources"]} == wanted
    assert {source["section"] for source in run.json["sources"]} == {section}
    run = secnews("--offline", "add", "--catalogue", section)
    assert run.code == 0
    assert f"{len(wanted)} of them were in the library already." in run.err


def test_interrupting_a_refresh_keeps_what_was_done(secnews: Secnews, site: Site) -> None:
    """Ctrl-C (here: the signal itself) ends a refresh with 130 and a sentence; articles that came in stay."""
    import os
    import signal

    secnews("add", site.put("/good", rss("Port closed", name="Good")))
    secnews("add", "--no-fetch", site.endless("/endless"))
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        run = secnews("refresh", "--force")
    finally:
        timer.cancel()  # a refresh that ended by itself must not end the tests
        timer.join()
    assert run.code == 130
    assert "Interrupted" in run.err
    assert len(secnews("list", "--json").json["articles"]) == 1
    assert secnews("doctor").code == 0


def test_plain_answers_are_what_they_seem(site: Site) -> None:
    """The server of these tests answers 404 for what it does not have."""
    import urllib.error
    import urllib.request

    site.pages["/x"] = plain(b"ok", kind="text/plain")
    with urllib.request.urlopen(site.url("/x")) as answer:
        assert answer.read() == b"ok"
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(site.url("/y"))
    error.value.close()
    assert error.value.code == 404
