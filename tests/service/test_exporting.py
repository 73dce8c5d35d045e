"""Exports: every form says what the article says, loads nothing, runs nothing, and names files safely."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.errors import UsageError
from reader.extract import extract
from reader.model import (
    Article,
    ArticleRow,
    Block,
    BlockType,
    Document,
    Link,
    Origin,
    Quote,
    QuoteKind,
    Speaker,
    View,
    Voice,
)
from reader.service import samples
from reader.service.exporting import articles as exporting
from reader.service.exporting import citations
from reader.service.exporting.names import MAX_BYTES, file_name
from reader.service.library import Library
from reader.service.subscriptions import export_opml as feeds

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EVIL = '<script>alert(1)</script> & "quotes" {brace} $x$ %y #z _w_ \\end [[wiki]] ![i](http://e.example/p.png)'
TEXT = (
    "Bank warns\n\n“Stop <b>it</b>,” said Ada Novak, an analyst.\n\n- not a list\nsecond line\n\nfirst\n\ninner\n\n"
    "x = a[0] * `y`\n\nsaid somebody"
)


def article(number: int = 1, *, title: str = "Title", text: str = TEXT, **fields: object) -> Article:
    kinds = (
        (BlockType.HEADING, 2), (BlockType.PARAGRAPH, 0), (BlockType.PARAGRAPH, 0), (BlockType.LIST, 1),
        (BlockType.LIST, 2), (BlockType.CODE, 0), (BlockType.QUOTE, 0),
    )  # fmt: skip
    blocks, place = [], 0
    for part, (kind, level) in zip(text.split("\n\n"), kinds, strict=False):
        blocks.append(Block(place, place + len(part), kind, level))
        place += len(part) + 2
    at = text.find("analyst")
    links = (Link(at, at + 7, "https://b.example/a?x=1&y=<2>|%zz#f#g"),) if at >= 0 else ()
    start = text.find("“")
    end = text.find("”") + 1
    speaker = Speaker("Ada Novak", "Ada Novak", "an analyst", "Example Labs", voice=Voice.EXPERT)
    quotes = (
        Quote(start, end, text[start:end], QuoteKind.DIRECT, "said", speaker, 1, 0.93, "said-after"),
    ) if start >= 0 else ()  # fmt: skip
    row = ArticleRow(
        id=number, source_id=1, source_title="A & B <news>", section="Fraud", title=title,
        author="By Jane Doe and Wei Li",
        url="https://a.example/1?a=1&b=2", published=NOW, sort_date=NOW, read=False, saved=True, quote_count=1,
        voice=Voice.EXPERT, origin=Origin.FEED, summary="S: \"x\" & y", language="en", tags=("a b", "c"),
    )  # fmt: skip
    row = replace(row, **fields)  # type: ignore[arg-type]  # tests name fields of the row
    return Article(
        row, Document(text, tuple(blocks), links, title=title), quotes, (), "https://joe:pw@f.example/x", NOW
    )


def written(form: str, *given_: Article, title: str = "Many <i>") -> str:
    return exporting.document(given_ or (article(),), form, title=title, now=NOW).decode()


def test_markdown_reads_back() -> None:
    """Front matter, headings, lists, code, links and literal characters: the same text comes out of extraction."""
    title = 'A & B: "x" #1 — 50 %, \\ and {y}'
    note = written("md", article(title=title))
    document = extract(note.encode(), name="x.md")
    assert document.title == title
    assert document.url == "https://a.example/1?a=1&b=2"
    assert (document.author, document.tags, document.language) == ("By Jane Doe and Wei Li", ("a b", "c"), "en")
    assert document.published is not None
    assert document.published.date() == NOW.date()
    body = document.text.split("\n\nQuotes\n\n")[0]
    assert body == TEXT
    assert [block.type for block in document.blocks[:7]] == [block.type for block in article().document.blocks]
    assert "Ada Novak, an analyst, Example Labs (expert, direct; characters 12–29;" in document.text


class Audit(HTMLParser):
    """Collects everything in a page that runs or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "iframe", "object", "embed", "link", "audio", "video", "form", "base"):
            self.found.append(tag)
        self.found += [name for name, _value in attrs if name.startswith("on") or name in ("src", "srcset", "style")]


