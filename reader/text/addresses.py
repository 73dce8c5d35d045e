"""Web addresses: what may be followed, what may be shown, and when two of them are the same.

Nothing here raises on any string. Hosts are understood as a browser understands them (WHATWG URL, UTS 46), because
the question that matters to a reader is where a click would really go.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote_plus, urljoin, urlsplit, urlunsplit

from reader.text.clean import clean_line, clean_text

MAX_ADDRESS = 8_192  # characters; longer addresses are attacks or mistakes, and no server reads them
MAX_SHOWN = 300
HIDDEN = "***"


def is_web(url: str) -> bool:
    """Whether `url` is an absolute http(s) address with a valid host, and nothing invisible in it."""
    if len(url) > MAX_ADDRESS or url[:4].lower() != "http":
        return False
    if _USUAL.fullmatch(url):
        return True
    if not _PLAIN.fullmatch(url) and (clean_text(url) != url or _SPACE.search(url)):
        return False
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and _valid_host(host or "", parts.netloc)


def join(base: str, url: str) -> str:
    """Return the absolute http(s) address that `url` means in a document at `base`, or "" if it means none.

    Blanks around are dropped, blanks and invisible characters within path and query percent-encoded.
    """
    url = url.strip(_BLANKS)
    if len(url) > MAX_ADDRESS or len(base) > MAX_ADDRESS:
        return ""
    if is_web(url) and "/../" not in url and "/./" not in url:
        return url
    try:
        joined = urljoin(base, url)
    except ValueError:
        return ""
    if not _PLAIN.fullmatch(joined):
        joined = _escape_unseen(joined)
    return joined if is_web(joined) else ""


def normalise(url: str) -> str:
    """Return the identity of an address: scheme and host in lower case (punycode), no default port, no fragment.

    `feed:` in front is dropped; an empty path is `/`; anything that is not a web address comes back trimmed.
    Idempotent.
    """
    url = url.strip(_BLANKS)
    url = _FEED_SCHEME.sub(lambda match: match[1] or "http://", url)
    web = join("", url)
    if not web:
        return url
    parts = urlsplit(web)
    user, at, _host = parts.netloc.rpartition("@")
    netloc = user + at + _host_and_port(web)
    path = quote(parts.path, safe=_ASCII_PRINTABLE) or "/"
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_ASCII_PRINTABLE), ""))


def shown_host(url: str) -> str:
    """Return the host a browser would go to, in punycode, with an unusual port; "" if there is none."""
    web = join("", url)
    return clean_line(_host_and_port(web), MAX_SHOWN) if web else ""


def mask(url: str) -> str:
    """Return an address or path as people may see it: clean, at most 300 characters, secrets replaced by `***`.

    Secrets are user-info (`https://***@host/`) and the values of query or fragment keys that look like one.
    """
    text = clean_line(url)
    hidden = _user_info_span(text)
    if hidden:
        text = text[: hidden[0]] + HIDDEN + text[hidden[1] :]
    return clean_line(_PAIR.sub(_hide_value, text), MAX_SHOWN)


_BLANKS = "".join(map(chr, range(33)))  # what WHATWG strips: C0 controls and the space
_ASCII_PRINTABLE = "".join(map(chr, range(33, 127)))
_PLAIN = re.compile(r"[!-\[\]-~]*")  # printable ASCII but the backslash, which browsers read as a slash
_USUAL = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:[/?#][!-\[\]-~]*)?")
_SPACE = re.compile(r"\s")
_FEED_SCHEME = re.compile(r"^(?:feed:/*)+(https?:)?", re.IGNORECASE)
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^`{|}\"]")
_IPV6 = re.compile(r"\[[0-9A-Fa-f:.]+(?:%[\w.%-]+)?\]")


def _valid_host(host: str, netloc: str) -> bool:
    if "\\" in netloc:  # `good.example\@evil.example`: browsers and RFC 3986 disagree on the host
        return False
    if ":" in host:
        return bool(_IPV6.search(netloc.rpartition("@")[2]))
    return not _FORBIDDEN_IN_HOST.search(host) and bool(host.strip("."))


def _escape_unseen(url: str) -> str:
    """Percent-encode what nobody can see (or what ends an address) after the authority."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    tail = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    seen = "".join(char if char.isalnum() or clean_line(char) == char else _percent(char) for char in tail)
    return f"{parts.scheme}://{parts.netloc}{seen if seen[:1] in '/?#' else '/' + seen}"


