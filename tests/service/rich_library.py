"""A library in which there is one of everything that a person can have in it."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from blank_library import put_blank_library
from feed_server import Clock, FeedServer
from saved_pages import PARAGRAPHS, page, serve

from reader import paths
from reader.config import Config, Network
from reader.model import Speaker, SpeakerType, View, Voice
from reader.service import actions, corrections, experts, full_text, notes, rules, saved_searches, tagging
from reader.service.adding import add
from reader.service.exporting import archive
from reader.service.importing import import_file
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.service.rules import Action
from reader.service.whole_pages import fetch_pages
from reader.store import retention

FEED = "<rss version='2.0'><channel><title>{title}</title><link>https://{host}/</link>{items}</channel></rss>"
ITEM = (
    "<item><guid>{n}</guid><title>{title} {n}</title><link>https://{host}/{n}</link><category>Crime</category>"
    "<pubDate>Mon, 0{n} Jun 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;“Stop it,” said {who}, an analyst at"
    " Example Labs, on day {n}.&lt;/p&gt;</description></item>"
)
BOB = Speaker("Bob Sample", "", "chief", "Contoso", SpeakerType.PERSON, Voice.OFFICIAL)


_MADE: list[tuple[bytes, bytes]] = []


def made(server: FeedServer, folder: Path) -> tuple[bytes, bytes]:
    """The file of a library with everything, and its archive; filled once, which takes a second."""
    if not _MADE:
        place, clock = paths.locate(folder / "made"), Clock()
        put_blank_library(place.library)
        with Library.open(place, Config(network=Network(timeout=5.0)), clock=clock) as library:
            fill(library, server, clock, folder)
            packed = archived(library)
            with closing(sqlite3.connect(place.library)) as connection:
                connection.execute("VACUUM INTO ?", (str(folder / "made.db"),))
            _MADE.append(((folder / "made.db").read_bytes(), packed))
    return _MADE[0]


def archived(library: Library, *, secrets: bool = False) -> bytes:
    """The bytes of `export library`."""
    buffer = io.BytesIO()
    archive.write_archive(library, buffer, secrets=secrets)
    return buffer.getvalue()


def fill(library: Library, server: FeedServer, clock: Clock, folder: Path) -> None:
    """Fill an empty library whose clock is `clock`; `folder` holds what is read from the disk."""
    _pages(library, server, clock)
    _plain(library, server)
    _files(library, clock, folder)
    _said(library)


def _pages(library: Library, server: FeedServer, clock: Clock) -> None:
    """Saved: with two revisions, with a page that is a wall, queued, never to be had; not saved, but whole."""
    source = add(library, serve(server, 6), section="Harbour")
    ids = {library.rows([number])[0].title: number for number in library.ids(View(source_id=source.id))}
    two, queued, gone, whole, chosen, wall = (ids[f"Case {n}"] for n in range(6))
    server.put("/case1", "", status=500)
    server.put("/case2", "", status=404)
    server.put("/case5", "<main><p>Please enable JavaScript to view this page.</p></main>", content_type="text/html")
    clock.now += timedelta(minutes=1)
    actions.save(library, [two, queued, gone, wall])
    fetch_pages(library, [two, queued, gone, whole, chosen, wall])
    full_text.toggle(library, chosen)
    clock.now += timedelta(days=1)
    more = (*PARAGRAPHS, "“We counted again,” said Ada Novak. Correction: it was forty-two shops.")
    server.put("/case0", page(paragraphs=more), content_type="text/html")
    fetch_pages(library, [two])
    notes.add(library, two, "Ask the processor")
    notes.add(library, two, "who exactly?", words="forty-two shops")
    notes.remove(library, notes.add(library, whole, "never mind").id)
    actions.edit_source(
        library, source.id, title="My harbour", interval=7_200, full_text=True, headers={"X-Key": "hunter2"}
    )


def _plain(library: Library, server: FeedServer) -> None:
    """Rules that hide, tag, read and are wrong; a source that is gone but for a saved article; bookmarks of others."""

    def feed(name: str, who: str) -> str:
        host = f"{name}.example"
        items = "".join(ITEM.format(n=n, host=host, title=name.title(), who=who) for n in range(1, 6))
        return server.put(f"/{name}.xml", FEED.format(title=name.title(), host=host, items=items))

    gone = add(library, feed("gone", "Zoe Quist"))
    actions.save(library, list(library.ids(View(source_id=gone.id)))[:1])
    of_gone = rules.add(library, Action.TAG, "never", value="x", source_id=gone.id)
    alarm = add(library, feed("alarm", "Ada Novak"), section="News")
    add(library, feed("other", "Ann Novak"))
    mine = list(library.ids(View(source_id=alarm.id)))
    with library.database.write() as c:
        retention.remove(c, mine[-1:])  # pruned: its feed must not bring it back
    actions.mark_read(library, mine[:2], True)
    rules.add(library, Action.TAG, "title:alarm", value="a tag", source_id=alarm.id)
    hide = rules.add(library, Action.HIDE, 'title:"Alarm 4"')
    rules.add(library, Action.SECTION, 'title:"Alarm 2"', value="Elsewhere")
    rules.add(library, Action.READ, 'title:"Other 1"')
    rules.apply(library)
    rules.set_enabled(library, rules.add(library, Action.HIDE, "title:other").id, False)
    rules.move(library, hide.id, -1)
    rules.add(library, Action.SAVE, "title:nothing")
    actions.remove_source(library, gone.id)
    assert of_gone.id
    tagging.tag(library, mine[2:4], "mine")
    tagging.tag(library, mine[2:3], "Crime")  # which its source states too
    for key in ("one", "two"):  # without their keys these addresses are the same
        add(library, f"https://joe:{key}@f.example/x?token={key}", fetch=False, title=key)
    actions.pause(library, [library.sources()[-1].id])
    saved_searches.add(library, "Second", "alarm")
    saved_searches.move(library, saved_searches.add(library, "First", "tag:mine").id, -1)


def _files(library: Library, clock: Clock, folder: Path) -> None:
    """A folder with a file that is gone: its article was read and tagged, and would come back with it."""
    (folder / "notes" / "Deep").mkdir(parents=True)
    for name in ("here.md", "away.md", "Deep/kept.md"):
        title = name.partition(".")[0]
        (folder / "notes" / name).write_text(
            f"---\ntitle: {title}\ntags: [x]\n---\n# Head\n\n- one\n- [t](https://b.example/)\n"
        )
    source = add(library, str(folder / "notes"))
    ids = {row.title: row.id for row in library.window(View(source_id=source.id))}
    actions.mark_read(library, [ids["away"]], True)
    tagging.tag(library, [ids["away"]], "mine")
    actions.save(library, [ids["Deep/kept"]])
    for name in ("away.md", "Deep/kept.md"):
        (folder / "notes" / name).unlink()
    clock.now += timedelta(days=1)
    refresh(library, [source.id], force=True)
    csv = folder / "pocket.csv"
    csv.write_text("title,url,time_added,tags,status\nT,https://c.example/1,1600000000,a|b,archive\n")
    import_file(library, str(csv))


def _said(library: Library) -> None:
    """A corrected and a hidden quote, two speakers merged, one told apart."""
    quotes = [row for row in library.quotes(speaker="novak") if row.article.title.startswith("Alarm")]
    corrections.correct(library, quotes[0].article.id, quotes[0].quote.start, quotes[0].quote.end, BOB)
    corrections.hide(library, quotes[1].article.id, quotes[1].quote.start, quotes[1].quote.end)
    ada, ann = (experts.experts(library, [name])[0] for name in ("ada", "ann"))
    experts.merge(library, [ada.id, ann.id])
    both = experts.experts(library, ["ada"])[0]
    experts.split(library, both.id, [experts.timeline(library, both)[0].article.id])
