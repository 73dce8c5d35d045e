"""Errors of httpx and httpcore in words (imports both: only `http` may import this, lazily)."""

from __future__ import annotations

import httpcore
import httpx

from reader.sources import reasons
from reader.sources.backend import TooMuchHead

HTTP_ERRORS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.InvalidURL,
    OSError,
)


def explain(error: BaseException, host: str, proxy: str) -> tuple[str, str]:
    """Return cause and advice; `host` is who was asked, `proxy` who was asked for it, if anybody was."""
    where = proxy or host
    if isinstance(error, httpx.InvalidURL):
        return f"no host can be called {host}", reasons.CHECK_ADDRESS
    if isinstance(error, httpcore.ProxyError):
        return f"the proxy {proxy} did not open the way to {host}", "check network.proxy and what the proxy allows"
    if isinstance(error, TooMuchHead) or any(
        getattr(link, "error_status_hint", 0) == 431 for link in reasons.causes(error)
    ):
        return f"{host} sends headers without end", reasons.TELL_OWNER
    if isinstance(error, httpcore.ProtocolError):
        text = str(error)
        if "without sending complete message body" in text or "incomplete chunked read" in text:
            return f"{host} broke off in the middle (connection closed early)", reasons.LATER
        if "disconnected without sending" in text:
            return f"{host} closed the connection without an answer", reasons.LATER
        return f"what {host} sends is not proper HTTP", reasons.TELL_OWNER
    if isinstance(error, httpcore.TimeoutException):
        return f"{where} did not answer", reasons.LATER
    return reasons.of_failure(error, where)
