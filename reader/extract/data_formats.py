"""Texts that are written for programs: they hold neither an article nor a feed, whatever words are in them."""

from __future__ import annotations

import json
import re

from reader.text.clean import clean_line

LOOKED_AT = 2**20  # characters of a JSON array that are read to see that it is one
HEAD = 8192  # characters in which the root of an XML document stands
_ROOT = re.compile(r"(?>(?>\s+|<\?.*?\?>|<!--.*?-->|<![^>\[]*>)*)<([A-Za-z_][\w.:-]{0,200})", re.DOTALL)
_JSON_OBJECT = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\}\s*$)')
_LABELS = {
    **dict.fromkeys(("text/csv", ".csv"), "a table (CSV)"),
    **dict.fromkeys(("text/tab-separated-values", ".tsv"), "a table (TSV)"),
    **dict.fromkeys(("text/css", ".css"), "a style sheet"),
    **dict.fromkeys(
        ("text/javascript", "application/javascript", "application/x-javascript", ".js", ".mjs"), "a script"
    ),
}


def data_kind(text: str, *, name: str = "", content_type: str = "") -> str:
    """Return what kind of data `text` is, in words ("XML of another kind (<note>)", "JSON data"), "" for prose.

    What the text looks like decides for XML and JSON; tables and code look like prose and are known by the ending of
    `name` (a file's name or an address) or by `content_type` only.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _xml(text)
    if _JSON_OBJECT.match(text) or (text.startswith("[") and _is_json(text)):
        return "JSON data"
    path = name.partition("?")[0].partition("#")[0].lower().rpartition("/")[2]
    ending = path[path.rfind(".") :] if "." in path else ""
    return _LABELS.get(content_type.partition(";")[0].strip().lower()) or _LABELS.get(ending, "")


def _xml(text: str) -> str:
    """XML has a declaration, or one element around all of it."""
    declared = text.startswith("<?xml")
    root = _ROOT.match(text[:HEAD])
    if root and (declared or text.rstrip().endswith(f"</{root[1]}>")):
        return f"XML of another kind (<{clean_line(root[1], 60)}>)"
    return "XML of another kind" if declared else ""


def _is_json(text: str) -> bool:
    if len(text) > LOOKED_AT:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
