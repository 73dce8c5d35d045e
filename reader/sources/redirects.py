"""Which redirects are followed, and what is kept of them (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import SourceError
from reader.sources import reasons, request
from reader.sources.policy import RefusedError, downgrades
from reader.sources.request import Target
from reader.text.addresses import join, mask
from reader.text.clean import clean_line

MAX_REDIRECTS = 5
STATUSES = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Redirect:
    """What a server said: the status and the Location as text, not judged yet."""

    status: int
    location: str

    @property
    def permanent(self) -> bool:
        return self.status in (301, 308)


def location(header: str) -> str:
    """Return a Location header (read as Latin-1) as what was meant: servers send UTF-8 in spite of RFC 9110."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def target(base: Target, redirect: Redirect) -> Target | None:
    """The target that a redirect met at `base` means, None if it is no http(s) address."""
    address = join(base.url, redirect.location)
    return request.parse(address) if address else None


def follow(url: str, base: Target, redirect: Redirect) -> Target:
    """Return the target to go on to; SourceError (about `url`, what the user asked for) if it is not followed."""
    if not redirect.location:
        raise reasons.source_error(url, "it redirects without saying where to", reasons.TELL_OWNER)
    where = clean_line(mask(redirect.location), 120)
    following = target(base, redirect)
    if following is None:
        scheme = redirect.location.strip().partition(":")[0].lower()
        web = scheme in ("http", "https") or not (scheme.isalnum() and ":" in redirect.location)
        why = "which is too long or no proper address" if web else "and only http and https addresses are followed"
        cause = f"it redirects to {where}, {why}"
        raise reasons.source_error(url, cause, reasons.TELL_OWNER)
    if downgrades(base.url, following.url):
        cause = f"it redirects from https to unprotected {where}, which is not followed"
        advice = "add the http address itself if you trust the network in between"
        raise reasons.source_error(url, cause, advice)
    return following


def too_many(url: str) -> SourceError:
    """The error for a chain of more than `MAX_REDIRECTS`."""
    cause = f"it redirects more than {MAX_REDIRECTS} times"
    return reasons.source_error(url, cause, "open it in a browser to see where it leads")


def refused_target(url: str, base: Target, error: SourceError) -> RefusedError:
    """Return the refusal of a redirect's target, said as one about `url`."""
    return RefusedError(f"{mask(url)} redirects to {mask(base.url)}: {error}")


def kept_address(url: str, first: Target, new: Target) -> str:
    """Return the address to remember after a permanent move: a login stays with it only on the same origin."""
    user_info = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
    if not (user_info and first.credentials and new.origin == first.origin):
        return new.url
    return new.url.replace("://", f"://{user_info}@", 1)
