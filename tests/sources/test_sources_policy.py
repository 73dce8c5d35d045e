"""AddressPolicy: public addresses, and nothing else without consent to host and port."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.sources.policy import AddressPolicy, consent, downgrades, endpoint, kind
from reader.text.clean import clean_line

REFUSED = {
    "127.0.0.1": "own address", "127.0.0.2": "own address", "127.255.255.255": "own address", "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified", "10.0.0.1": "private", "172.16.0.1": "private", "172.31.255.255": "private",
    "192.168.1.1": "private", "169.254.169.254": "metadata", "169.254.1.1": "link-local", "100.64.0.1": "CGNAT",
    "100.127.255.255": "CGNAT", "100.100.100.200": "metadata", "192.0.0.8": "reserved", "192.0.2.7": "documentation",
    "198.51.100.7": "documentation", "203.0.113.7": "documentation", "192.88.99.1": "6to4", "198.18.0.1": "benchmarks",
    "198.19.255.255": "benchmarks", "224.0.0.1": "multicast", "239.255.255.250": "multicast", "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "::": "unspecified", "::1": "own address", "::ffff:127.0.0.2": "own address", "::ffff:10.0.0.1": "private",
    "::ffff:a9fe:a9fe": "metadata", "::127.0.0.1": "reserved", "::7f00:2": "reserved", "64:ff9b::7f00:2": "NAT64",
    "64:ff9b::808:808": "NAT64", "64:ff9b:1::1": "NAT64", "2002:7f00:2::1": "6to4", "2002:808:808::1": "6to4",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2": "Teredo", "2001:10::1": "reserved", "2001:20::1": "reserved",
    "2001:db8::1": "documentation", "3fff::1": "documentation", "100::1": "reserved", "fc00::1": "private",
    "fd12:3456::1": "private", "fd00:ec2::254": "metadata", "fe80::1": "link-local", "fe80::1%eth0": "link-local",
    "fec0::1": "site-local", "ff02::1": "multicast", "ff0e::1": "multicast", "4000::1": "reserved",
    "5f00::1": "reserved",
    "2600:1f18::5efe:7f00:2": "ISATAP", "2600:1f18::200:5efe:a00:1": "ISATAP",
    "": "not an address", "localhost": "not an address", "127.1": "not an address", "2130706434": "not an address",
}  # fmt: skip

PUBLIC = (
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
    "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "223.255.255.255", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::8888",
    "2001:200::1", "2003::1", "3ffe::1",
)  # fmt: skip


@pytest.mark.parametrize(("ip", "words"), REFUSED.items())
def test_addresses_that_are_not_public_are_refused_and_said_to_be_what_they_are(ip: str, words: str) -> None:
    """Every special range, in every form that hides one, is refused with its kind in the sentence."""
    assert words in kind(ip)
    with pytest.raises(SourceError) as caught:
        AddressPolicy().check(ip, "news.example", 443)
    assert words in str(caught.value)
    assert "news.example:443" in str(caught.value)


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_allowed(ip: str) -> None:
    """The neighbours of every special range are ordinary addresses."""
    assert kind(ip) == ""
    AddressPolicy().check(ip, "news.example", 443)


SPECIAL_V4 = [
    ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip


@given(st.sampled_from(SPECIAL_V4), st.integers(min_value=0, max_value=2**32 - 1))
def test_no_form_that_carries_a_special_address_is_public(network: IPv4Network, number: int) -> None:
    """A special IPv4 address stays special mapped, compatible, in NAT64, 6to4, Teredo and ISATAP."""
    four = int(network.network_address) + number % network.num_addresses
    forms = {
        "plain": str(IPv4Address(four)),
        "mapped": str(IPv6Address((0xFFFF << 32) | four)),
        "compatible": str(IPv6Address(four)),
        "NAT64": str(IPv6Address((0x0064_FF9B << 96) | four)),
        "6to4": str(IPv6Address((0x2002 << 112) | (four << 80) | 1)),
        "Teredo": str(IPv6Address((0x2001_0000 << 96) | (four ^ 0xFFFF_FFFF))),
        "ISATAP": str(IPv6Address((0x2600_1F18 << 96) | (0x5EFE << 32) | four)),
    }
    for name, form in forms.items():
        assert kind(form), (name, form)


@given(st.ip_addresses())
def test_what_is_allowed_is_global_to_the_standard_library_too(ip: IPv4Address | IPv6Address) -> None:
    """Our tables never allow an address that Python's own tables call private, reserved or multicast."""
    if not kind(str(ip)):
        plain = ip.ipv4_mapped if isinstance(ip, IPv6Address) and ip.ipv4_mapped else ip
        assert plain.is_global
        assert not plain.is_multicast
        assert not plain.is_reserved


def test_consent_is_for_host_and_port() -> None:
    """Another port of the same host, and another name for the same address, need their own consent."""
    policy = AddressPolicy({"127.0.0.1:8088", "NAS.example:443", "[::1]:8080"})
    policy.check("127.0.0.1", "127.0.0.1", 8088)
    policy.check("192.168.1.5", "nas.EXAMPLE", 443)
    policy.check("192.168.1.5", "nas.example.", 443)
    policy.check("::1", "::1", 8080)
    policy.check("::1", "[::1]", 8080)
    for ip, host, port in (
        ("127.0.0.1", "127.0.0.1", 8089),
        ("127.0.0.1", "localhost", 8088),
        ("127.0.0.1", "evil.example", 8088),
        ("192.168.1.5", "nas.example", 80),
        ("192.168.1.5", "sub.nas.example", 443),
    ):
        with pytest.raises(SourceError):
            policy.check(ip, host, port)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8088/feed", "127.0.0.1:8088"),
        ("https://NAS.Example/feed", "nas.example:443"),
        ("http://nas.example/feed", "nas.example:80"),
        ("http://user:pw@nas.example:81/", "nas.example:81"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://2130706433:8088/", "127.0.0.1:8088"),
        ("http://127.1:8088/", "127.0.0.1:8088"),
        ("ftp://nas.example/", ""),
        ("/home/me/feed.xml", ""),
        ("", ""),
    ],
)
def test_consent_names_what_a_browser_would_contact(url: str, expected: str) -> None:
    """The consent that an address typed by hand gives is the host and port it really means."""
    assert consent(url) == expected


@given(st.text(max_size=60))
def test_policy_and_consent_take_any_text(text: str) -> None:
    """No string raises anything but the policy's own error."""
    consent(text)
    endpoint(text, 80)
    kind(text)
    try:
        AddressPolicy({text}).check(text, text, 80)
    except SourceError as error:
        sentence = str(error)
        assert clean_line(sentence) == sentence


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("https://a.example/", "http://a.example/", True),
        ("https://a.example/", "https://b.example/", False),
        ("http://a.example/", "https://a.example/", False),
        ("http://a.example/", "http://b.example/", False),
    ],
)
def test_giving_up_encryption_is_recognised(old: str, new: str, expected: bool) -> None:
    """Only the step from https to something else is a downgrade."""
    assert downgrades(old, new) is expected
