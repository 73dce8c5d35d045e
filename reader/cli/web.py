"""The web server behind `serve`: textual-serve on loopback, and a door in front of it.

The door lets nobody in who was not given the address with the token: neither another user of the machine, nor a page
in the same browser (its requests come without the cookie, from another origin), nor a name that was made to lead to
127.0.0.1 (the Host header says so). What is served loads nothing from anywhere else.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from aiohttp import web
from textual_serve.server import Server

from reader.cli.web_room import WebRoom

HOST = "127.0.0.1"
MOST_BYTES = 1 << 20  # of one message of a browser: a long paste
GLANCE = 0.2  # seconds between looks at whether somebody wants to end it
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self' {socket}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site(Server):
    """The rooms made by the command `argv`, at `entrance` and nowhere else."""

    def __init__(self, argv: Sequence[str], port: int) -> None:
        self._argv = argv
        super().__init__("secnews", host=HOST, port=port, title="secnews", public_url=f"http://{HOST}:{port}")
        self._token = secrets.token_urlsafe(24)
        self._cookie = f"secnews-{port}"
        self._rooms: set[WebRoom] = set()

    @property
    def entrance(self) -> str:
        """The address to open: the token is in it, once; a cookie takes its place."""
        return f"{self.public_url}/?{urlencode({'token': self._token})}"

    async def application(self) -> web.Application:
        """textual-serve's application, with the door before every route."""
        app = await self._make_app()  # the one place where textual-serve lets middleware in
        app.middlewares.append(self._door)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing here: the verb does."""

    @web.middleware
    async def _door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.host != f"{HOST}:{self.port}" or request.headers.get("Origin", self.public_url) != self.public_url:
            return _refused("This address is not ours.")
        if self._is_ours(request.query.get("token", "")):
            answer: web.StreamResponse = web.HTTPSeeOther("/")
            answer.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict", path="/")
            return _closed(answer, self.port)
        if not self._is_ours(request.cookies.get(self._cookie, "")):
            return _refused("Open the whole address that `secnews serve` has printed, with its token.")
        try:
            answer = await handler(request)
        except web.HTTPException as refusal:
            _closed(refusal, self.port)
            raise
        return answer if answer.prepared else _closed(answer, self.port)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A room of its own for each tab; it ends with the tab."""
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=MOST_BYTES)
        await socket.prepare(request)
        room = WebRoom(self._argv, socket, self.download_manager)
        self._rooms.add(room)
        try:
            await room.start(_number(request.query.get("width"), 80), _number(request.query.get("height"), 24))
            await room.converse()
        finally:
            self._rooms.discard(room)
            await room.stop()
        return socket

    async def on_shutdown(self, app: web.Application) -> None:
        """No room outlives its server."""
        await asyncio.gather(*(room.stop() for room in set(self._rooms)), return_exceptions=True)

    def _is_ours(self, word: str) -> bool:
        return secrets.compare_digest(word.encode("utf-8", "replace"), self._token.encode())


def served(site: Site, stop: threading.Event, ready: Callable[[], None]) -> None:
    """Serve until `stop` is set; `ready` is called when the door is open. Raises OSError if the port cannot be had."""
    _silenced()
    asyncio.run(_served(site, stop, ready))


def _silenced() -> None:
    """What strangers send is no news for this terminal, and must not be drawn on it."""
    for name in ("aiohttp", "textual-serve", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _number(word: str | None, usual: int) -> int:
    return int(word) if word and word.isascii() and word.isdigit() and len(word) < 6 else usual


async def _served(site: Site, stop: threading.Event, ready: Callable[[], None]) -> None:
    runner = web.AppRunner(await site.application(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, site.port).start()
        ready()
        while not stop.is_set():
            await asyncio.sleep(GLANCE)
    finally:
        await runner.cleanup()


def _refused(why: str) -> web.Response:
    return web.Response(status=403, text=f"{why}\n")


def _closed(answer: web.StreamResponse, port: int) -> web.StreamResponse:
    answer.headers["Content-Security-Policy"] = POLICY.format(socket=f"ws://{HOST}:{port}")
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
