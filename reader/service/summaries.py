"""The summary of an entry as one clean line, for lists. Pure; runs in the child processes."""

from __future__ import annotations

import re
from html import unescape

from reader.text.clean import clean_line

LONGEST = 300  # characters of a summary; lists show less
LOOKED_AT = 4_000  # characters of HTML that are looked at for it

# Paragraphs of plain words: most summaries are nothing else, and a tree costs twenty times what this does. What is not
# matched (lists, pictures, scripts, comments, unknown elements) takes the long way.
_WORDS = re.compile(
    r"(?>[^<>&]+|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|</?(?:p|br|a|abbr|b|big|cite|code|em|font|i|small|span|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>)*"
)
_BREAK = re.compile(r"</?(?:p|br)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")


def summary_line(html: str) -> str:
    """The first 300 characters of what HTML (or plain text) says."""
    html = html[:LOOKED_AT]
    if "<" not in html and "&" not in html:
        return clean_line(html, LONGEST)
    words = _WORDS.match(html)
    if words:
        line = clean_line(unescape(_TAG.sub("", _BREAK.sub(" ", words[0]))))
        if words.end() == len(html) or len(line) > LONGEST:
            return clean_line(line, LONGEST)
    from reader.text.html import plain

    return plain(html, LONGEST)
