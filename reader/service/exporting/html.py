"""Articles as one HTML page that stands alone: no script, no request, readable from a disk in ten years.

Images that are kept of an article are in it as `data:` addresses (RFC 2397). Texts have no places for them, so they
follow the text, in the order of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from types import MappingProxyType

from reader.model import Article
from reader.service.exporting.blocks import body, lines, link
from reader.service.exporting.dossiers import NONE, Dossier, Dossiers
from reader.service.exporting.dossiers import lines as lines_of
from reader.service.exporting.marking import marks_of
from reader.service.exporting.pictures import Picture
from reader.service.exporting.speakers import anchor, index, origin, provenance, speaker
from reader.service.serial import address

STYLE = (
    "body{max-width:45em;margin:2em auto;padding:0 1em;font:1.05em/1.55 Georgia,serif}"
    "header p,footer{color:#555;margin:.2em 0}pre{overflow-x:auto;white-space:pre-wrap}"
    "blockquote{border-left:3px solid #999;margin-left:0;padding-left:1em}article+article{margin-top:4em}"
    "figure{margin:1.5em 0}img{max-width:100%;height:auto}figcaption,.provenance{color:#555;font-size:.8em}"
    "dd{margin:0 0 .3em;overflow-wrap:anywhere}mark{background:#eef2f6;color:inherit}mark.expert{background:#e2f1e4}"
    "mark.official{background:#e3ecfa}mark.company{background:#fbf0d9}mark.adversary{background:#fbe3e3}"
    "mark.note{background:#fff3a8}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def page(articles: Sequence[Article], title: str, kept: Dossiers = MappingProxyType({})) -> str:
    """A whole page; several articles have a list of contents before and an index of speakers behind them."""
    one = articles[0].row if len(articles) == 1 else None
    named = escape((one.title if one else title) or "(no title)")
    language = f' lang="{escape(one.language)}"' if one and one.language else ""
    parts = [
        "<!doctype html>",
        f"<html{language}>",
        '<head><meta charset="utf-8"/>',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>',
        '<meta name="referrer" content="no-referrer"/><meta name="viewport" content="width=device-width"/>',
        f"<title>{named}</title>",
        f"<style>{STYLE}</style></head>",
        "<body>",
    ]
    if one is None:
        items = [f'<li><a href="#a{abs(a.row.id)}">{escape(a.row.title or "(no title)")}</a></li>' for a in articles]
        parts += [f"<h1>{named}</h1>", "<nav><ol>", *items, "</ol></nav>"]
    for article in articles:
        parts += [
            f'<article id="a{abs(article.row.id)}">',
            *content(article, kept.get(article.row.id, NONE)),
            "</article>",
        ]
    if one is None:
        parts += speakers(articles, "")
    return "\n".join([*parts, "</body></html>", ""])


def content(
    article: Article, kept: Dossier = NONE, *, place: Callable[[Picture], str] = lambda picture: picture.data_uri
) -> list[str]:
    """One article: head, body, images, quotes, notes, provenance; well-formed as XML too.

    `place` gives the address of an image.
    """
    row = article.row
    head = [f"<h1>{escape(row.title or '(no title)')}</h1>"]
    if words := origin(article):
        head.append(f"<p>{escape(words)}</p>")
    if row.url:
        head.append(f"<p>{link(row.url)}</p>")
    shown = ["<header>", *head, "</header>", *body(article.document, marks_of(article))]
    shown += [_figure(picture, place(picture)) for picture in kept.pictures]
    return [*shown, *_quotes(article), *_notes(article), *_provenance(kept)]


def speakers(articles: Sequence[Article], place: str) -> list[str]:
    """The index of speakers; `place` is a format for the document an article stands in (`a{id}.xhtml`)."""
    found = index(articles)
    if not found:
        return []
    parts = ["<section><h1>Speakers</h1>", "<ul>"]
    for name, quotes in found:
        parts.append(f"<li>{escape(name)}<ul>")
        for article, number, quote in quotes:
            target = f"{place.format(id=abs(article.row.id))}#{anchor(article, number)}"
            words = quote.text if len(quote.text) <= 120 else quote.text[:119].rstrip() + "…"
            shown = escape(" ".join(words.split()))
            parts.append(f'<li><a href="{target}">{shown}</a> ({escape(article.row.title or "(no title)")})</li>')
        parts.append("</ul></li>")
    return [*parts, "</ul></section>"]


def _quotes(article: Article) -> list[str]:
    if not article.quotes:
        return []
    shown = ["<section><h2>Quotes</h2>"]
    for number, quote in enumerate(article.quotes, 1):
        who = f"{escape(speaker(quote))} ({escape(provenance(quote))})"
        shown.append(
            f'<blockquote id="{anchor(article, number)}"><p>{lines(escape(quote.text))}</p>'
            f"<footer>— {who}</footer></blockquote>"
        )
    return [*shown, "</section>"]


def _notes(article: Article) -> list[str]:
    """What the reader noted: the words that are highlighted, then what was written about them."""
    if not article.notes:
        return []
    shown = ["<section><h2>Notes</h2>"]
    for note in article.notes:
        if note.words:
            shown.append(f"<blockquote><p><mark>{lines(escape(note.words))}</mark></p></blockquote>")
        if note.text:
            shown.append(f"<p>{lines(escape(note.text))}</p>")
    return [*shown, "</section>"]


def _figure(picture: Picture, source: str) -> str:
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    where, words = escape(address(picture.url)), escape(" ".join(picture.alt.split()))
    caption = f"{words} · {where}" if words else where
    return f'<figure><img src="{source}" alt="{words or where}"{size}/><figcaption>{caption}</figcaption></figure>'


def _provenance(kept: Dossier) -> list[str]:
    pairs = [f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in lines_of(kept)]
    return ['<section class="provenance"><h2>Provenance</h2><dl>', *pairs, "</dl></section>"] if pairs else []
