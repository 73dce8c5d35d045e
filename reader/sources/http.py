"""Reading addresses: GET over http and https, bounded in every direction, and only where the policy allows.

`docs/network.md` says for users what is sent, what is refused and which limits hold. This module is cheap to import:
httpx is loaded with the first fetch (`transport`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.errors import UsageError
from reader.model import Fetched
from reader.sources import answers, reasons, redirects, request
from reader.sources.answers import Job
from reader.sources.credentials import Logins
from reader.sources.decode import BodyError
from reader.sources.headers import validator
from reader.sources.policy import AddressPolicy, RefusedError
from reader.sources.queues import IN_ALL, Queues
from reader.sources.quiet import silence
from reader.sources.redirects import MAX_REDIRECTS, Redirect
from reader.sources.request import FEED_ACCEPT, IMAGE_ACCEPT, PAGE_ACCEPT, Target
from reader.sources.resolver import Resolver, numeric_address, system_resolver
from reader.text.addresses import mask

if TYPE_CHECKING:
    from reader.sources.transport import BareClient

__all__ = ["FEED_ACCEPT", "FEED_CAP", "IMAGE_ACCEPT", "IMAGE_CAP", "PAGE_ACCEPT", "PAGE_CAP", "Client"]

FEED_CAP = 16 << 20  # bytes after decoding
PAGE_CAP = 2 << 20
IMAGE_CAP = 2 << 20


def _utcnow() -> datetime:
    return datetime.now(UTC)


class Client:
    """Fetches addresses for one refresh; belongs to one event loop and is an async context manager.

    `timeout` is seconds for one whole fetch (name lookup, redirects and body; waiting for a turn is not counted),
    `jobs` how many fetches may run at once (at most 16, and 2 a host), `contact` goes into the User-Agent, `proxy` is
    an http or https proxy's address, "" for none: the environment is never asked. Clients that are used together share
    `queues` (and then its number of jobs). `logins` are those kept outside the library (`credentials.read_logins`).
    `resolver` and `clock` are for tests. Raises UsageError for a proxy of another kind.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        timeout: float = 30.0,
        jobs: int = IN_ALL,
        contact: str = "",
        proxy: str | None = None,
        queues: Queues | None = None,
        logins: Logins | None = None,
        resolver: Resolver = system_resolver,
        clock: Callable[[], datetime] = _utcnow,
    ) -> None:
        self._policy = policy
        self._timeout = timeout
        self._agent = request.user_agent(contact)
        self._proxy = _proxy(proxy) if proxy else None
        self._resolver = resolver
        self._clock = clock
        self._queues = queues or Queues(jobs)
        self._logins = logins or Logins()
        self._http: BareClient | None = None
        silence()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; a later fetch opens new ones."""
        http, self._http = self._http, None
        if http is not None:
            self._queues.forget(http.pool)
            await http.aclose()

    async def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        cap: int = FEED_CAP,
        accept: str = FEED_ACCEPT,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        on_start: Callable[[], None] | None = None,
    ) -> Fetched:
        """GET `url`, following at most five redirects, each judged like the first address.

        `etag` and `last_modified` make the request conditional (`Fetched.not_modified`); `cap` bounds the body in
        bytes; `headers` are the user's own for this source, `auth` is a user name and a password. They, user-info in
        `url` and `logins` go to the origin of `url` only; where they say the same, the later of `logins`, user-info,
        `headers`, `auth` counts.
        `on_start` is called when the wait for a turn is over. 204 comes back as an empty body with its status.
        Raises SourceError with `outcome` "gone" (410), "backoff" (429, 503 with Retry-After) or "error".
        """
        first = request.parse(url)
        if first is None:
            cause, advice = "it is not an http or https address", "give one that starts with http:// or https://"
            raise reasons.source_error(url, cause, advice)
        secrets = _by_name(
            self._logins.of(first),
            {"Authorization": first.credentials} if first.credentials else {},
            headers or {},
            {"Authorization": request.basic(*auth)} if auth else {},
        )
        job = Job(url, first, validator(etag), validator(last_modified), cap, accept, secrets)
        return await self._travel(job, on_start)

    async def _travel(self, job: Job, on_start: Callable[[], None] | None) -> Fetched:
        trip = _Trip(job.first, self._timeout)
        while True:
            host = trip.target.host
            async with self._queues.turn(host):
                if on_start is not None and trip.hops == 0:
                    on_start()
                while trip.target.host == host:  # a redirect on the same host keeps its turn
                    answer = await self._within(trip, job)
                    if isinstance(answer, Fetched):
                        return replace(answer, moved_to=trip.moved_to)
                    trip.go_on(job, answer)

    async def _within(self, trip: _Trip, job: Job) -> Fetched | Redirect:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(max(trip.left, 0.0)):
                return await self._ask(job, trip.target)
        except TimeoutError:
            cause = f"timed out, {trip.target.host_header} was not done after {self._timeout:g} s"
            raise reasons.source_error(job.url, cause, "try again later or raise network.timeout") from None
        finally:
            trip.left -= loop.time() - began

    async def _ask(self, job: Job, target: Target) -> Fetched | Redirect:
        http = self._http or self._open()
        from reader.sources.backend import StaleConnection
        from reader.sources.failures import HTTP_ERRORS, explain

        try:
            self._judge_before_proxy(target)
            try:
                return await self._exchange(http, job, target)
            except StaleConnection:  # a kept connection was closed meanwhile: one silent second try
                return await self._exchange(http, job, target)
        except RefusedError as error:
            raise (redirects.refused_target(job.url, target, error) if target is not job.first else error) from error
        except BodyError as error:
            raise reasons.source_error(job.url, str(error), reasons.TELL_OWNER) from error
        except HTTP_ERRORS as error:
            cause, advice = explain(error, target.host_header, self._proxy.host_header if self._proxy else "")
            raise reasons.source_error(job.url, cause, advice) from error

    async def _exchange(self, http: BareClient, job: Job, target: Target) -> Fetched | Redirect:
        lines = request.headers(
            target,
            agent=self._agent,
            accept=job.accept,
            etag=job.etag,
            last_modified=job.last_modified,
            secrets=job.secrets if target.origin == job.first.origin else None,
        )
        response = await http.open(target, lines)
        try:
            return await answers.read(response, job, target, self._clock())
        finally:
            await response.aclose()

    def _open(self) -> BareClient:
        from reader.sources.transport import open_client

        self._http = http = open_client(self._policy, self._resolver, self._proxy)
        self._queues.watch(http.pool)
        return http

    def _judge_before_proxy(self, target: Target) -> None:
        """A proxy resolves names itself, out of our sight; what can be judged without resolving is judged here."""
        if self._proxy is not None:
            local = target.host == "localhost" or target.host.endswith(".localhost")
            ip = "127.0.0.1" if local else numeric_address(target.host)
            if ip:
                self._policy.check(ip, target.host, target.port)


@dataclass(slots=True)
class _Trip:
    """Where a fetch stands: what is asked next, the seconds left of its one deadline, where permanent moves led."""

    target: Target
    left: float
    hops: int = 0
    moved_to: str = ""
    _permanent: bool = True

    def go_on(self, job: Job, redirect: Redirect) -> None:
        """Take one redirect; SourceError if it is one too many or not followed."""
        self.hops += 1
        if self.hops > MAX_REDIRECTS:
            raise redirects.too_many(job.url)
        self.target = redirects.follow(job.url, self.target, redirect)
        self._permanent = self._permanent and redirect.permanent
        if self._permanent:
            self.moved_to = redirects.kept_address(job.url, job.first, self.target)


def _by_name(*layers: Mapping[str, str]) -> dict[str, str]:
    """One mapping of headers, where the last layer counts; names in any case are the same name."""
    found = {name.lower(): (name, value) for layer in layers for name, value in layer.items()}
    return dict(found.values())


def _proxy(address: str) -> Target:
    target = request.parse(address)
    if target is None:
        raise UsageError(
            f"the proxy {mask(address)} is not an http or https address; "
            "set network.proxy to one like http://proxy.example:3128"
        )
    return target
