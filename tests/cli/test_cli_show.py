"""`show` and `quotes`: one article in every form, and who said what."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from cli_golden import golden
from cli_home import TEXT
from cli_runner import Run
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.cli.render import html, markdown, plain
from reader.cli.verbs.quotes import inert
from reader.text.clean import clean_line

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


@pytest.mark.parametrize(
    ("name", "argv", "terminal"),
    [
        ("show.pipe.txt", ["show", "1"], False),
        ("show.terminal.txt", ["show", "a1"], True),
        ("show.md", ["show", "1", "--format", "md"], False),
        ("show.html", ["show", "1", "--format", "html"], False),
        ("show.json", ["show", "1", "--format", "json"], False),
        ("show.json", ["show", "1", "--json"], False),
        ("quotes.pipe.txt", ["quotes"], False),
        ("quotes.terminal.txt", ["quotes"], True),
        ("quotes.json", ["quotes", "--json"], False),
        ("quotes.jsonl", ["quotes", "--format", "jsonl"], False),
        ("quotes.csv", ["quotes", "--format", "csv"], False),
        ("quotes.md", ["quotes", "--format", "md"], False),
    ],
)
def test_output_is_as_agreed(secnews: Secnews, name: str, argv: list[str], terminal: bool) -> None:
    """Each form is the golden file, byte for byte."""
    run = secnews(*argv, terminal=terminal)
    assert (run.code, run.err) == (0, "")
    golden(name, run.out)


def test_offsets_of_the_json_hold(secnews: Secnews) -> None:
    """Every quote, block and link is the stretch of the text that it says."""
    article = secnews("show", "1", "--json").json
    assert article["text"] == TEXT
    assert [TEXT[quote["start"] : quote["end"]] for quote in article["quotes"]] == [
        quote["text"] for quote in article["quotes"]
    ]
    assert [TEXT[link["start"] : link["end"]] for link in article["links"]] == ["advisory"]
    assert [TEXT[block["start"] : block["end"]] for block in article["blocks"]] == TEXT.split("\n\n")


def test_markdown_means_the_text(secnews: Secnews) -> None:
    """A Markdown reader shows the words as they stand: nothing of the text becomes markup by accident."""
    tokens = MarkdownIt("commonmark").parse(secnews("show", "1", "--format", "md").out)
    kinds = [token.type for token in tokens]
    assert kinds.count("bullet_list_open") == 1
    assert kinds.count("list_item_open") == 2
    assert [token.content for token in tokens if token.type == "fence"] == ['key = "a`b"\nrotate(key)\n']
    links = [child.attrGet("href") for token in tokens for child in token.children or () if child.type == "link_open"]
    assert links == ["https://news.example.com/1?a=1&b=2", "https://advisory.example.com/a?b=(1)&c=%3C2%3E"]
    words = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert "Check *all* logs | today" in words
    assert "Keys of forty shops copied" in words


@example("---")
@example("-- -")
@example("===")
@given(st.text(alphabet=st.sampled_from("a1 -+#*_`~[]()<>!&|\\=.)>\n:/@"), max_size=60))
def test_markdown_never_becomes_markup(text: str) -> None:
    """Whatever a line holds, a CommonMark reader sees the same words in one paragraph."""
    line = clean_line(text)
    if not line:
        return
    tokens = MarkdownIt("commonmark").parse(markdown.literal(line))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == line


def test_html_is_inert(secnews: Secnews) -> None:
    """Markup in titles and texts is text, and the page asks for nothing from anywhere."""
    from lxml.html import document_fromstring

    page = document_fromstring(secnews("show", "3", "--format", "html").out)
    assert page.findtext(".//h1") == "[/x] [b]bold[/b] \\ [@click=app.quit]title"
    assert not page.xpath("//script | //img | //iframe | //link")
    assert all(link.startswith("https://") for link in page.xpath("//@href"))


def test_html_escapes_what_comes_from_outside() -> None:
    """A title that is a script, an address that is one, a quote that closes the page."""
    article = _hostile_article()
    page = html.page(article)
    assert "<script" not in page
    assert "javascript:alert" not in page.replace("<p>javascript:alert(1)</p>", "")
    assert "</blockquote><h1>" not in page


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_an_article_that_is_not_there(secnews: Secnews, form: str) -> None:
    """Exit code 3 and one sentence; asked for JSON, there is JSON."""
    run = secnews("show", "99", "--format", form)
    assert run.code == 3
    assert run.err.startswith("secnews: There is no article 99")
    assert run.err.count("\n") == 1
    if form == "json":
        assert "no article 99" in run.json["error"]
    else:
        assert run.out == ""


@pytest.mark.parametrize("given", ["x1", "1a", "", "-1", "0", "s1", "99999999999999999999", "1.5", "a"])
def test_what_is_no_article_number(secnews: Secnews, given: str) -> None:
    """A wrong number is a usage error that shows how numbers look."""
    run = secnews("show", "--", given)
    assert (run.code, run.out) == (2, "")
    assert "is not an article" in run.err


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], 2),
        (["1"], 2),
        (["a1"], 2),
        (["a2"], 0),
        (["s1"], 2),
        (["keys", "shops"], 2),
        (["refund"], 0),
        (["--speaker", "novak"], 1),
        (["--org", "NORTHLIGHT"], 1),
        (["--voice", "official"], 1),
        (["--voice", "adversary"], 0),
        (["--kind", "direct", "--speaker", "Ada"], 1),
        (["--kind", "indirect"], 0),
        (["--since", "2026-06-08"], 2),
        (["--since", "2026-06-10"], 0),
        (["--limit", "1"], 1),
        (["2026"], 0),
    ],
)
def test_conditions_choose_the_quotes(secnews: Secnews, argv: list[str], expected: int) -> None:
    """Speaker, organisation, voice, kind, time, article, source and words narrow the list."""
    run = secnews("quotes", "--json", *argv)
    assert len(run.json["quotes"]) == expected
    assert run.code == (0 if expected else 3)


def test_quotes_of_an_article_that_is_not_there(secnews: Secnews) -> None:
    """`a99` is an error, not an empty list."""
    run = secnews("quotes", "a99", "--json")
    assert run.code == 3
    assert run.json["quotes"] == []
    assert "no article 99" in run.json["error"]


def test_two_forms_at_once_are_refused(secnews: Secnews) -> None:
    """--json and another --format contradict each other."""
    for argv in (["quotes", "--json", "--format", "csv"], ["show", "1", "--json", "--format", "md"]):
        run = secnews(*argv)
        assert run.code == 2
        assert "give one of them" in run.err
    assert secnews("quotes", "--json", "--format", "json").code == 0


def test_csv_is_read_back_whole(secnews: Secnews) -> None:
    """A CSV reader gets every quote with the offsets and words that JSON gives."""
    rows = list(csv.DictReader(io.StringIO(secnews("quotes", "--format", "csv").out)))
    quotes = secnews("quotes", "--json").json["quotes"]
    assert [(row["text"], int(row["start"])) for row in rows] == [(quote["text"], quote["start"]) for quote in quotes]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x"])
def test_spreadsheets_get_no_formula(cell: str) -> None:
    """A cell that begins like a formula does not begin like one."""
    assert inert(cell) == "'" + cell
    assert inert("a" + cell) == "a" + cell


@given(st.text(alphabet=st.sampled_from("ab 支é\u0301\n"), max_size=200), st.integers(4, 30))
def test_wrapping_keeps_every_offset(text: str, measure: int) -> None:
    """Only blanks change, into line ends; a line is too long only if it has no blank."""
    from reader.cli.cells import width

    shown = plain.wrapped(text, measure)
    assert len(shown) == len(text)
    assert all(a == b or (a == " " and b == "\n") for a, b in zip(text, shown, strict=True))
    for line in shown.split("\n"):
        assert width(line.rstrip(" ")) <= measure or " " not in line.strip(" ")


def _hostile_article():  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    from reader.model import Article, ArticleRow, Document, Link, Origin, Quote, QuoteKind

    words = "</blockquote><h1>x</h1>"
    row = ArticleRow(
        id=1,
        source_id=1,
        source_title="<b>",
        section="",
        title="<script>alert(1)</script>",
        author="",
        url="javascript:alert(1)",
        published=None,
        sort_date=datetime.now(UTC),
        read=False,
        saved=False,
        quote_count=0,
        voice=None,
        origin=Origin.FEED,
        language='en"><script>',
    )
    document = Document(text=words, links=(Link(0, 3, "javascript:alert(2)"),))
    quote = Quote(0, len(words), words, QuoteKind.DIRECT, None, None, None, 0.5, "x")
    return Article(row, document, (quote,))