@pytest.mark.parametrize("count", [1, 3])
def test_html_stands_alone(count: int) -> None:
    """No script, no handler, nothing that loads; hostile words are words; a policy forbids the rest."""
    given_ = [article(n + 1, title=EVIL, text=TEXT.replace("not a list", EVIL)) for n in range(count)]
    page = written("html", *given_)
    audit = Audit()
    audit.feed(page)
    assert audit.found == []
    assert "default-src 'none'" in page
    assert page.count("&lt;script&gt;alert(1)") >= 2 * count
    tree = etree.fromstring(page.encode(), etree.HTMLParser())
    assert EVIL in "".join(tree.itertext())
    ids = set(tree.xpath("//@id"))
    assert {target[1:] for target in tree.xpath("//a/@href") if target.startswith("#")} <= ids
    assert ("Speakers" in page) is (count > 1)


def test_epub_is_well_formed_and_complete() -> None:
    """The type comes first and stored, every member is well-formed XML, every reference leads to a member or an id."""
    title = EVIL
    data = exporting.document(
        [article(1, title=title), article(2), article(3, language="de")], "epub", title=title, now=NOW
    )
    book = zipfile.ZipFile(io.BytesIO(data))
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, book.read("mimetype")) == ("mimetype", 0, b"application/epub+zip")
    trees = {name: etree.fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xhtml", ".opf"))}
    named = set(trees["EPUB/package.opf"].xpath("//*[local-name()='item']/@href"))
    assert {f"EPUB/{name}" for name in named} | {"EPUB/package.opf"} == {
        name for name in book.namelist() if name.startswith("EPUB/")
    }
    ids = {f"{name[5:]}#{one}" for name, tree in trees.items() for one in tree.xpath("//@id")}
    for tree in trees.values():
        for target in tree.xpath("//@href"):
            assert target.startswith("https://") or target in named or target in ids
    assert trees["EPUB/package.opf"].xpath("string(//*[local-name()='language'])") == "und"
    assert "Ada Novak" in "".join(trees["EPUB/speakers.xhtml"].itertext())


def test_csv_has_provenance_and_no_formulas() -> None:
    """Cells that a spreadsheet would calculate begin with an apostrophe; secrets of the source are masked."""
    evil = article(title="=HYPERLINK(1)", author="+1", section="@x", source_title="-2")
    rows = list(csv.DictReader(io.StringIO(written("csv", evil))))
    (row,) = rows
    assert [row[name] for name in ("title", "author", "section", "source")] == ["'=HYPERLINK(1)", "'+1", "'@x", "'-2"]
    assert row["text"] == TEXT[int(row["start"]) : int(row["end"])]
    assert (row["speaker"], row["role"], row["voice"], row["confidence"]) == (
        "Ada Novak",
        "an analyst",
        "expert",
        "0.9300",
    )
    assert "pw" not in row["source_url"]


@pytest.mark.parametrize("line", ["---", "-- -", "===", "words\n---", "words\n===", "- - -", "-", "1. x", "+ x"])
def test_rules_and_underlines_stay_words(line: str) -> None:
    """A line of dashes in a text is neither a rule nor the underline of a heading."""
    from markdown_it import MarkdownIt

    from reader.service.exporting.markdown import literal

    kinds = [token.type for token in MarkdownIt("commonmark").parse(literal(line))]
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]


@given(st.text(max_size=60))
def test_no_cell_is_ever_a_formula(text: str) -> None:
    """Whatever the words, no cell begins like a formula."""
    from reader.service.exporting.tables import inert
    from reader.text.clean import clean_line

    assert inert(clean_line(text))[:1] not in ("=", "+", "-", "@", "\t", "\r")


def parsed_bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    """A strict reader of `@type{key, name = {value}, …}`: braces must balance, backslashes escape."""
    entries, at = [], 0
    while match := re.compile(r"\s*@(\w+)\{([^,\s]+),\s*").match(text, at):
        at, fields = match.end(), {}
        while field := re.compile(r"(\w+) = \{").match(text, at):
            at = start = field.end()
            depth = 1
            while depth:
                if text[at] == "\\":
                    at += 1
                else:
                    depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[field[1]] = text[start : at - 1]
            separator = re.compile(r",\s*").match(text, at)
            assert separator
            at = separator.end()
        assert text[at] == "}"
        at += 1
        entries.append((match[2], fields))
    assert not text[at:].strip()
    return entries


