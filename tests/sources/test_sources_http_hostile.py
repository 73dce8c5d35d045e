"""Client.fetch against servers that are slow, endless, broken or lying (our own, on loopback)."""

from __future__ import annotations

import asyncio
import gzip
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sources_server import BODY, Handler, Request, Server, client, failure, redirect, reply, reset, serving

from reader.errors import SourceError
from reader.sources import decode
from reader.sources.http import Client
from reader.sources.policy import AddressPolicy
from reader.sources.queues import Queues
from reader.text.clean import clean_line

Writer = asyncio.StreamWriter


def endless(start: bytes, more: bytes, pause: float = 0.0) -> Handler:
    """Send `start` and then `more` for ever."""

    async def handler(_request: Request, writer: Writer) -> None:
        writer.write(start)
        while True:
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(pause)

    return handler


def then_close(data: bytes) -> Handler:
    async def handler(_request: Request, writer: Writer) -> None:
        writer.write(data)
        writer.close()

    return handler


def then_reset(data: bytes) -> Handler:
    async def handler(_request: Request, writer: Writer) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(0.05)
        reset(writer)

    return handler


async def silent(_request: Request, _writer: Writer) -> None:
    await asyncio.sleep(3600)


HEAD = b"HTTP/1.1 200 OK\r\n"
GZIP = HEAD + b"Content-Encoding: gzip\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

SLOW: dict[str, Handler] = {
    "drip": endless(HEAD + b"\r\n", b" ", 0.1),
    "slow headers": endless(HEAD + b"X-Slow: ", b"a", 0.1),
    "silence": silent,
    "slow 103s": endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.1),
    "slow chunks": endless(CHUNKED, b"1\r\n \r\n", 0.1),
    "slow gzip": endless(GZIP + b"\r\n" + gzip.compress(b"")[:10], b"\x00\x00\x00\xff\xff", 0.1),
}

