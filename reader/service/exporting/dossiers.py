"""What is kept of saved articles, as their exports show it: where and when a page was fetched, hashes, images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reader.model import Article, Capture, CaptureKind
from reader.service import saving
from reader.service.exporting.pictures import Picture, picture
from reader.service.library import Library
from reader.service.serial import address
from reader.text.clean import clean_line

ROOM = 48 << 20  # bytes of images in one document


@dataclass(frozen=True, slots=True)
class Dossier:
    """Of one article: its newest capture (None: nothing is kept), how many there are, images, and those left out
    (address, why)."""

    capture: Capture | None = None
    revisions: int = 0
    pictures: tuple[Picture, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()

    def without(self, types: Sequence[str], why: str) -> Dossier:
        """The dossier with images of these types left out for this reason."""
        gone = [(one.url, why) for one in self.pictures if one.type in types]
        kept = tuple(one for one in self.pictures if one.type not in types)
        return Dossier(self.capture, self.revisions, kept, (*self.left_out, *gone))


Dossiers = Mapping[int, Dossier]
NONE = Dossier()


def dossiers(library: Library, articles: Sequence[Article], *, images: bool) -> dict[int, Dossier]:
    """The dossiers of those articles of which anything is kept; with `images` as far as one document has room."""
    found, room = {}, ROOM
    for article in articles:
        kept = saving.evidence(library, article.row.id) if article.row.id > 0 else None
        if kept is None or not kept.captures:
            continue
        shown: list[Picture] = []
        left_out = [(one.url, one.problem) for one in kept.newest.images if one.problem] if kept.newest else []
        words = {image.url: image.alt for image in article.document.images}
        for image in saving.images(library, article.row.id) if images else ():
            measured = picture(image.url, image.content)
            if measured is None:
                left_out.append((image.url, "it is damaged, or of a format that is not shown"))
            elif len(image.content) > room:
                left_out.append((image.url, f"one document holds {ROOM >> 20} MiB of images and no more"))
            else:
                room -= len(image.content)
                shown.append(measured._replace(alt=words.get(image.url, "")))
        found[article.row.id] = Dossier(kept.newest, len(kept.captures), tuple(shown), tuple(left_out))
    return found


def lines(dossier: Dossier) -> list[tuple[str, str]]:
    """Where the article comes from and how that can be checked, as pairs of a name and what it is; none if nothing is
    kept."""
    one = dossier.capture
    if one is None:
        return []
    what = "the web page" if one.kind is CaptureKind.PAGE else "what its source gave"
    pairs = [
        ("Kept", f"{what}, {dossier.revisions} revision{'' if dossier.revisions == 1 else 's'}"),
        ("Fetched", moment(one.fetched)),
        ("Last found the same", moment(one.checked) if one.checked != one.fetched else ""),
        ("Address", address(one.url)),
        ("Final address", address(one.final_url) if one.final_url != one.url else ""),
        ("Type", clean_line(one.content_type)),
        ("Bytes", f"{one.size:,}" if one.sha256 else ""),
        ("SHA-256 of the bytes", one.sha256),
        ("SHA-256 of the text", one.text_sha256),
    ]
    pairs += [("SHA-256 of an image", f"{image.sha256} ({address(image.url)})") for image in one.images if image.sha256]
    pairs += [("Image left out", f"{address(url)}: {clean_line(why)}") for url, why in dossier.left_out]
    return [(name, value) for name, value in pairs if value]


def moment(when: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
