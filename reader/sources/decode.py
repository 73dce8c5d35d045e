"""A response body, undone from its content coding and never larger than asked for.

Only gzip is asked for and only one layer of it is undone: 155 bytes of nested gzip or 32 KB of zstd hold a gigabyte.
Everything here is pure and says what is wrong in words (`BodyError`) for others to build a sentence around.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_GZIP = 31  # window bits of zlib: 15, and 16 for a gzip header and checksum
_PIECE = 1 << 20
_MAX_MEMBERS = 1_000  # RFC 1952 allows several members in a row; thousands of empty ones only burn time
_MAX_SCRAPS = 50_000
_SCRAP = 16  # bytes a chunk has on average, at least, in a body that is worth its overhead


# What careless servers write into Content-Encoding although it is no coding at all.
_NO_CODING = frozenset(("", "identity", "none", "utf-8", "utf8", "7bit", "8bit", "binary"))


class BodyError(Exception):
    """The body cannot be had; the text is the cause in words, without a subject."""


def is_gzip(content_encoding: str) -> bool:
    """Whether the body is gzip (True) or plain (False); BodyError for every other coding or stack of codings."""
    codings = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in _NO_CODING]
    if not codings:
        return False
    if len(codings) > 1:
        raise BodyError(f"it is compressed {len(codings)} times over, which only attacks do")
    if codings[0] not in ("gzip", "x-gzip"):
        raise BodyError(f"it came in a coding that was not asked for ({codings[0][:40]})")
    return True


class Body:
    """Collects chunks as they come from the wire; `add` returns pieces of work, so that a caller can pause between."""

    def __init__(self, *, gzip: bool, cap: int) -> None:
        self._cap = cap
        self._gzip = gzip
        self._unpacker = zlib.decompressobj(_GZIP)
        self._members = 1
        self._padding = False
        self._pieces: list[bytes] = []
        self._size = 0
        self._wire = 0
        self._chunks = 0

    def add(self, chunk: bytes) -> Iterator[None]:
        """Take one chunk; yields after every MiB of decoded data. Raises BodyError (over the cap, damaged)."""
        self._wire += len(chunk)
        self._chunks += 1
        if self._wire > self._cap:
            raise over(self._cap)
        if self._chunks > _MAX_SCRAPS and self._wire < self._chunks * _SCRAP:
            raise BodyError("it comes in pieces of a few bytes without end")
        if self._gzip:
            yield from self._unpack(chunk)
        else:
            self._keep(chunk)

    def finish(self) -> bytes:
        """Return the whole body. Raises BodyError if the compressed data ended too early."""
        if self._gzip and self._wire and not self._unpacker.eof:
            raise BodyError("damaged compression, it ends too early")
        body = b"".join(self._pieces)
        self._pieces.clear()
        return body

    def _unpack(self, chunk: bytes) -> Iterator[None]:
        while chunk and not self._padding:
            if self._unpacker.eof:
                if not chunk.startswith(b"\x1f"):
                    self._padding = True  # after the last member, where gzip(1) ignores it too
                    return
                self._members += 1
                if self._members > _MAX_MEMBERS:
                    raise BodyError("damaged compression, it has thousands of parts")
                self._unpacker = zlib.decompressobj(_GZIP)
            limit = min(_PIECE, self._cap + 1 - self._size)  # never 0, which would mean no limit
            try:
                piece = self._unpacker.decompress(chunk, limit)
            except zlib.error:
                raise BodyError("damaged compression") from None
            self._keep(piece)
            chunk = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            yield

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._cap:
            raise over(self._cap)
        if piece:
            self._pieces.append(piece)


def over(cap: int) -> BodyError:
    """The error for a body, or the announcement of one, of more than `cap` bytes."""
    return BodyError(f"it is larger than the limit of {amount(cap)}")


def amount(size: int) -> str:
    """Return a number of bytes for people: `16 MiB`, `1.5 GiB`, `300 bytes`."""
    for unit, name in ((1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"
