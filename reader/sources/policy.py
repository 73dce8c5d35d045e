"""Which addresses may be connected to, and which redirects may be followed.

Feeds are written by strangers, so an address in one can point at the reader's own machine or network. The judgement is
made on the address a name resolves to, at the moment of connecting (`backend`), never on how the name is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from reader.errors import SourceError
from reader.text.addresses import normalise
from reader.text.clean import clean_line

DEFAULT_PORTS = {"http": 80, "https": 443}


class RefusedError(SourceError):
    """The policy forbids a connection; nothing was sent to anybody."""


class AddressPolicy:
    """Public addresses are allowed, all others only where the user has consented to that host and port.

    `allow` holds `"host:port"` strings (`consent` makes them); an IPv6 host stands in brackets.
    """

    def __init__(self, allow: Iterable[str] = frozenset()) -> None:
        self.allow = frozenset(entry.strip().lower() for entry in allow)

    def consented(self, host: str, port: int) -> bool:
        """Whether the user has named this host (as written, in any case) and this port."""
        return endpoint(host, port) in self.allow

    def permits(self, ip: str, host: str, port: int) -> bool:
        """Whether a connection to `ip` on behalf of `host`:`port` may be made."""
        return not kind(ip) or self.consented(host, port)

    def check(self, ip: str, host: str, port: int) -> None:
        """Raise RefusedError (a SourceError) if `ip`, which `host` resolves to, may not be connected to on `port`."""
        if not self.permits(ip, host, port):
            where = clean_line(endpoint(host, port), 300)
            raise RefusedError(
                f"{where} was not contacted: it leads to {clean_line(ip, 60)}, {kind(ip)}, and nobody has consented to "
                f'that; if you trust it, add the address by hand or list "{where}" under network.allow_private'
            )


def consent(url: str) -> str:
    """Return the `"host:port"` that consent to `url` covers, "" if it is not a web address."""
    parts = urlsplit(normalise(url))
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return ""
    return endpoint(parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme])


def endpoint(host: str, port: int) -> str:
    """Return `"host:port"` in lower case, an IPv6 host in brackets, without a trailing dot."""
    host = host.lower().strip("[]").rstrip(".")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def downgrades(old_url: str, new_url: str) -> bool:
    """Whether going from `old_url` to `new_url` gives up encryption.

    Such redirects are refused: whoever listens on the way could have written everything from there on.
    """
    return urlsplit(old_url).scheme == "https" and urlsplit(new_url).scheme != "https"


def kind(ip: str) -> str:
    """Return in words why `ip` is not a public address, "" if it is one.

    The tables are the IANA special-purpose registries. Forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo,
    ISATAP) are never public: mapped ones count as the address they carry, the others are refused whatever they carry.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return "not an address"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return _kind_v6(address)
        address = address.ipv4_mapped
    return _kind_v4(address)


def _kind_v4(address: IPv4Address) -> str:
    return next((words for network, words in _V4 if address in network), "")


def _kind_v6(address: IPv6Address) -> str:
    words = next((words for network, words in _V6 if address in network), "")
    if not words and (int(address) >> 32) & 0xFDFF_FFFF == 0x5EFE:
        return "an ISATAP address, which hides another one"
    if not words and address not in _GLOBAL_UNICAST:
        return "a reserved address"
    return words


_GLOBAL_UNICAST = IPv6Network("2000::/3")
_PRIVATE = "a private address"
_RESERVED = "a reserved address"
_LOOPBACK = "this machine's own address"
_LOCAL = "a link-local address"
_EXAMPLES = "an address reserved for documentation"
_V4 = tuple(
    (IPv4Network(network), words)
    for network, words in (
        ("127.0.0.0/8", _LOOPBACK),
        ("0.0.0.0/8", "an unspecified address, which means this machine"),
        ("10.0.0.0/8", _PRIVATE),
        ("172.16.0.0/12", _PRIVATE),
        ("192.168.0.0/16", _PRIVATE),
        ("169.254.169.254/32", "the metadata service of cloud machines"),
        ("169.254.0.0/16", _LOCAL),
        ("100.100.100.200/32", "the metadata service of cloud machines"),
        ("100.64.0.0/10", "a provider's shared address (CGNAT)"),
        ("192.0.0.0/24", _RESERVED),
        ("192.0.2.0/24", _EXAMPLES),
        ("198.51.100.0/24", _EXAMPLES),
        ("203.0.113.0/24", _EXAMPLES),
        ("192.88.99.0/24", "a 6to4 relay address"),
        ("198.18.0.0/15", "an address reserved for benchmarks"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", _RESERVED),
    )
)
_V6 = tuple(
    (IPv6Network(network), words)
    for network, words in (
        ("::1/128", _LOOPBACK),
        ("::/128", "an unspecified address, which means this machine"),
        ("64:ff9b::/96", "a NAT64 address, which hides another one"),
        ("64:ff9b:1::/48", "a NAT64 address, which hides another one"),
        ("2002::/16", "a 6to4 address, which hides another one"),
        ("2001::/32", "a Teredo address, which hides another one"),
        ("2001::/23", _RESERVED),
        ("2001:db8::/32", _EXAMPLES),
        ("3fff::/20", _EXAMPLES),
        ("fd00:ec2::254/128", "the metadata service of cloud machines"),
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LOCAL),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
