"""What a feed says about how often it wants to be asked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.polling import polling_of
from reader.model import Polling

HOURS = "".join(f"<hour>{hour}</hour>" for hour in range(24))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", Polling()),
        ("<ttl>90</ttl>", Polling(5400)),
        ("<ttl> <![CDATA[ 90 ]]> </ttl>", Polling(5400)),
        ("<TTL>90</TTL>", Polling(5400)),
        ("<ttl>0</ttl>", Polling()),
        ("<ttl>soon</ttl>", Polling()),
        ("<ttl>-5</ttl>", Polling()),
        ("<ttl>999999999999</ttl>", Polling(31 * 86400)),
        ("<!-- <ttl>90</ttl> -->", Polling()),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", Polling(86400)),
        (
            "<sy:updatePeriod>\n\tdaily\t</sy:updatePeriod><sy:updateFrequency>\n 4</sy:updateFrequency>",
            Polling(21600),
        ),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Polling(3600)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>180</ttl>", Polling(10800)),
        ("<sy:updatePeriod>fortnightly</sy:updatePeriod>", Polling()),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>", Polling(None, (0, 7))),
        (f"<skipHours>{HOURS}</skipHours>", Polling()),
        (
            "<skipDays><day>Saturday</day> <day> sunday </day><day>Caturday</day></skipDays>",
            Polling(None, (), (5, 6)),
        ),
    ],
)
def test_what_a_channel_says(stated: str, expected: Polling) -> None:
    """Before the entries or after them, in any case; what makes no sense, or says never, counts as not said."""
    items = "<item><title>x</title><ttl>7</ttl></item>" * 3
    assert polling_of(f"<rss><channel>{stated}{items}</channel></rss>".encode()) == expected
    assert polling_of(f"<rss><channel>{items}{stated}</channel></rss>".encode()) == expected


@given(st.binary(max_size=300))
def test_never_raises(body: bytes) -> None:
    """Whatever the bytes are."""
    assert isinstance(polling_of(body), Polling)


@pytest.mark.parametrize("flood", [b"<ttl", b"<skipHours>", b"<hour>1", b"<!--", b"<ttl ", b"<skipDays><day>"])
def test_is_linear(flood: bytes) -> None:
    """No flood of beginnings costs more than a moment."""
    began = time.process_time()
    polling_of(flood * (2**20 // len(flood)))
    assert time.process_time() - began < 2
