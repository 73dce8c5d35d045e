"""Element names in one spelling: `prefix:local` in lower case, whatever prefix a feed chose (after feedparser)."""

from __future__ import annotations

from functools import lru_cache

SEPARATOR = "\x1f"  # between address, local name and prefix in what expat reports; cannot occur in XML

# Namespace address in lower case → usual prefix. "" are the vocabularies of feeds themselves.
_PREFIXES = {
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://example.com/newformat#": "",
    "http://example.com/necho": "",
    "http://purl.org/echo/": "",
    "uri/of/echo/namespace#": "",
    "http://purl.org/pie/": "",
    "http://purl.org/atom/ns#": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    # Vocabularies whose local names would be taken for those of feeds if their prefix were left out.
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/image/": "image",
    "http://purl.org/rss/1.0/modules/textinput/": "ti",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://podlove.org/simple-chapters": "psc",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
}


@lru_cache(maxsize=1024)
def usual_name(full: str) -> str:
    """Return `prefix:local` for a name as expat reports it (`address SEP local SEP prefix`)."""
    address, *rest = full.split(SEPARATOR)
    if not rest:
        return full.lower()
    local = rest[0].lower()
    lower = address.lower()
    given = rest[1] if len(rest) > 1 else ""
    prefix = "" if "backend.userland.com/rss" in lower else _PREFIXES.get(lower, given)
    return f"{prefix.lower()}:{local}" if prefix else local
