"""The commands that exchange data with other programs: their arguments, and where the code is that runs them."""

from __future__ import annotations

import argparse

from reader.cli.parser import Command

WHAT = ("opml", "saved", "quotes", "library", "article", "search")
FORMATS = ("md", "html", "epub", "json", "csv", "bibtex", "csl")


def _import(parser: argparse.ArgumentParser) -> None:
    what = "an export of another program, OPML, our archive, or a folder of clippings"
    parser.add_argument("file", metavar="FILE", help=what)
    private = "also feeds on private addresses; it is consent to fetch them"
    parser.add_argument("--allow-private", action="store_true", help=private)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=WHAT, metavar="|".join(WHAT), help="what to export")
    parser.add_argument("ids", nargs="*", metavar="ID|QUERY", help="articles (12 or a12); for the others a query")
    parser.add_argument(
        "--format", choices=FORMATS, help="md (the default), html, epub, json, csv (quotes), bibtex or csl"
    )
    parser.add_argument(
        "--output", "-o", metavar="FILE|DIR", help="write to a file, or one file an article into a folder"
    )
    parser.add_argument("--force", "-f", action="store_true", help="overwrite files that are there")
    parser.add_argument(
        "--secrets", action="store_true", help="with opml or library: keep logins and keys in addresses"
    )


COMMANDS = (
    Command(
        "import",
        "FILE [--allow-private]",
        "Bring in feeds, bookmarks, clippings, or a library.",
        _import,
        "reader.cli.verbs.importing:import_",
    ),
    Command(
        "export",
        "opml|saved|quotes|library|article|search [ID|QUERY…] [--format F] [-o FILE|DIR] [--force] [--secrets]",
        "Take out articles, quotes, feeds, or the library.",
        _export,
        "reader.cli.verbs.exporting:export",
        False,
    ),
)
