"""Where connections go: resolution, rebinding, queues, proxies, and that nobody else is contacted."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from contextlib import AsyncExitStack

import pytest
from sources_server import BODY, Handler, Request, Server, client, failure, redirect, reply, serving

from reader.sources.http import Client
from reader.sources.policy import AddressPolicy
from reader.sources.queues import Queues
from reader.sources.resolver import numeric_address, system_resolver


class Names:
    """A resolver that answers from lists, one list a question, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        lists = self.answers[host]
        return lists.pop(0) if len(lists) > 1 else lists[0]


async def test_a_name_that_leads_to_this_machine_is_refused(server: Server) -> None:
    """A public name with a private address is judged by the address."""
    names = Names(evil_example=[["127.0.0.1"]])
    async with client(resolver=names) as reader:
        error = await failure(reader, server.url(host="evil.example"))
    assert "127.0.0.1" in str(error)
    assert f"evil.example:{server.port}" in str(error)
    assert server.most_connections == 0


async def test_rebinding_gains_nothing(server: Server) -> None:
    """A name that is public when asked first and private later is judged again at each connection."""
    names = Names(rebind_example=[["192.0.2.1"], ["127.0.0.2"]])
    policy = AddressPolicy()
    reached: list[str] = []
    async with Client(policy, resolver=names, timeout=2) as reader:
        for _ in range(3):
            error = await failure(reader, server.url(host="rebind.example"))
            reached.append(str(error))
    assert "192.0.2.1" in reached[0]
    assert "127.0.0.2" in reached[1]
    assert server.most_connections == 0


async def test_the_checked_address_is_the_one_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is resolved once a connection; the socket gets the number that was judged, never the name."""
    names = Names(feeds_example=[["127.0.0.1"], ["127.0.0.2"]])
    targets: list[str] = []
    sock_connect = asyncio.BaseEventLoop.create_connection

    async def spy(self: asyncio.BaseEventLoop, factory: object, host: str, *args: object, **kwargs: object) -> object:
        targets.append(host)
        return await sock_connect(self, factory, host, *args, **kwargs)  # type: ignore[arg-type,misc]  # passed on

    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", spy)
    policy = AddressPolicy({f"feeds.example:{server.port}"})
    async with Client(policy, resolver=names) as reader:
        for _ in range(3):
            await reader.fetch(server.url(host="feeds.example"))
    assert targets == ["127.0.0.1"]
    assert names.asked == ["feeds.example"]
    assert server.requests[0].headers["host"] == f"feeds.example:{server.port}"


async def test_forbidden_addresses_of_a_name_are_left_out(server: Server) -> None:
    """Of several addresses only the permitted ones are tried: here none but a dead public one."""
    names = Names(mixed_example=[["127.0.0.1", "::1", "192.0.2.1"]])
    async with Client(AddressPolicy(), resolver=names, timeout=2) as reader:
        error = await failure(reader, server.url(host="mixed.example"))
    assert "127.0.0.1" in str(error)
    assert server.most_connections == 0


@pytest.mark.parametrize("addresses", [["127.0.0.3", "127.0.0.1"], ["127.0.0.1", "127.0.0.3"]])
async def test_the_next_address_is_tried_when_one_fails(server: Server, addresses: list[str]) -> None:
    """A name with a dead address and a living one is read, whichever comes first."""
    policy = AddressPolicy({f"feeds.example:{server.port}"})
    async with Client(policy, resolver=Names(feeds_example=[addresses]), timeout=8) as reader:
        assert (await reader.fetch(server.url(host="feeds.example"))).body == BODY


@pytest.mark.parametrize("host", ["2130706434", "127.1", "0x7f000002", "[::ffff:7f00:2]", "017700000002", "127.0.0.2."])
async def test_odd_forms_of_loopback_are_refused(host: str) -> None:
    """However the number is written, it is loopback."""
    async with Client(AddressPolicy()) as reader:
        error = await failure(reader, f"http://{host}:9/")
    assert "own address" in str(error)


async def test_a_closed_port_is_refused_in_words() -> None:
    """Nobody listening: who refused, and what to check."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with Client(AddressPolicy({f"127.0.0.1:{port}"})) as reader:
        error = await failure(reader, f"http://127.0.0.1:{port}/feed")
    assert f"127.0.0.1:{port} refused the connection" in str(error)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "no such host as news.example"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "no name server could be asked for news.example"),
        (UnicodeError("label too long"), "no such host as news.example"),
        (OSError(101, "Network is unreachable"), "no network that leads to news.example"),
    ],
)
async def test_names_that_cannot_be_resolved_are_said_in_words(problem: Exception, words: str) -> None:
    """A misspelt name, no network, and a name that cannot exist each have their sentence."""

    async def resolver(_host: str, _port: int) -> list[str]:
        raise problem

    async with Client(AddressPolicy(), resolver=resolver) as reader:
        assert words in str(await failure(reader, "https://news.example/feed"))


