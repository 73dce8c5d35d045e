"""What programs write for programs is refused as neither a feed nor an article, and prose never is."""

from __future__ import annotations

import time

import pytest

from reader.errors import ExtractError
from reader.extract import extract

DATA = [
    (b'<?xml version="1.0"?><note><to>Ada</to></note>', "n.xml", "", "XML of another kind (<note>)"),
    (b'<?xml version="1.0"?>\n<!-- x --><a:b xmlns:a="urn:x">words</a:b>', "", "", "XML of another kind (<a:b>)"),
    (b'<?xml version="1.0"?>', "", "", "XML of another kind"),
    (b"<note><to>Ada</to></note>\n", "", "text/plain", "XML of another kind (<note>)"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><text>hi</text></svg>', "x.svg", "", "XML of another kind (<svg>)"),
    (b'<urlset xmlns="http://x"><url/></urlset>', "sitemap.xml", "", "XML of another kind (<urlset>)"),
    (b'{"a": [1, 2]}', "x.json", "", "JSON data"),
    (b'\xef\xbb\xbf {"a\\"b" : 1}', "", "text/plain", "JSON data"),
    (b"{}", "", "", "JSON data"),
    (b'[{"title": "x"}]', "", "", "JSON data"),
    (b'{"a": 1}\n{"a": 2}\n', "x.jsonl", "", "JSON data"),
    (b"a,b\n1,2\n", "x.csv", "", "a table (CSV)"),
    (b"a,b\n1,2\n", "export", "text/csv; charset=utf-8", "a table (CSV)"),
    (b"body { color: red }\n", "https://news.example.com/site.css?v=2", "", "a style sheet"),
    (b"function f() { return 1; }\n", "", "text/javascript", "a script"),
]
PROSE = [
    (b"[1] A footnote at the beginning\n\nThe harbour was closed on Monday after a break-in at its office.", "a.txt"),
    (b"[[A wiki link]] and more words about the harbour, which was closed on Monday.", "a.txt"),
    (b"{Updated} The harbour was closed on Monday after a break-in at its office.", "a.txt"),
    (b"<3 is what he wrote\n\nThe harbour was closed on Monday after a break-in at its office.", "a.txt"),
    (b"<Ada> hello\n<Ugo> hello, the harbour was closed on Monday after a break-in.", "log.txt"),
    (b"a,b and c: the harbour was closed on Monday after a break-in at its office.", "a.txt"),
    (b"Node.js\n\nThe harbour was closed on Monday after a break-in at its office.", "https://example.com/node.js/a"),
]


@pytest.mark.parametrize(("body", "name", "content_type", "what"), DATA)
def test_data_is_no_article(body: bytes, name: str, content_type: str, what: str) -> None:
    """One sentence that says it is no feed and no article, and what it is."""
    with pytest.raises(ExtractError) as error:
        extract(body, name=name, content_type=content_type)
    assert str(error.value).endswith(f"is not a feed, and no article either: it is {what}.")


@pytest.mark.parametrize(("body", "name"), PROSE)
def test_prose_is_read(body: bytes, name: str) -> None:
    """Text that only begins like data is text."""
    assert extract(body, name=name).text


@pytest.mark.parametrize(
    "body", [b"<?xml " + b"<!--" * 500_000, b"<?x?>" * 200_000, b"[" * 1_000_000, b'{"' + b"\\" * 1_000_000]
)
def test_hostile_data_takes_no_time(body: bytes) -> None:
    """Whatever the bytes, telling data from prose is a matter of milliseconds (the ceiling catches a hang)."""
    from reader.extract.data_formats import data_kind

    began = time.monotonic()
    data_kind(body.decode())
    assert time.monotonic() - began < 5
