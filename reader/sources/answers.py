"""From a response of the HTTP library to what the program works with; nothing larger than asked for is ever held."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast

from reader.errors import SourceError
from reader.model import Fetched
from reader.sources import reasons, redirects
from reader.sources.decode import Body, is_gzip, over
from reader.sources.headers import Headers, content_length, max_age, retry_after, validator
from reader.sources.redirects import Redirect
from reader.sources.request import Target
from reader.text.clean import clean_line

if TYPE_CHECKING:
    import httpx

DRAINED = 64 << 10  # bytes of a body nobody needs, taken so that the connection can serve again
PAUSE = 256  # chunks after which others get their turn


@dataclass(frozen=True, slots=True)
class Job:
    """What one fetch was asked for. `secrets` are headers for the origin of `first` only; kept out of tracebacks."""

    url: str = field(repr=False)
    first: Target
    etag: str
    last_modified: str
    cap: int
    accept: str
    secrets: Mapping[str, str] = field(repr=False)


async def read(response: httpx.Response, job: Job, target: Target, now: datetime) -> Fetched | Redirect:
    """Return what the answer means.

    Raises SourceError for a status that brings nothing, BodyError for a body that cannot be had, and httpcore's errors.
    """
    from reader.sources.transport import raw_headers

    headers = Headers(raw_headers(response))
    status = response.status_code
    if status in redirects.STATUSES:
        return await _redirect(response, headers, target)
    if status in (204, 205, 304):
        await _drain(response, headers, bodiless=status != 205)
        return _fetched(status, b"", headers, job, target, now)
    if 200 <= status <= 203:
        body = await _body(response, headers, job.cap)
        if body:
            return _fetched(status, body, headers, job, target, now)
        cause = "empty reply" if status == 200 else reasons.of_status(status)[0]
        raise reasons.source_error(job.url, cause, status=status)
    await _drain(response, headers)
    raise _refusal(status, headers, job, now)


def _fetched(status: int, body: bytes, headers: Headers, job: Job, target: Target, now: datetime) -> Fetched:
    same = status == 304
    return Fetched(
        url=job.url,
        status=status,
        body=body,
        content_type=clean_line(headers["content-type"], 200),
        final_url=target.url,
        etag=validator(headers["etag"]) or (job.etag if same else ""),
        last_modified=validator(headers["last-modified"]) or (job.last_modified if same else ""),
        not_modified=same,
        max_age=max_age(headers, now=now),
    )


def _refusal(status: int, headers: Headers, job: Job, now: datetime) -> SourceError:
    cause, advice = reasons.of_status(status)
    wait = retry_after(headers["retry-after"], now=now) if status in (429, 503) else None
    outcome = "gone" if status == 410 else "backoff" if status == 429 or wait is not None else "error"
    if wait is not None:
        advice = f"it asks to be left alone for {reasons.duration(wait)}"
    return reasons.source_error(job.url, cause, advice, outcome=outcome, status=status, retry_after=wait)


async def _redirect(response: httpx.Response, headers: Headers, base: Target) -> Redirect:
    redirect = Redirect(response.status_code, redirects.location(headers["location"]))
    following = redirects.target(base, redirect)
    if following is not None and following.origin == base.origin:
        await _drain(response, headers)  # the same connection serves the next hop; one to another host is closed
    return redirect


async def _drain(response: httpx.Response, headers: Headers, *, bodiless: bool = False) -> None:
    """Read a small body that nobody needs; one that is larger or of unknown length closes the connection instead."""
    length = content_length(headers["content-length"])
    if bodiless or (length is not None and length <= DRAINED):
        async with _chunks(response) as chunks:
            async for _chunk in chunks:
                pass


async def _body(response: httpx.Response, headers: Headers, cap: int) -> bytes:
    body = Body(gzip=is_gzip(headers["content-encoding"]), cap=cap)
    length = content_length(headers["content-length"])
    if length is not None and length > cap:
        raise over(cap)
    count = 0
    async with _chunks(response) as chunks:
        async for chunk in chunks:
            for _ in body.add(chunk):
                await asyncio.sleep(0)
            count += 1
            if count % PAUSE == 0:
                await asyncio.sleep(0)
    return body.finish()


def _chunks(response: httpx.Response) -> aclosing[AsyncGenerator[bytes, None]]:
    return aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw()))
