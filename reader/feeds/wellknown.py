"""Where a site keeps its feed if its pages do not say so. Pure: nothing is asked here.

There is no standard for this, only what the usual programs do: WordPress `/feed/`, Drupal `/rss.xml`, Hugo
`/index.xml`, Jekyll and Eleventy `/feed.xml`, Ghost `/rss`. The list is short because a server sees every guess.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from reader.text.addresses import join, normalise

# The most common first. WordPress redirects from the form without `/` at the end, Ghost to the one with it.
NAMES = ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss", "feed.json")
MAX_FOLDERS = 2  # of the path that was given, the innermost first: `/blog/2026/` may have a feed, so may `/blog/`


def well_known(url: str) -> list[str]:
    """Return the addresses at which a site often has its feed, the likeliest first, [] if `url` is no web address.

    Beside the page that was given first, then at the root; scheme, host and port (and a login) are those of `url`,
    which itself is left out. Each is to be tried with one request, and only one that is a feed counts.
    """
    web = join("", url)
    if not web:
        return []
    parts = urlsplit(web)
    site = f"{parts.scheme}://{parts.netloc}"
    found: dict[str, str] = {}
    for folder in _folders(parts.path):
        for name in NAMES:
            address = join("", f"{site}{folder}{name}")
            if address:
                found.setdefault(normalise(address), address)
    found.pop(normalise(web), None)
    return list(found.values())


def _folders(path: str) -> list[str]:
    """The folder of a path and those around it, then the root: `/blog/2026/a.html` → `/blog/2026/`, `/blog/`, `/`.

    A last part without a dot may be a folder as well as a page: `/blog` → `/blog/`, `/`.
    """
    names = [name for name in path.split("/") if name]
    if names and "." in names[-1] and not path.endswith("/"):
        names.pop()
    deepest = ["/" + "/".join(names[:end]) + "/" for end in range(len(names), 0, -1)]
    return [*deepest[:MAX_FOLDERS], "/"]
