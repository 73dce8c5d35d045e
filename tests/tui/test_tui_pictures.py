"""A dozen golden pictures of the room: each was looked at, and any change of them has to be looked at again.

`pytest tests/tui/test_tui_pictures.py --snapshot-update` takes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from tui_library import NOW, TEXT, document, draft, home, library_of, put, running, settle, until

from reader.config import Config, Reading
from reader.model import Quote, QuoteKind, Speaker, SpeakerType, Voice
from reader.service.library import Library
from reader.store import articles
from reader.tui.app import RoomApp

PICTURES = Path(__file__).with_name("pictures")


def _quotes() -> list[Quote]:
    """Quotes set by hand: the pictures must not change when the engine learns."""

    merrin = Speaker("Ada Merrin", "Merrin", "head of threat research", "Copper Fox Labs", voice=Voice.EXPERT)
    pay = Speaker("Lumen Pay", "a spokesperson", None, "Lumen Pay", SpeakerType.ORGANIZATION, Voice.COMPANY)
    heron = Speaker("Grey Heron", "the group", None, None, SpeakerType.GROUP, Voice.ADVERSARY)
    brandt = Speaker("Tomas Brandt", "Brandt", "deputy director", "National Cyber Agency", voice=Voice.OFFICIAL)
    okoro = Speaker("Ines Okoro", "Okoro", "professor", "Northgate University", voice=Voice.EXPERT)

    def quote(words: str, speaker: Speaker, kind: QuoteKind = QuoteKind.DIRECT) -> Quote:
        start = TEXT.index(words)
        return Quote(start, start + len(words), words, kind, "said", speaker, None, 0.9, "said-after")

    return [
        quote("The attackers used a stolen session token, nothing more,", merrin),
        quote("Rotating every secret should be the first thing anybody does.", merrin),
        quote("We take the security of our customers very seriously,", pay),
        quote("it would “publish everything on Friday”", heron, QuoteKind.MIXED),
        quote("It is too early to say who did this,", brandt),
        quote("the same method was used twice last year", okoro, QuoteKind.INDIRECT),
    ]


@pytest.fixture
def pictured(tmp_path: Path) -> Iterator[Callable[..., RoomApp]]:
    """Makes the app over a library that never changes."""

    def fill(library: Library) -> None:
        titles = (
            "Lumen Pay confirms that attackers read the records of 40,000 customers",
            "Short one",
            "日本の銀行、不正送金の被害を公表 🏦",
        )
        drafts = [draft(number, title=title, document=document()) for number, title in enumerate(titles)]
        ids = put(library, [*drafts, *(draft(number) for number in range(5, 40))])
        put(library, [draft(number) for number in (50, 51)], source="Fraud Watch", section="Fraud")
        with library.database.write() as c:
            for article_id in ids:
                articles.set_derived(c, article_id, None, _quotes(), engine=10**6)

    with library_of("pictured", tmp_path, fill) as library:

        def make(config: Config | None = None, **options: Any) -> RoomApp:
            return RoomApp(library, config or Config(), **({"offline": True, "zone": UTC} | options))

        yield make


def picture(app: RoomApp) -> str:
    """The screen as SVG without what differs from run to run: ids, and the addresses of fonts."""
    svg = app.export_screenshot(title="secnews", simplify=True)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def compare(name: str, svg: str, *, update: bool) -> None:
    """Against the picture kept under `name`; a difference is left beside it to be looked at."""
    kept = PICTURES / f"{name}.svg"
    seen = PICTURES / f"{name}.seen.svg"
    if update:
        PICTURES.mkdir(exist_ok=True)
        kept.write_text(svg, encoding="utf-8")
    if not kept.exists() or kept.read_text(encoding="utf-8") != svg:
        seen.write_text(svg, encoding="utf-8")
        pytest.fail(f"{name} looks different; compare {kept} with {seen}")
    seen.unlink(missing_ok=True)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--snapshot-update", default=False))


CASES: dict[str, tuple[tuple[int, int], str]] = {
    "list": ((120, 40), ""),
    "article": ((120, 40), "enter ] ]"),
    "quotes": ((120, 40), "enter l j j j"),
    "sections": ((120, 40), "h"),
    "columns": ((180, 30), "enter ]"),
    "two-panes": ((80, 24), "enter ]"),
    "one-pane": ((40, 12), "enter"),
    "tiny": ((20, 5), ""),
    "zen": ((120, 30), "enter ] z"),
    "help": ((100, 30), "?"),
    "sources": ((100, 24), "E"),
    "light": ((120, 40), "enter ] g t"),
    "card": ((100, 30), "enter l enter"),
}


@pytest.mark.parametrize("name", CASES)
async def test_pictures(pictured: Callable[..., RoomApp], name: str, update: bool) -> None:
    """The room looks as it did when somebody looked at it."""
    size, keys = CASES[name]
    app = pictured()
    async with running(app, size) as pilot:
        await until(pilot, lambda: app.room.articles.rows and app.room.articles.rows.whole)
        await settle(pilot)
        for key in keys.split():
            await pilot.press(key)
            await settle(pilot)
        if "enter" in keys:
            await until(pilot, lambda: app.room.article.article)
        await until(pilot, lambda: len(app.room.sections.places) == 5 and app.room.status.activity)
        unread = 37 if "enter" in keys else 38
        await until(
            pilot, lambda: next(p for p in app.room.sections.places if p.key == "section:News").unread == unread
        )
        await settle(pilot)
        compare(name, picture(app), update=update)


async def test_picture_without_colours(
    pictured: Callable[..., RoomApp], update: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR and ASCII only: everything that colours say is there in other signs."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = pictured(Config(reading=Reading(ascii=True)))
    async with running(app, (120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter", "]")
        await until(pilot, lambda: app.room.article.quote is not None)
        await until(pilot, lambda: next((p for p in app.room.sections.places if p.key == "section:News"), None))
        await until(pilot, lambda: next(p for p in app.room.sections.places if p.key == "section:News").unread == 37)
        await settle(pilot)
        compare("no-colour", picture(app), update=update)


async def test_picture_of_the_first_start(tmp_path: Path, update: bool) -> None:
    """The starter page: feeds to choose from, what to do, the samples in Sections."""
    from reader.service.samples import install

    with ExitStack() as stack:
        library = stack.enter_context(Library.open(home(tmp_path), Config(), clock=lambda: NOW))
        install(library)
        app = RoomApp(library, Config(), offline=True, zone=UTC)
        async with running(app, (120, 40)) as pilot:
            await until(pilot, lambda: app.room.catalogue_pane() is not None)
            await until(pilot, lambda: app.room.status.activity)
            await settle(pilot)
            compare("first-start", picture(app), update=update)
