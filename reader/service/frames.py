"""Frames between the reader and its child processes: a JSON header and raw bytes, both with their length in front.

Nothing executable ever travels: the header is JSON (no pickle, no marshal), the blob is bytes that the header
describes. Both ends know only this format, so a child that was taken over can lie, but cannot run code in the parent.
"""

from __future__ import annotations

import json
import struct
from typing import Any

Header = dict[str, Any]
LENGTHS = struct.Struct(">II")
MAX_HEADER = 16 * 2**20  # bytes of JSON
MAX_BLOB = 64 * 2**20  # more than the largest body that is ever fetched (16 MiB), repaired and re-encoded


class FrameError(Exception):
    """The other end does not keep to the format."""


def pack(header: Header, blob: bytes = b"") -> bytes:
    """One frame as bytes; lone surrogates pass through JSON's escapes. Raises FrameError if it is too large."""
    encoded = json.dumps(header, separators=(",", ":")).encode("ascii")
    if len(encoded) > MAX_HEADER or len(blob) > MAX_BLOB:
        raise FrameError("too large for one frame")
    return LENGTHS.pack(len(encoded), len(blob)) + encoded + blob


def lengths(prefix: bytes) -> tuple[int, int]:
    """Header and blob length from the first `LENGTHS.size` bytes of a frame; FrameError if they are out of bounds."""
    header, blob = LENGTHS.unpack(prefix)
    if header > MAX_HEADER or blob > MAX_BLOB:
        raise FrameError("too large for one frame")
    return header, blob


def unpack(encoded: bytes) -> Header:
    """The header of a frame from its JSON bytes; FrameError unless it is a JSON object."""
    try:
        header = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise FrameError("not JSON") from error
    if not isinstance(header, dict):
        raise FrameError("not an object")
    return header
