"""The network libraries' logs: silent below WARNING, masked above."""

from __future__ import annotations

import logging

import pytest
from sources_server import Server, client

from reader.sources.quiet import silence

NAMES = ("httpx", "httpcore", "httpcore.connection", "httpcore.http11", "httpcore.proxy")


async def test_a_fetch_logs_nothing_even_with_debug_on(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """With the root logger at DEBUG no record of a fetch tells addresses or logins."""
    caplog.set_level(logging.DEBUG)
    async with client(server) as reader:
        await reader.fetch(server.url("/feed?token=hunter2").replace("://", "://ada:hunter2@"))
    ours = [record for record in caplog.records if record.name.split(".")[0] in ("httpx", "httpcore", "reader")]
    assert ours == []
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "message",
    [
        "failed: http://ada:hunter2@news.example/feed?token=hunter2&x=1",
        "headers=[(b'Authorization', b'Basic hunter2'), (b'Accept', b'*/*')]",
        "Cookie: hunter2",
        "x-api-key: hunter2",
    ],
)
def test_warnings_are_masked(name: str, message: str, caplog: pytest.LogCaptureFixture) -> None:
    """What a library says at WARNING loses user-info, secret values and login headers, and stays one clean line."""
    silence()
    silence()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger(name).warning("%s \x1b[2J", message)
    assert len(caplog.records) == 1
    assert "hunter2" not in caplog.text
    assert "\x1b" not in caplog.text
    assert "***" in caplog.text


@pytest.mark.parametrize("name", NAMES)
def test_silencing_twice_adds_one_filter(name: str) -> None:
    """Every client silences; the loggers do not collect filters."""
    silence()
    before = len(logging.getLogger(name).filters)
    silence()
    assert len(logging.getLogger(name).filters) == before == 1