@given(st.text(max_size=80), st.text(max_size=40))
def test_bibtex_parses(title: str, author: str) -> None:
    """Whatever the words, each entry is one entry with its fields."""
    entries = parsed_bibtex(written("bibtex", article(1, title=title, author=author), article(2)))
    assert [key for key, _fields in entries] == ["secnews1", "secnews2"]
    assert entries[1][1]["author"] == "Jane Doe and Wei Li"
    assert entries[1][1]["date"] == "2026-11-24"


def test_csl_is_valid() -> None:
    """Names are split only where they are names of people; dates are parts."""
    one, two = json.loads(written("csl", article(), article(2, author="Le Monde avec AFP, Agence 24")))
    assert one["author"] == [{"family": "Doe", "given": "Jane"}, {"family": "Li", "given": "Wei"}]
    assert two["author"] == [{"literal": "Le Monde avec AFP, Agence 24"}]
    assert one["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert citations.authors("") == []


def test_json_is_the_contract_s() -> None:
    """One article is an article object, several are a list."""
    one = json.loads(written("json"))
    assert (one["id"], one["schema"], one["quotes"][0]["text"]) == (1, 1, "“Stop <b>it</b>,”")
    assert [item["id"] for item in json.loads(written("json", article(), article(2)))["articles"]] == [1, 2]


@given(st.text(max_size=300), st.sampled_from([".md", ".csl.json"]))
def test_file_names_are_safe(title: str, ending: str) -> None:
    """Any title gives one name: short, in its folder, no device, nothing hidden, told apart from those taken."""
    name = file_name(title, ending)
    other = file_name(title, ending, taken={name.lower()})
    for one in (name, other):
        assert len(one.encode()) <= MAX_BYTES
        assert one.endswith(ending)
        assert not re.search(r"[/\\\0\n:*?\"<>|]", one)
        assert one[0] not in ". -~"
        assert Path(one).name == one
    assert other.lower() != name.lower()


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "/etc/passwd", "..", "CON", "nul.txt", "", "\u202e", "a" * 999, "~x"]
)
def test_evil_titles_stay_in_the_folder(library: Library, tmp_path: Path, title: str) -> None:
    """A file appears in the chosen folder and nowhere else; twice the same title gives two files."""
    folder = tmp_path / "out"
    folder.mkdir()
    made = exporting.into_folder(library, [article(title=title), article(2, title=title)], "md", folder, now=NOW)
    assert len(set(made)) == 2
    assert set(tmp_path.rglob("*.md")) == set(folder.iterdir()) == set(made)


def test_samples_are_never_exported(library: Library) -> None:
    """Neither by id nor by view."""
    samples.install(library)
    numbers = list(library.ids(View(samples=True)))
    with pytest.raises(UsageError):
        exporting.chosen(library, numbers[:1])
    with pytest.raises(UsageError):
        list(exporting.of_view(library, View(samples=True)))
    assert list(exporting.of_view(library, View())) == []


def test_opml_keeps_secrets_unless_asked(library: Library) -> None:
    """Feeds by section; logins and keys only on demand."""
    from reader.service.adding import add

    add(library, "https://joe:hunter2@f.example.com/x?token=s3cr3t", section="Fraud", title="F", fetch=False)
    assert b"hunter2" not in feeds(library)
    assert b"s3cr3t" not in feeds(library)
    assert b'text="Fraud"' in feeds(library)
    assert b"hunter2" in feeds(library, secrets=True)


EPUBCHECK = Path("/usr/share/java/epubcheck.jar")


@pytest.mark.slow
@pytest.mark.skipif(not EPUBCHECK.is_file() or shutil.which("java") is None, reason="epubcheck is not installed")
def test_epub_passes_epubcheck(tmp_path: Path) -> None:
    """The reference checker finds no error and no warning, whatever stands in titles, addresses and texts."""
    book = tmp_path / "a.epub"
    data = exporting.document(
        [article(1, title=EVIL), article(2), article(3, language="de")], "epub", title=EVIL, now=NOW
    )
    book.write_bytes(data)
    told = subprocess.run(["java", "-jar", EPUBCHECK, book], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "No errors or warnings" in told.stdout