def _percent(char: str) -> str:
    return "%EF%BF%BD" if "\ud800" <= char <= "\udfff" else quote(char, safe="")


def _host_and_port(web: str) -> str:
    parts = urlsplit(web)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else _ascii_host(host)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return host if parts.port in (None, usual) else f"{host}:{parts.port}"


@lru_cache(maxsize=1024)
def _ascii_host(host: str) -> str:
    if not host.isascii():
        host = ".".join(_ascii_label(label) for label in re.split("[.\u3002\uff0e\uff61]", host))
    numbers = host.split(".")
    if all(_NUMBER.fullmatch(number) for number in numbers) and len(numbers) <= 4:
        return _dotted(numbers) or host
    return host.lower()


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    import idna  # comes with httpx; 5 ms, for foreign hosts only

    try:
        return idna.encode(label, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError, ValueError, IndexError):
        # Not a name that could be registered; punycode still tells it from the name it imitates.
        return "xn--" + label.lower().encode("punycode", "replace").decode("ascii", "replace")


_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]{0,8}|[0-9]{1,11}")


def _dotted(numbers: list[str]) -> str:
    """IPv4 as WHATWG reads it: `2130706433`, `127.1` and `0x7f.1` are all 127.0.0.1."""
    try:
        values = [_integer(number) for number in numbers]
    except ValueError:
        return ""
    last = values.pop()
    if any(value > 255 for value in values) or last >= 256 ** (4 - len(values)):
        return ""
    return ".".join(map(str, [*values, *last.to_bytes(4 - len(values), "big")]))


def _integer(number: str) -> int:
    if number[:2].lower() == "0x":
        return int(number[2:] or "0", 16)
    return int(number, 8 if number.startswith("0") and len(number) > 1 else 10)


# --- masking ---------------------------------------------------------------------------------------------------

_AUTHORITY = re.compile(r"(?:feed:)?(?:[a-z][a-z0-9+.-]*:)?[/\\]{2,}", re.IGNORECASE)
_SCHEME = re.compile(r"(?:feed:)?(?:https?:)?", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/\\?#]")
_PASSWORD_CUT = re.compile(r"[^:]*:[^/\\?#]*[^/\\?#0-9]")
_PAIR = re.compile(r"([?&;#])([^=&;#?]{1,200})=([^&;#]*)")
_SECRET_WORD = re.compile(
    r"(?:token|secret|passw|passphrase|pwd|passcode|credential|signature|api-?_?key|session|jwt|oauth|hunter2)"
    r"|(?:^|[^a-z])(?:key|auth|sig|pass|pw|sid|hmac|authorization|authentication|otp|pin|code|hash|mac)(?:$|[^a-z])"
    r"|(?:key|auth|sid)$"
)
_INNER_USER = re.compile(r"//[^/?#]*@")


def _user_info_span(text: str) -> tuple[int, int] | None:
    """Where user and password stand in an address, if they do."""
    slashes = _AUTHORITY.match(text)
    scheme = slashes or _SCHEME.match(text)
    start = scheme.end() if scheme else 0
    stop = _AUTHORITY_END.search(text, start)
    end = stop.start() if stop else len(text)
    at = text.rfind("@", start, end)
    if at > start and (slashes or (":" in text[start:at] and " " not in text[start:at])):
        return start, at
    if slashes and at < 0 and _PASSWORD_CUT.match(text[start:end]):
        at = text.rfind("@", end)  # `https://user:pa/ss@host`: what follows the colon is no port but half a password
        return (start, at) if at > 0 else None
    return None


def _hide_value(match: re.Match[str]) -> str:
    mark, key, value = match.groups()
    if value and (_SECRET_WORD.search(_words(unquote_plus(key))) or _INNER_USER.search(unquote_plus(value))):
        return f"{mark}{key}={HIDDEN}"
    return match[0]


def _words(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()