async def test_a_name_without_addresses_is_an_error() -> None:
    """An empty answer of the resolver is no crash."""

    async def resolver(_host: str, _port: int) -> list[str]:
        return []

    async with Client(AddressPolicy(), resolver=resolver) as reader:
        assert "news.example" in str(await failure(reader, "https://news.example/feed"))


async def test_a_silent_name_server_ends_at_the_deadline() -> None:
    """Looking up the name is part of the deadline."""

    async def resolver(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(3600)
        return []

    async with Client(AddressPolicy(), resolver=resolver, timeout=0.3) as reader:
        assert "timed out" in str(await failure(reader, "https://news.example/feed"))


def test_a_hanging_lookup_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the deadline the event loop ends at once, though the system is still asking its name servers."""
    release = threading.Event()

    def hang(*_args: object, **_kwargs: object) -> list[object]:
        release.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "late")

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    async def run() -> None:
        async with Client(AddressPolicy(), timeout=0.2) as reader:
            await failure(reader, "https://news.example/feed")

    began = time.monotonic()
    asyncio.run(run())
    assert time.monotonic() - began < 5
    release.set()


async def test_the_system_resolver_gives_numbers_and_real_names() -> None:
    """Numbers come back at once; localhost is looked up; nonsense raises the system's error."""
    assert await system_resolver("127.0.0.1", 80) == ["127.0.0.1"]
    assert await system_resolver("::1", 80) == ["::1"]
    assert set(await system_resolver("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(OSError):
        await system_resolver("no-such-host.invalid", 80)


@pytest.mark.parametrize(
    ("host", "expected"), [("2130706434", "127.0.0.2"), ("127.1", "127.0.0.1"), ("news.example", "")]
)
def test_numbers_are_told_from_names_without_asking_anybody(host: str, expected: str) -> None:
    """What the system reads as a number is found out offline."""
    assert numeric_address(host) == expected


def test_a_client_works_in_any_thread(server_in_thread: str) -> None:
    """`asyncio.run` in a worker thread is how the terminal program refreshes."""
    bodies: list[bytes] = []

    async def run() -> None:
        policy = AddressPolicy({server_in_thread.removeprefix("http://")})
        async with Client(policy) as reader:
            bodies.append((await reader.fetch(server_in_thread + "/feed")).body)

    threads = [threading.Thread(target=lambda: asyncio.run(run())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert bodies == [BODY] * 3


# --- queues --------------------------------------------------------------------------------------------------------


def counting(limit: list[int], active: list[int]) -> Handler:
    async def handler(_request: Request, writer: asyncio.StreamWriter) -> None:
        active[0] += 1
        limit[0] = max(limit[0], active[0])
        await asyncio.sleep(0.02)
        active[0] -= 1
        writer.write(reply())

    return handler


async def test_at_most_two_connections_a_host_and_sixteen_in_all() -> None:
    """Measured at the servers: 20 hosts with five feeds each never see a third connection, nor all a seventeenth."""
    most, active = [0], [0]
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(
                serving(
                    {"/feed": counting(most, active)}, address=f"127.0.1.{number}" if HAS_LOOPBACK_NET else "127.0.0.1"
                )
            )
            for number in range(1, 21)
        ]
        async with client(*servers, timeout=20) as reader:
            watch = asyncio.create_task(_most_in_all(servers))
            fetched = await asyncio.gather(*(reader.fetch(one.url()) for one in servers for _ in range(5)))
            watch.cancel()
            open_at_most = await watch
    assert len(fetched) == 20 * 5
    assert max(one.most_connections for one in servers) <= 2
    assert open_at_most <= 16
    assert most[0] <= 16
    if HAS_LOOPBACK_NET:
        assert most[0] > 8, "the turns are used"


async def test_clients_that_share_queues_share_the_limits() -> None:
    """Twenty clients with a consent each: two connections a host and sixteen in all, the kept ones included."""
    queues, most, active = Queues(), [0], [0]
    async with AsyncExitStack() as stack:
        addresses = [f"127.0.1.{number}" if HAS_LOOPBACK_NET else "127.0.0.1" for number in range(1, 21)]
        servers = [
            await stack.enter_async_context(serving({"/feed": counting(most, active)}, address=address))
            for address in addresses
        ]
        clients = [await stack.enter_async_context(client(one, timeout=20, queues=queues)) for one in servers]
        watch = asyncio.create_task(_most_in_all(servers))
        for _ in range(2):
            await asyncio.gather(
                *(reader.fetch(one.url()) for one, reader in zip(servers, clients, strict=True) for _ in range(3))
            )
            await asyncio.sleep(0.05)
        watch.cancel()
        assert await watch <= 16
        assert max(one.most_connections for one in servers) <= 2


async def _most_in_all(servers: list[Server]) -> int:
    most = 0
    try:
        while True:
            most = max(most, sum(server.connections for server in servers))
            await asyncio.sleep(0.002)
    except asyncio.CancelledError:
        return most


def _has_loopback_net() -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.1.1", 0))
        except OSError:  # macOS has only 127.0.0.1
            return False
    return True


HAS_LOOPBACK_NET = _has_loopback_net()


async def test_two_connections_a_host_hold_for_all_its_ports_while_in_use() -> None:
    """A host is its name: servers on two ports of it share the two turns."""
    most, active = [0], [0]
    async with (
        serving({"/feed": counting(most, active)}) as one,
        serving({"/feed": counting(most, active)}) as two,
        client(one, two) as reader,
    ):
        await asyncio.gather(*(reader.fetch(each.url()) for each in (one, two) for _ in range(6)))
    assert most[0] == 2


async def test_fewer_jobs_mean_fewer_at_once(server: Server) -> None:
    """`jobs = 1` is one fetch at a time; absurd numbers are bounded."""
    most, active = [0], [0]
    server.routes["/feed"] = counting(most, active)
    async with client(server, jobs=1) as reader:
        await asyncio.gather(*(reader.fetch(server.url()) for _ in range(5)))
    assert most[0] == 1
    async with client(server, jobs=-3) as reader:
        await reader.fetch(server.url())


# --- proxies -------------------------------------------------------------------------------------------------------


async def test_proxies_of_the_environment_are_ignored(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY and its kin, also an unroutable one, change nothing."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.9:1")
    async with client(server) as reader:
        assert (await reader.fetch(server.url())).body == BODY


async def test_a_configured_proxy_gets_the_request_and_its_login() -> None:
    """The whole address goes to the proxy, whose own address needs no consent; the name is not resolved here."""

    async def proxy_answer(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(b"through the proxy"))

    async with serving({"http://news.example/feed": proxy_answer}) as proxy:
        names = Names(**{proxy.address.replace(".", "_"): [[proxy.address]]})
        address = proxy.url("").replace("://", "://ada:hunter2@")
        async with Client(AddressPolicy(), proxy=address, resolver=names) as reader:
            fetched = await reader.fetch("http://news.example/feed")
        assert fetched.body == b"through the proxy"
        assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")
        assert "news.example" not in names.asked


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:1", "2130706433:1", "10.0.0.1", "[::1]:1", "x.localhost:1"])
async def test_a_proxy_does_not_lead_to_private_addresses(host: str) -> None:
    """What can be judged without resolving is judged before the proxy is asked."""
    async with serving({}) as proxy, Client(AddressPolicy(), proxy=proxy.url("")) as reader:
        error = await failure(reader, f"http://{host}/feed")
        assert "nobody has consented" in str(error)
        assert proxy.requests == []


async def test_a_proxy_that_refuses_is_named_without_its_password() -> None:
    """A refused tunnel says which proxy, and never its login."""
    async with serving({}) as proxy:
        address = proxy.url("").replace("://", "://ada:hunter2@")
        async with Client(AddressPolicy(), proxy=address) as reader:
            error = await failure(reader, "https://news.example/feed")
    assert f"the proxy 127.0.0.1:{proxy.port}" in str(error)
    assert "hunter2" not in str(error)


# --- nobody else ---------------------------------------------------------------------------------------------------

AUDITED = """
import asyncio, sys
contacted = []
def hook(event, args):
    if event == "socket.connect":
        contacted.append(args[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen", "os.system"):
        contacted.append((event, args[0]))
sys.addaudithook(hook)
from reader.sources.http import Client
from reader.sources.policy import AddressPolicy

async def main(port):
    async with Client(AddressPolicy({f"127.0.0.1:{port}"})) as reader:
        for path in ("/feed", "/moved", "/feed"):
            await reader.fetch(f"http://127.0.0.1:{port}{path}")
        try:
            await reader.fetch(f"http://127.0.0.1:{port}/away")
        except Exception as error:
            assert "own address" in str(error), error

asyncio.run(main(int(sys.argv[1])))
print(sorted({str(one) for one in contacted}))
"""


async def test_only_the_host_that_was_asked_for_is_contacted(server: Server) -> None:
    """An audit hook sees every connection and lookup of a fresh process: one address, nothing else."""
    server.routes |= {"/moved": redirect("/feed"), "/away": redirect("http://127.0.0.2:1/secret")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-c", AUDITED, str(server.port), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert err == b""
    assert out.decode().strip() == str([f"('127.0.0.1', {server.port})"])


def test_importing_the_room_loads_no_network_library() -> None:
    """The HTTP library comes with the first fetch, not with the import."""
    code = (
        "import sys, reader.sources, reader.sources.http, reader.sources.files\n"
        "print(sorted({'httpx', 'httpcore', 'anyio', 'h11'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert out.strip() == "[]"
