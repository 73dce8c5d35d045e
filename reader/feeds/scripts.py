"""Scripts and styles out of the HTML of entries: nobody reads them, and whoever shows the HTML must not run them.

This is no sanitiser: handlers in attributes and `javascript:` addresses stay, as does every other element. Text that
only talks of scripts is escaped in HTML and stays, too.
"""

from __future__ import annotations

import re


def without_scripts(html: str) -> str:
    """HTML without its `script`, `style` and `applet` elements; one that is never closed goes on to the end.

    Linear; a tenth of what parsing an entry costs, so it is done where the HTML goes out and not in every refresh,
    which derives a text without scripts in any case.
    """
    kept, at = [], 0
    while beginning := _BEGINNING.search(html, at):
        kept.append(html[at : beginning.start()])
        end = _END[beginning[1].lower()].search(html, beginning.end())
        if end is None:
            return "".join(kept)
        at = end.end()
    return html if not kept else "".join((*kept, html[at:]))


_BEGINNING = re.compile(r"<(script|style|applet)(?=[\s/>])", re.IGNORECASE)
_END = {name: re.compile(rf"</{name}[^<>]*>", re.IGNORECASE) for name in ("script", "style", "applet")}
