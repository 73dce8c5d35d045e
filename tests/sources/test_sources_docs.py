"""`docs/network.md` says what the code does: its figures and lists are compared with the constants."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from reader.sources import backend, decode, files, headers, http, queues, redirects
from reader.text import addresses

TEXT = re.sub(r"\s+", " ", (Path(__file__).parents[2] / "docs" / "network.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "words",
    [
        f"{inspect.signature(http.Client).parameters['timeout'].default:g} s; waiting for a turn",
        f"{http.FEED_CAP >> 20} MiB for a feed, {http.PAGE_CAP >> 20} MiB for a page",
        f"{backend.MAX_HEAD >> 10} KiB with all informational ones",
        f"{decode._MAX_SCRAPS:,} pieces of less than {decode._SCRAP} bytes",
        f"{queues.PER_HOST} a host (all its ports together), {queues.IN_ALL} in all",
        f"| redirects | {redirects.MAX_REDIRECTS} |",
        f"at most {headers.MAX_WAIT / 3600:g} hours",
        f"{addresses.MAX_ADDRESS:,} characters",
        f"over {headers.MAX_VALIDATOR:,} characters",
    ],
)
def test_limits_are_as_documented(words: str) -> None:
    """Each figure stands in the document as the code has it."""
    assert words in TEXT


def test_suffixes_are_as_documented() -> None:
    """The list of file names that are read is complete and says nothing else."""
    listed = re.search(r"these suffixes in any case: `([^`]*)`", TEXT)
    assert listed is not None
    assert set(listed[1].split()) == files.SUFFIXES
