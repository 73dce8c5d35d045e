"""What a person means by an address: a web address, a file or a folder (looks at the file system, opens nothing)."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from reader.errors import UsageError
from reader.model import SourceKind
from reader.sources.files import SUFFIXES
from reader.text.addresses import is_web, join, mask
from reader.text.clean import clean_line

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_PORT = re.compile(r"\d{1,5}(?:[/?#].*)?", re.DOTALL)
_HOST = re.compile(r"(?:localhost|\d+(?:\.\d+){3}|\[[0-9A-Fa-f:.]+\])(?=[:/?#]|$)")
_PATH_LIKE = ("/", "./", "../", "~")
_FEED_SCHEMES = ("feed", "feeds", "rss")  # what some sites put in front of a feed's address


@dataclass(frozen=True, slots=True)
class Place:
    """`url` is an absolute http(s) address (kind FEED until it is known better) or an absolute path."""

    kind: SourceKind
    url: str

    @property
    def is_local(self) -> bool:
        return self.kind in (SourceKind.FILE, SourceKind.FOLDER)


def place_of(address: str) -> Place:
    """Understand what was typed or pasted: http(s) addresses, feed: addresses, paths, file: addresses, bare hosts.

    What exists as a file or folder is one, whatever it looks like. A bare `example.com/feed` means https; a number or
    localhost means http. Raises UsageError for anything else, naming a scheme that is not read.
    """
    text = address.strip()
    if not text or "\0" in text:
        raise UsageError("There is no address; give a feed's or a page's address, a file or a folder.")
    if text.lower().startswith("file:"):
        return _local(_file_path(text))
    if _exists(text) or text.startswith(_PATH_LIKE):
        return _local(text)
    scheme = _SCHEME.match(text)
    if scheme and not _PORT.fullmatch(scheme[2]):
        return _with_scheme(text, scheme[1].lower(), scheme[2])
    if _looks_like_a_file(text):
        return _local(text)
    web = ("http://" if _HOST.match(text) else "https://") + text
    host = urlsplit(web).netloc.rpartition("@")[2] if is_web(web) else ""
    if not host or not ("." in host or ":" in host or host == "localhost"):
        raise UsageError(f"{clean_line(text, 200)} is neither an address nor a file or folder that is there.")
    return Place(SourceKind.FEED, web)


def _with_scheme(text: str, scheme: str, rest: str) -> Place:
    if scheme in _FEED_SCHEMES:
        text = rest if rest[:5].lower() in ("http:", "https") else "http:" + rest
        scheme = "http"
    if scheme not in ("http", "https"):
        raise UsageError(
            f"{clean_line(scheme, 40)}: addresses are not read; give an http or https address, a file or a folder."
        )
    web = join("", text)
    if not web:
        raise UsageError(f"{mask(text)} is not a valid web address; check it for missing or odd characters.")
    return Place(SourceKind.FEED, web)


def _local(text: str) -> Place:
    path = os.path.abspath(os.path.expanduser(text))  # noqa: PTH100, PTH111 - pathlib keeps ".." and raises on odd users
    return Place(SourceKind.FOLDER if os.path.isdir(path) else SourceKind.FILE, path)  # noqa: PTH112 - never raises


def _file_path(text: str) -> str:
    rest = text[5:]
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host.lower() not in ("", "localhost"):
            raise UsageError(f"{clean_line(text, 200)} lies on another machine; give a path of this one.")
        rest = slash + path
    return os.fsdecode(unquote_to_bytes(rest))


def _exists(text: str) -> bool:
    return os.path.lexists(os.path.expanduser(text))  # noqa: PTH111 - never raises, unlike pathlib


def _looks_like_a_file(text: str) -> bool:
    """A name such as `notes.md` that is not there: better told so than looked for in the web."""
    return "/" not in text and Path(text).suffix.lower() in SUFFIXES
