"""An article as one HTML page: no script, no style from outside, nothing that loads; all text escaped."""

from __future__ import annotations

from html import escape

from reader.cli.render import heads
from reader.cli.render.markdown import _paragraphs
from reader.model import Article, Block, BlockType, Document

STYLE = (
    "body{max-width:45em;margin:2em auto;padding:0 1em;font:1.05em/1.55 Georgia,serif}"
    "header p{color:#555;margin:.2em 0}pre{overflow-x:auto;white-space:pre-wrap}"
    "blockquote{border-left:3px solid #999;margin-left:0;padding-left:1em}"
)


def page(article: Article) -> str:
    """A whole page with its own head; the policy in it forbids every request."""
    from reader.service.serial import address

    row = article.row
    title = escape(row.title or "(no title)")
    head = [f"<h1>{title}</h1>"]
    if origin := heads.origin(article):
        head.append(f"<p>{escape(origin)}</p>")
    if row.url:
        url = escape(address(row.url))
        head.append(f'<p><a href="{url}" rel="noreferrer noopener">{url}</a></p>' if _web(row.url) else f"<p>{url}</p>")
    language = f' lang="{escape(row.language)}"' if row.language else ""
    return "\n".join(
        [
            "<!doctype html>",
            f"<html{language}>",
            '<head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title>",
            f"<style>{STYLE}</style></head>",
            "<body><article>",
            "<header>",
            *head,
            "</header>",
            *_body(article.document),
            "</article>",
            *_quotes(article),
            "</body></html>",
        ]
    )


def _quotes(article: Article) -> list[str]:
    if not article.quotes:
        return []
    shown = ["<section><h2>Quotes</h2>"]
    for quote in article.quotes:
        who = f"{escape(heads.speaker(quote))} ({escape(heads.manner(quote))})"
        shown.append(f"<blockquote><p>{_lines(escape(quote.text))}</p><footer>— {who}</footer></blockquote>")
    return [*shown, "</section>"]


def _body(source: Document) -> list[str]:
    shown: list[str] = []
    depth = 0
    for block in source.blocks or _paragraphs(source.text):
        wanted = max(block.level, 1) if block.type is BlockType.LIST else 0
        while depth > wanted:
            shown.append("</ul>")
            depth -= 1
        while depth < wanted:
            shown.append("<ul>")
            depth += 1
        shown.append(_block(source, block))
    return shown + ["</ul>"] * depth


def _block(source: Document, block: Block) -> str:
    inline = _linked(source, block)
    if block.type is BlockType.HEADING:
        level = min(max(block.level, 1) + 1, 6)
        return f"<h{level}>{inline}</h{level}>"
    if block.type in (BlockType.CODE, BlockType.TABLE):
        return f"<pre>{inline}</pre>"
    if block.type is BlockType.QUOTE:
        return f"<blockquote><p>{_lines(inline)}</p></blockquote>"
    return f"<li>{_lines(inline)}</li>" if block.type is BlockType.LIST else f"<p>{_lines(inline)}</p>"


def _linked(source: Document, block: Block) -> str:
    from reader.service.serial import address

    pieces: list[str] = []
    place = block.start
    for link in source.links:
        if place <= link.start and link.end <= block.end and _web(link.url):
            words = escape(source.text[link.start : link.end])
            url = escape(address(link.url))
            pieces += [
                escape(source.text[place : link.start]),
                f'<a href="{url}" rel="noreferrer noopener">{words}</a>',
            ]
            place = link.end
    pieces.append(escape(source.text[place : block.end].rstrip("\n")))
    return "".join(pieces)


def _lines(inline: str) -> str:
    return inline.replace("\n", "<br>\n")


def _web(url: str) -> bool:
    from reader.text.addresses import is_web

    return is_web(url)
