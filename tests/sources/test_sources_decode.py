"""Bodies: one layer of gzip, bounded in every direction."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sources.decode import Body, BodyError, amount, is_gzip

CAP = 1 << 20


def decoded(data: bytes, *, gzipped: bool = True, cap: int = CAP, size: int = 1000) -> bytes:
    body = Body(gzip=gzipped, cap=cap)
    for start in range(0, len(data), size):
        for _ in body.add(data[start : start + size]):
            pass
    return body.finish()


@given(st.lists(st.binary(max_size=3000), max_size=5), st.integers(min_value=1, max_value=500))
def test_gzip_in_any_members_and_chunks_is_undone(parts: list[bytes], size: int) -> None:
    """What was packed comes out, whatever the number of members and wherever the chunks are cut."""
    packed = b"".join(gzip.compress(part) for part in parts)
    assert decoded(packed, size=size) == b"".join(parts)


@given(st.binary(max_size=3000), st.integers(min_value=1, max_value=500))
def test_plain_bodies_stay_as_they_are(data: bytes, size: int) -> None:
    """Without a coding nothing is changed."""
    assert decoded(data, gzipped=False, size=size) == data


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_body_or_an_error_of_ours(data: bytes) -> None:
    """Garbage labelled gzip raises BodyError and nothing else."""
    with suppress(BodyError):
        decoded(data)


@pytest.mark.parametrize("extra", [-1, 0, 1, 5_000_000])
def test_the_cap_counts_decoded_bytes_exactly(extra: int) -> None:
    """A body of exactly the cap is fine, one byte more is not, packed or plain."""
    data = b" " * (CAP + extra)
    for gzipped in (True, False):
        packed = gzip.compress(data) if gzipped else data
        if extra <= 0:
            assert decoded(packed, gzipped=gzipped, size=65536) == data
        else:
            with pytest.raises(BodyError, match="larger than the limit of 1 MiB"):
                decoded(packed, gzipped=gzipped, size=65536)


def test_highly_compressed_data_comes_out_whole() -> None:
    """Output that waits inside the decompressor after all input is taken is not lost."""
    data = bytes(CAP)
    packed = gzip.compress(data, 9)
    for size in (1, 7, len(packed)):
        assert decoded(packed, size=size) == data


@pytest.mark.parametrize("cut", [1, 5, 12, 20, 100])
def test_cut_gzip_is_damaged(cut: int) -> None:
    """A stream that ends early is named as damaged, not taken for a short feed."""
    with pytest.raises(BodyError, match="damaged compression"):
        decoded(gzip.compress(bytes(range(256)) * 20)[:-cut])


def test_a_second_member_cut_short_is_damaged() -> None:
    """Several members do not hide that the last one is incomplete."""
    with pytest.raises(BodyError, match="damaged compression"):
        decoded(gzip.compress(b"first") + gzip.compress(b"second" * 100)[:-4])


def test_padding_after_the_last_member_is_ignored() -> None:
    """Zeros and rubbish after the end do no harm, also when they come later, as with gzip(1)."""
    assert decoded(gzip.compress(b"text") + bytes(3000) + b"\x1f\x8b rubbish", size=100) == b"text"


def test_wrong_checksum_is_damaged() -> None:
    """The checksum is verified."""
    packed = bytearray(gzip.compress(b"text" * 100))
    packed[-5] ^= 1
    with pytest.raises(BodyError, match="damaged compression"):
        decoded(bytes(packed))


def test_empty_body_is_empty_whatever_it_says() -> None:
    """`Content-Encoding: gzip` on an empty body is common and harmless."""
    assert decoded(b"") == b""


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"") * 5000, zlib.compressobj(wbits=31).flush(zlib.Z_FULL_FLUSH) * 20_000],
    ids=["empty members", "empty blocks"],
)
def test_compression_without_content_ends(data: bytes) -> None:
    """Thousands of empty members or blocks are refused."""
    with pytest.raises(BodyError, match="damaged compression"):
        decoded(data, size=65536)


def test_compressed_bytes_count_against_the_cap_too() -> None:
    """A stream of empty blocks never yields a byte and never ends: it is cut at the cap."""
    packer = zlib.compressobj(wbits=31)
    packer.compress(b"x")
    block = packer.flush(zlib.Z_SYNC_FLUSH)[-5:]
    with pytest.raises(BodyError, match="larger than the limit"):
        decoded(gzip.compress(b"")[:10] + block * 60_000, cap=1 << 18, size=65536)


def test_scraps_without_end_are_refused() -> None:
    """A body in chunks of a byte costs a thousand times its size: it is given up long before the cap."""
    with pytest.raises(BodyError, match="pieces of a few bytes"):
        decoded(b" " * (CAP // 4), gzipped=False, size=1)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", False),
        ("identity", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("identity, gzip", True),
        ("UTF-8", False),
        ("none", False),
        (" , ", False),
    ],
)
def test_codings_that_are_read(header: str, expected: bool) -> None:
    """Plain and gzip, in any case."""
    assert is_gzip(header) is expected


@pytest.mark.parametrize(
    "header", ["gzip, gzip", "br", "zstd", "deflate", "x-evil", "gzip, br", ", ".join(["gzip"] * 500)]
)
def test_codings_that_are_refused(header: str) -> None:
    """Everything that was not asked for, and every stack."""
    with pytest.raises(BodyError):
        is_gzip(header)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (16 << 20, "16 MiB"),
        (20 << 30, "20 GiB"),
        (1536 << 20, "1.5 GiB"),
        (10 << 40, "10 TiB"),
    ],
)
def test_amounts_in_words(size: int, words: str) -> None:
    """Numbers of bytes as people say them."""
    assert amount(size) == words
