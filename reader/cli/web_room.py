"""One room behind the web server: a process of its own, started without a shell, that ends with its browser tab."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

LEAST, MOST = 1, 500  # columns and rows that are believed
PATIENCE = 5.0  # seconds a room may take to close
Frame = tuple[str, object]


class WebRoom(AppService):
    """textual-serve's room, run from an argument list."""

    def __init__(self, argv: Sequence[str], socket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        super().__init__(
            "", write_bytes=socket.send_bytes, write_str=socket.send_str, close=self._close, download_manager=downloads
        )
        self._argv = argv
        self._socket = socket

    async def _close(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environ = self._build_environment(width=_size(width), height=_size(height))
        process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environ, start_new_session=True
        )
        process.stderr = asyncio.StreamReader()  # textual-serve would print what comes there, as it is
        process.stderr.feed_eof()
        self._process, self._stdin = process, process.stdin
        return process

    async def set_terminal_size(self, width: int, height: int) -> None:
        await super().set_terminal_size(_size(width), _size(height))

    async def stop(self) -> None:
        """Ask the room to close, and end it if it does not."""
        try:
            async with asyncio.timeout(PATIENCE):
                await super().stop()
        except (TimeoutError, asyncio.CancelledError):
            self._task = None
            raise
        finally:
            if self._process is not None and self._process.returncode is None:
                self._process.kill()

    async def converse(self) -> None:
        """Take what the browser sends, until it goes away or sends what is no message of textual-serve's page."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                kind, told = _frame(message.data)
                await self._take(kind, told)
            except (ValueError, TypeError, KeyError, RecursionError):
                await self._socket.close(code=1003)
                return

    async def _take(self, kind: str, told: object) -> None:
        if kind == "stdin" and isinstance(told, str):
            await self.send_bytes(told.encode("utf-8"))
        elif kind == "resize" and isinstance(told, dict):
            await self.set_terminal_size(int(told["width"]), int(told["height"]))
        elif kind == "ping":
            await self._socket.send_json(["pong", told])
        elif kind == "blur":
            await self.blur()
        elif kind == "focus":
            await self.focus()
        else:
            raise ValueError(kind)


def _frame(text: str) -> Frame:
    """`["stdin", "j"]`, `["blur"]`; raises ValueError or RecursionError for anything else."""
    frame = json.loads(text)
    if not isinstance(frame, list) or not 1 <= len(frame) <= 2 or not isinstance(frame[0], str):
        raise ValueError("no frame")
    return frame[0], frame[1] if len(frame) == 2 else None


def _size(cells: int) -> int:
    return max(LEAST, min(int(cells), MOST))
