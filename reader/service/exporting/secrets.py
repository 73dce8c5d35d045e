"""Addresses that may be given away: without user and password, and without what looks secret in a query."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from reader.text.addresses import mask


def without_secrets(url: str) -> str:
    """The address (or path) with user-info left out and the values of secret keys written as `***`; idempotent."""
    if "://" not in url or url.startswith(("/", "file:")):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return mask(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, _hidden(parts.query), _hidden(parts.fragment)))


def _hidden(pairs: str) -> str:
    """Pair by pair, as `mask` shortens what is long."""
    kept = []
    for pair in re.split("([&;])", pairs):
        shown = mask(f"?{pair}")
        kept.append(shown[1:] if shown.endswith("=***") else pair)
    return "".join(kept)
