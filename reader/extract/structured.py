"""What a page says about its article in JSON-LD (schema.org), read within bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_SCRIPT = 500_000  # characters of one script
MAX_SCRIPTS = 20
_MAX_NODES = 2_000

_ARTICLE = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|AskPublicNews|Review|Satirical|Tech|Scholarly|Advertiser)?"
    r"(?:Article|NewsArticle|ContentArticle)|BlogPosting|LiveBlogPosting|SocialMediaPosting|DiscussionForumPosting|Report"
)
_WRAPPING = re.compile(
    r"\A\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\]\]>|\]\]>)\s*;?\s*\Z", re.DOTALL
)


def article_node(scripts: list[str]) -> dict[str, Any]:
    """Return the first JSON-LD object that is an article, else the first that is a page, else an empty dict.

    `scripts` are the texts of the page's `application/ld+json` scripts; damaged, overlong and deeply nested ones are
    passed over. Never raises.
    """
    page: dict[str, Any] = {}
    for script in scripts[:MAX_SCRIPTS]:
        for node in _nodes(script):
            types = [name for name in strings(node.get("@type")) if len(name) < 60]
            if any(_ARTICLE.fullmatch(name.rpartition("/")[2]) for name in types):
                return node
            if not page and any(name.endswith("WebPage") for name in types):
                page = node
    return page


def strings(value: Any) -> list[str]:
    """The strings in a value that may be one string, a list, or objects with a name, a URL or an @id."""
    found: list[str] = []
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            for key in ("name", "@value", "url", "@id"):
                inner = item.get(key)
                if isinstance(inner, list) and inner:
                    inner = inner[0]
                if isinstance(inner, str) and inner.strip():
                    found.append(inner)
                    break
    return [text for text in found if text.strip()]


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    if len(script) > MAX_SCRIPT:
        return
    try:
        data = json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return
    queue, seen = [data], 0
    while queue and seen < _MAX_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, list):
            queue.extend(node[:200])
        elif isinstance(node, dict):
            yield node
            queue.extend(
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in node
            )
