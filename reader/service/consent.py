"""When an address that a person typed is consent to contact a private host: for that host and port only.

Consent is stored with the source, so it is given as rarely as possible: a public address needs none, and without any a
name that turns private later (DNS rebinding) is refused.
"""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

from reader.sources import policy
from reader.sources.resolver import numeric_address, system_resolver
from reader.text.addresses import normalise

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test")
LOOKUP_SECONDS = 5.0
NOT_GIVEN = "it is on a private address; `import --allow-private` takes it"


async def needed(url: str, *, lookup: bool) -> str:
    """The `"host:port"` that typing `url` consents to, "" if it leads to a public address.

    Without `lookup` (nothing is fetched, or a proxy resolves names itself) only names that cannot be public count.
    """
    certain = of_written(url)
    if certain or not lookup:
        return certain
    host = _host(url)
    private = bool(host) and not numeric_address(host) and await _resolves_privately(host)
    return policy.consent(url) if private else ""


def of_written(url: str) -> str:
    """The consent that an address needs by how it is written: a private number, or a name that cannot be public."""
    host = _host(url)
    if not host:
        return ""
    number = numeric_address(host)
    private = bool(policy.kind(number)) if number else "." not in host or host.endswith(_LOCAL_NAMES)
    return policy.consent(url) if private else ""


def from_list(url: str, *, allow_private: bool, listed: frozenset[str]) -> str | None:
    """The consent that goes with an address out of a list of feeds, None if it must not be taken.

    Such an address consents to nothing. `allow_private` says that the reader means the private ones, too; `listed` are
    those that the configuration allows, which need none of their own.
    """
    required = of_written(url)
    if required in listed:
        return ""
    return required if allow_private or not required else None


def _host(url: str) -> str:
    return (urlsplit(normalise(url)).hostname or "").rstrip(".")


async def _resolves_privately(host: str) -> bool:
    import asyncio

    with suppress(OSError, UnicodeError, TimeoutError):
        async with asyncio.timeout(LOOKUP_SECONDS):
            return any(policy.kind(address) for address in await system_resolver(host, 0))
    return False


def extended(url: str, page: str) -> str:
    """The consent given for `page`, if `url` (found on it) is on the same host and port; else ""."""
    covered = policy.consent(url)
    return covered if covered and covered == policy.consent(page) else ""