BROKEN: dict[str, tuple[bytes | Handler, str]] = {
    "gzip bomb": (reply(gzip.compress(bytes(5 << 20)), "Content-Encoding: gzip"), "larger than the limit of 1 MiB"),
    "body over the cap": (reply(bytes((1 << 20) + 1)), "larger than the limit of 1 MiB"),
    "declared over the cap": (
        endless(HEAD + b"Content-Length: 10995116277760\r\n\r\n", b"", 1.0),
        "larger than the limit",
    ),
    "declared beyond reading": (
        endless(HEAD + b"Content-Length: 99999999999999999999\r\n\r\n", b"", 1.0),
        "larger than",
    ),
    "endless": (endless(HEAD + b"\r\n", b"<item/>" * 5000), "larger than the limit of 1 MiB"),
    "endless chunks of a byte": (endless(CHUNKED, b"1\r\n \r\n" * 2000), "pieces of a few bytes"),
    "endless 103s": (endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50), "headers without end"),
    "50,000 headers": (
        then_close(HEAD + b"".join(b"X-%d: v\r\n" % n for n in range(50_000)) + b"\r\n"),
        "headers without",
    ),
    "header of 5 MB": (then_close(HEAD + b"X: " + b"a" * 5_000_000 + b"\r\n\r\n"), "headers without end"),
    "gzip, gzip, gzip": (reply(gzip.compress(BODY), "Content-Encoding: gzip, gzip, gzip"), "3 times over"),
    "brotli": (reply(b"x", "Content-Encoding: br"), "not asked for (br)"),
    "zstd": (reply(b"x", "Content-Encoding: zstd"), "not asked for (zstd)"),
    "deflate": (reply(b"x", "Content-Encoding: deflate"), "not asked for (deflate)"),
    "coding with escapes": (reply(b"x", "Content-Encoding: \x9b31m"), "not asked for (31m)"),
    "truncated gzip": (reply(gzip.compress(BODY * 20)[:60], "Content-Encoding: gzip"), "damaged compression"),
    "not gzip at all": (reply(BODY, "Content-Encoding: gzip"), "damaged compression"),
    "too short": (then_close(HEAD + b"Content-Length: 5000\r\n\r\n" + BODY), "closed early"),
    "chunks cut short": (then_close(CHUNKED + b"5\r\nabc"), "closed early"),
    "conflicting lengths": (then_close(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "not proper HTTP"),
    "bad chunk size": (then_close(CHUNKED + b"ZZZZ\r\nhello\r\n"), "not proper HTTP"),
    "another protocol": (then_close(b"SSH-2.0-OpenSSH_9.9\r\n\x1b]0;owned\x07\r\n"), "not proper HTTP"),
    "half a head": (then_close(HEAD + b"X-Half: "), "not proper HTTP"),
    "no answer": (then_close(b""), "without an answer"),
    "reset": (then_reset(HEAD + b"Content-Length: 5000\r\n\r\n" + BODY), "reset the connection"),
    "empty": (reply(b""), "empty reply"),
    "empty gzip": (reply(gzip.compress(b""), "Content-Encoding: gzip"), "empty reply"),
    "switching protocols": (
        then_close(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
        "not proper HTTP",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_broken_answers_give_one_sentence_and_leave_nothing_behind(
    server: Server, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fault is named in a clean sentence, in far less than the deadline, and no task or connection is left."""
    monkeypatch.setattr(decode, "_MAX_SCRAPS", 5_000)  # the true number takes a second of processor time
    answer, words = BROKEN[case]
    server.routes["/bad"] = answer
    began = time.monotonic()
    async with client(server, timeout=20) as reader:
        error = await failure(reader, server.url("/bad"), cap=1 << 20)
        assert words in str(error)
        assert clean_line(str(error)) == str(error)
        assert str(error).startswith(server.url("/bad"))
        assert error.outcome == "error"
        assert (await reader.fetch(server.url())).body == BODY, "the client still works afterwards"
    assert time.monotonic() - began < 10
    await asyncio.sleep(0.01)
    traces = ("reader/sources", "httpx", "httpcore")
    ours = [task for task in asyncio.all_tasks() if any(trace in repr(task) for trace in traces)]
    assert ours == []


async def test_slow_servers_end_at_the_deadline_while_others_are_read() -> None:
    """One total deadline a fetch, whatever trickles in; meanwhile other hosts answer at once."""
    hosts = [f"slow{number}.example" for number in range(len(SLOW))]  # each has turns of its own

    async def loopback(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async with serving({f"/{number}": handler for number, handler in enumerate(SLOW.values())}) as slow:
        slow.routes["/feed"] = reply()
        allowed = {slow.endpoint(host) for host in (*hosts, "good.example")}
        reader = Client(AddressPolicy(allowed), timeout=0.5, resolver=loopback)
        slow_address = [slow.url(f"/{number}", host) for number, host in enumerate(hosts)]
        seconds: dict[str, float] = {}

        async def timed(url: str) -> None:
            began = 0.0

            def start() -> None:
                nonlocal began
                began = time.monotonic()

            error = await failure(reader, url, on_start=start)
            seconds[url] = time.monotonic() - began
            assert "timed out" in str(error)
            assert "0.5 s" in str(error)

        await asyncio.gather(*(timed(url) for url in slow_address))
        assert len(seconds) == len(SLOW)
        assert max(seconds.values()) < 0.5 + 5
        assert (await reader.fetch(slow.url(host="good.example"))).body == BODY
        await reader.aclose()


async def test_a_slow_host_does_not_hold_up_another() -> None:
    """While both turns of a silent host are taken and others wait for them, a good host is read in no time."""

    async def loopback(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async with serving({"/slow": silent, "/feed": reply()}) as server:
        policy = AddressPolicy({server.endpoint("slow.example"), server.endpoint("good.example")})
        async with Client(policy, timeout=3, resolver=loopback) as reader:
            waiting = [asyncio.create_task(failure(reader, server.url("/slow", "slow.example"))) for _ in range(4)]
            await asyncio.sleep(0.05)
            began = time.monotonic()
            assert (await reader.fetch(server.url("/feed", "good.example"))).body == BODY
            assert time.monotonic() - began < 2.5
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


async def test_the_deadline_covers_the_whole_chain_of_redirects(server: Server) -> None:
    """Five slow hops together have the time of one fetch."""

    def slow_hop(target: str) -> Handler:
        async def handler(_request: Request, writer: Writer) -> None:
            await asyncio.sleep(0.15)
            writer.write(redirect(target))

        return handler

    server.routes |= {f"/{hop}": slow_hop(f"/{hop + 1}") for hop in range(5)} | {"/5": reply()}
    async with client(server, timeout=0.4) as reader:
        assert "timed out" in str(await failure(reader, server.url("/0")))
    assert len(server.requests) <= 4


async def test_waiting_for_a_turn_does_not_count(server: Server) -> None:
    """A fetch that waits longer for its turn than the deadline allows is read all the same."""
    queues = Queues()
    async with client(server, timeout=0.5, queues=queues) as reader:
        await reader.fetch(server.url())
        async with queues.turn("127.0.0.1"), queues.turn("127.0.0.1"):  # nobody else wants them here
            waiting = asyncio.create_task(reader.fetch(server.url()))
            await asyncio.sleep(0.55)
            assert not waiting.done()
            assert len(server.requests) == 1
        assert (await waiting).body == BODY


async def test_bytes_after_the_declared_length_are_not_read(server: Server) -> None:
    """What follows a body is not taken for the next answer."""
    server.routes["/long"] = reply(b"abc") + reply(b"SMUGGLED")
    async with client(server) as reader:
        assert (await reader.fetch(server.url("/long"))).body == b"abc"
        assert (await reader.fetch(server.url())).body == BODY


async def test_a_fetch_can_be_cancelled_at_any_time(server: Server) -> None:
    """Cancelling leaves a client that works, with its turns given back."""
    server.routes["/silent"] = silent
    async with client(server) as reader:
        for delay in (0.0, 0.001, 0.02, 0.1):
            tasks = [asyncio.create_task(reader.fetch(server.url("/silent"))) for _ in range(5)]
            await asyncio.sleep(delay)
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(result, asyncio.CancelledError) for result in results)
        assert (await reader.fetch(server.url())).body == BODY


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400)
    | st.binary(max_size=200).map(lambda data: b"HTTP/1.1 200 OK\r\n" + data)
    | st.binary(max_size=200).map(
        lambda data: b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + data + b"\r\n\r\n"
    )
    | st.binary(max_size=200).map(lambda data: b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + data)
    | st.binary(max_size=200).map(lambda data: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + data)
    | st.binary(max_size=60).map(lambda data: b"HTTP/1.1 429 " + data + b"\r\nRetry-After: " + data + b"\r\n\r\n")
)
def test_any_bytes_a_server_sends_are_an_answer_or_a_clean_error(data: bytes) -> None:
    """Nothing a server can send raises anything but SourceError, and no sentence holds a control character."""

    async def run() -> None:
        async with serving({"/feed": then_close(data)}) as server, client(server, timeout=5) as reader:
            try:
                fetched = await reader.fetch(server.url())
            except SourceError as error:
                sentence = str(error)
                assert clean_line(sentence) == sentence
            else:
                assert fetched.content_type == clean_line(fetched.content_type)
                assert (fetched.etag + fetched.last_modified).isprintable()

    asyncio.run(run())
