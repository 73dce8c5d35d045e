"""When two addresses of articles are the same: scheme, `www.`, tracking parameters, trailing slash and AMP aside.

Feeds give one article under many addresses, as they count who comes from where. What is compared here is never fetched
and never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote, unquote, urlsplit

from reader.text.addresses import normalise

_PRINTABLE = "".join(map(chr, range(33, 127)))
MOST = 4_096  # characters; longer addresses are those of nothing
_USUAL = re.compile(r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[A-Za-z0-9/_.~-]*[A-Za-z0-9_~-])/?")
_PLAIN = re.compile(r"[!-~]*")
_ODD = re.compile(r"[/.]amp(?:[/.]|$)|/\.|\.ampproject\.")


def canonical(url: str) -> str:
    """What the addresses of one article have in common; "" for what is the address of no article (no web address,
    the start of a site).

    The path stays as it is but for AMP and slashes at its end, and so does a fragment (a page with several articles
    names them so) unless it tells where the reader comes from.
    """
    usual = _USUAL.fullmatch(url)
    if usual is not None and "amp" not in url and "/." not in url:
        return usual[1] + usual[2]
    page, _hash, fragment = url.partition("#")
    base, _mark, query = page.partition("?")
    usual = _USUAL.fullmatch(base)
    if usual is not None and not _ODD.search(base):
        stem = usual[1] + usual[2]
    elif len(url) <= MOST:
        stem = _stem(base)
    else:
        return ""
    pairs = sorted(pair for pair in query.split("&") if pair and not _is_tracking(pair))
    tail = "?" + "&".join(pairs) if pairs else ""
    if not _PLAIN.fullmatch(tail):
        tail = quote(tail, safe=_PRINTABLE)
    if fragment and not _is_noise(fragment):
        tail += "#" + fragment
    return stem + tail if stem and (tail or "/" in stem) else ""


def fingerprint(url: str) -> int:
    """What stands for `canonical(url)` in an index: 63 bits, the first 20 of them of the host, so that what comes
    together lies together; 0 for what is the address of no article."""
    return printed(canonical(url))


def printed(address: str) -> int:
    """The fingerprint of an address that is canonical already."""
    host, _slash, rest = address.partition("/")
    return _bits(host, rest) if address else 0


def _bits(host: str, rest: str) -> int:
    digest = blake2b(rest.encode("utf-8", "replace"), digest_size=8).digest()
    return _host_bits(host) << 43 | int.from_bytes(digest) >> 21


@lru_cache(maxsize=4096)
def _host_bits(host: str) -> int:
    return int.from_bytes(blake2b(host.encode("utf-8", "replace"), digest_size=8).digest()) >> 44


def _stem(base: str) -> str:
    """Host and path; "" if it is no web address."""
    parts = urlsplit(normalise(_out_of_cache(base)))
    if parts.scheme not in ("http", "https"):
        return ""
    host = parts.netloc.rpartition("@")[2].removeprefix("www.").removeprefix("amp.")
    return host + _without_amp(_capitals(parts.path)).rstrip("/")


# --- AMP -------------------------------------------------------------------------------------------------------------

# https://www.google.com/amp/s/example.com/a, https://example-com.cdn.ampproject.org/c/s/example.com/a (/s/: https)
_CACHE = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[acv])/(?:s/)?([^/]+\..*)",
    re.IGNORECASE,
)
_AMP_TAIL = re.compile(r"(?:/amp(?:\.html?)?|\.amp(\.html?)?)/*$", re.IGNORECASE)
_AMP_HEAD = re.compile(r"^/amp(?=/)", re.IGNORECASE)


def _out_of_cache(url: str) -> str:
    cached = _CACHE.match(url)
    return f"https://{cached[1]}" if cached else url


def _without_amp(path: str) -> str:
    return _AMP_HEAD.sub("", _AMP_TAIL.sub(lambda tail: tail[1] or "", path))


# --- parameters ------------------------------------------------------------------------------------------------------

_TRACKING = re.compile(
    r"(?:utm|pk|mtm|piwik|matomo|hsa|oly|vero|wt|at|mc|trk|ns|itm|sc|ga|guce)_\w*|wt\.\w+|_hs\w+|__hs\w+|__s"
    r"|(?:fb|g|d|ms|y|tw|ttc|li|wbraid|gbraid|tt|s_k|ir|epi|gcl|_branch_match_)?clid|clickid|gbraid|wbraid|gclsrc"
    r"|igshid|igsh|mkt_tok|mkwid|ncid|ocid|cmpid|cmp|icid|icmp|xtor|guccounter|_ga|_gl|_openstat|spm|s_cid|sr_share|smid|smtyp"
    r"|sponsor_?id|feature_source|referrer|amp|amp_\w+|ftag|soc_src|soc_trk|wtmc|echobox|campaign_?id",
    re.IGNORECASE,
)
_COMES_FROM = re.compile(r"ref|ref_?src|ref_?url|referer|src|source|from|via|partner|feed|rss|type|outputtype", re.I)
_CHANNEL = re.compile(
    r"(?:rss|atom|feed|feedburner|newsletter|e?mail|twitter|x|facebook|fb|linkedin|mastodon|reddit|telegram|whatsapp|t\.co"
    r"|amp|social|syndication|share|)(?:[-_.]?(?:rss|feed|feeds|\d+(?:\.\d+)?))?",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"(?:top|main|content|comments?|respond|disqus_thread|more-\d+|ref|rss|feed|atom|amp|share|:~:.*|_?=?)",
    re.IGNORECASE,
)


def _is_tracking(pair: str) -> bool:
    if pair[:4] == "utm_":
        return True
    key, _equals, value = pair.partition("=")
    key = unquote(key)
    if _TRACKING.fullmatch(key):
        return True
    if key.lower() == "type":
        return value.lower() == "amp"
    return bool(_COMES_FROM.fullmatch(key) and _CHANNEL.fullmatch(unquote(value)))


def _is_noise(fragment: str) -> bool:
    if _NOISE.fullmatch(fragment) or fragment.startswith(":~:"):
        return True
    pairs = [pair for pair in re.split("[&;]", fragment) if pair]
    return all("=" in pair or "-" in pair for pair in pairs) and all(_is_tracking(_as_pair(pair)) for pair in pairs)


def _as_pair(pair: str) -> str:
    """`xtor=RSS-1` as well as `xtor-RSS-1`."""
    return pair if "=" in pair else pair.replace("-", "=", 1)


# --- percent signs ---------------------------------------------------------------------------------------------------

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def _capitals(path: str) -> str:
    """Escapes in capitals, and none for what needs none (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(_escape, path) if "%" in path else path


def _escape(match: re.Match[str]) -> str:
    char = chr(int(match[0][1:], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else match[0].upper()
