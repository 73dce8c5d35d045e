"""The YAML block at the top of a Markdown file, read as strings only and within bounds."""

from __future__ import annotations

import re
from typing import Any

MAX_FRONT_MATTER = 65_536  # characters
_MAX_YAML = 16_384  # PyYAML needs a second for 100 KB; longer blocks are read line by line
_MAX_BRACKETS = 400  # nesting costs PyYAML the square
_OPENING = re.compile(r"\A\ufeff?(?:[^\S\n]*\n)*---[^\S\n]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,60}?)\s*:(?:\s+(?P<value>.*))?")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")


def split_front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """Return the values by key (lower case) and the text after the block; `{}` and the whole text if there is none.

    Every value is a list of strings: YAML types are not interpreted (`2024`, `yes` and dates stay as written), nested
    values are left out. A block that is not YAML is read line by line (`title: Breach: what we know`); one that does
    not look like keys and values at all is not front matter. Never raises.
    """
    opening = _OPENING.match(text)
    if not opening:
        return {}, text
    closing = _CLOSING.search(text, opening.end(), opening.end() + MAX_FRONT_MATTER)
    if not closing:
        return {}, text
    block = text[opening.end() : closing.start()]
    values = _from_yaml(block)
    if values is None:
        values = _from_lines(block)
    if values is None:
        return {}, text
    return values, text[closing.end() :]


def _from_yaml(block: str) -> dict[str, list[str]] | None:
    import yaml  # 15 ms

    if len(block) > _MAX_YAML or block.count("[") + block.count("{") > _MAX_BRACKETS:
        return None
    try:
        # Aliases can multiply a few bytes into gigabytes; no front matter needs them.
        if any(
            isinstance(token, yaml.AliasToken | yaml.AnchorToken) for token in yaml.scan(block, Loader=yaml.BaseLoader)
        ):
            return None
        loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - safer than safe_load: it makes only str, list, dict
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        return None
    return {str(key).strip().lower(): _strings(value) for key, value in loaded.items()}


def _strings(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item.strip() for item in items[:200] if isinstance(item, str) and item.strip()]


def _from_lines(block: str) -> dict[str, list[str]] | None:
    values: dict[str, list[str]] = {}
    key = ""
    for line in block.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _ITEM.fullmatch(line)
        if item and key:
            values[key].append(_unquoted(item["value"]))
        elif match := _KEY.fullmatch(line):
            key = match["key"].strip().lower()
            value = _unquoted(match["value"] or "")
            values.setdefault(key, []).extend([value] if value else [])
        elif not (key and line[:1].isspace()):  # a continuation line belongs to its key; anything else is text
            return None
    return values or None


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    return value
