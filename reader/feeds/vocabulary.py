"""Which rule reads which element, by the element's usual name, in a feed, in an entry and in an author."""

from __future__ import annotations

from reader.feeds.rules import Leaf, Rules

AUTHORS = ("author", "managingeditor", "dc:author", "dc:creator", "itunes:author")
MARKUP = ("title", "summary", "content")  # elements of Atom that may hold XHTML

FEED_LEAVES: dict[str, Leaf] = {
    **dict.fromkeys(("title", "dc:title"), Rules.feed_title),
    "media:title": Rules.feed_media_title,
    **dict.fromkeys(("language", "dc:language"), Rules.feed_language),
    **dict.fromkeys(("rss", "feed"), Rules.empty_root),
    **dict.fromkeys(("item", "entry"), Rules.empty_entry),
    **dict.fromkeys(("source", "image", "textinput"), Rules.forget_feed_titles),
    **dict.fromkeys(("guid", "id"), Rules.feed_id),
    "link": Rules.feed_link,
}
PERSON_PARTS: dict[str, Leaf] = {
    **dict.fromkeys(("name", "itunes:name"), Rules.name_of_person),
    **dict.fromkeys(("email", "itunes:email"), Rules.email_of_person),
    **dict.fromkeys(("uri", "url", "homepage"), Rules.nothing_of_person),
}
ENTRY_LEAVES: dict[str, Leaf] = {
    **dict.fromkeys(("title", "dc:title"), Rules.title),
    "media:title": Rules.media_title,
    **dict.fromkeys(("source", "image", "textinput"), Rules.forget_titles),
    "link": Rules.link,
    **dict.fromkeys(("guid", "id"), Rules.guid),
    **dict.fromkeys(("pubdate", "published", "issued", "dcterms:issued"), Rules.published),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc:date", "dcterms:modified"), Rules.updated),
    **dict.fromkeys(("created", "dcterms:created"), Rules.created),
    **dict.fromkeys(AUTHORS, Rules.author),
    **dict.fromkeys(("category", "keywords", "dc:subject"), Rules.category),
    "media:category": Rules.media_category,
    "itunes:category": Rules.itunes_category,
    "media:keywords": Rules.keywords,
    "itunes:keywords": Rules.itunes_keywords,
    "enclosure": Rules.enclosure,
    "media:content": Rules.media_content,
    "media:thumbnail": Rules.media_thumbnail,
    **dict.fromkeys(("description", "dc:description", "media:description"), Rules.description),
    **dict.fromkeys(("summary", "itunes:summary", "abstract"), Rules.summary),
    "content": Rules.content,
    **dict.fromkeys(("content:encoded", "fullitem"), Rules.encoded),
    **dict.fromkeys(
        # What feedparser stores over, or beside, the fields that we read.
        (
            *("item", "entry", "date", "links", "authors", "tags", "enclosures", "body", "xhtml:body", "itunes:owner"),
            *("summary_detail", "title_detail", "published_parsed", "updated_parsed", "items", "entries", "svg"),
        ),
        Rules.refuse,
    ),
}
PERSON_LEAVES: dict[str, Leaf] = {**dict.fromkeys(ENTRY_LEAVES, Rules.refuse), **PERSON_PARTS}
