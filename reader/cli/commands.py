"""Every command of `secnews`: its name, its arguments, and where the code is that runs it (imported only then)."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from typing import Any

from reader.cli import exchange
from reader.cli.parser import Command
from reader.errors import UsageError
from reader.model import QuoteKind, Voice
from reader.text.clean import clean_line

Parser = argparse.ArgumentParser

RULE_VERBS = ("add", "preview", "apply", "change", "move", "enable", "disable", "remove")
SHOW_FORMATS = ("text", "md", "html", "json")
QUOTE_FORMATS = ("table", "json", "jsonl", "csv", "md")


def _add(parser: Parser) -> None:
    parser.add_argument("addresses", nargs="*", metavar="URL|PATH", help="a feed, a site with a feed, a file, a folder")
    parser.add_argument("--section", "-s", metavar="S", help="the section its articles go to")
    parser.add_argument("--title", "-t", metavar="T", help="its name in lists")
    parser.add_argument("--no-fetch", action="store_true", help="only note it down; the next refresh fetches it")
    parser.add_argument("--catalogue", metavar="SECTION", help="every feed of this section of the built-in catalogue")


def _sources(parser: Parser) -> None:
    parser.add_argument("--section", "-s", metavar="S", help="only this section")


def _remove(parser: Parser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="its number (3 or s3) or address")


def _edit(parser: Parser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="its number (3 or s3) or address")
    parser.add_argument("--title", "-t", metavar="T", help='its name in lists; "" is the feed\'s own again')
    parser.add_argument("--section", "-s", metavar="S", help="the section; its articles follow")
    parser.add_argument("--interval", metavar="30m", help="how often it is fetched (5m to 1d); usual: as before")
    parser.add_argument("--full-text", choices=("on", "off"), help="whether the page of each article is wanted too")
    parser.add_argument("--header", action="append", metavar="NAME:VALUE", help="sent to its host; NAME: takes it away")


def _refresh(parser: Parser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="numbers (3 or s3) or addresses; default: all")
    parser.add_argument("--section", "-s", metavar="S", help="only the sources of this section")
    parser.add_argument("--force", "-f", action="store_true", help="also what is not due or held back after errors")
    parser.add_argument("--full", action="store_true", help="with --force: ask for everything anew, without validators")
    parser.add_argument("--no-index", action="store_true", help="leave text and quotes to be worked out later")
    parser.add_argument("--jobs", "-j", type=_whole, metavar="N", help="how many sources are fetched at once (1-16)")
    parser.add_argument("--quiet", "-q", action="store_true", help="no progress and no summary, only what went wrong")


def _watch(parser: Parser) -> None:
    parser.add_argument("--section", "-s", metavar="S", help="only the sources of this section")
    parser.add_argument("--jobs", "-j", type=_whole, metavar="N", help="how many sources are fetched at once (1-16)")


def _list(parser: Parser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="words and fields such as title:bank; or a12, s3")
    parser.add_argument("--section", "-s", metavar="S", help="only this section")
    parser.add_argument("--source", metavar="ID", help="only this source (3 or s3)")
    parser.add_argument("--unread", "-u", action="store_true", help="only what is not read")
    parser.add_argument("--saved", action="store_true", help="only what is saved")
    parser.add_argument("--since", metavar="7d", help="not older than 12h, 7d, 2w, or since a date")
    parser.add_argument("--limit", "-n", type=_whole, metavar="N", help="at most N articles")


def _search(parser: Parser) -> None:
    _list(parser)
    parser.add_argument("--rank", action="store_true", help="the best match first, not the newest")


def _saved(parser: Parser) -> None:
    parser.add_argument("--limit", "-n", type=_whole, metavar="N", help="at most N articles")
    parser.add_argument("--verify", action="store_true", help="hash what is kept again and say what does not match")


def _show(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="the article's number (12 or a12)")
    parser.add_argument("--format", choices=SHOW_FORMATS, help="text (the default), md, html or json")
    parser.add_argument("--full", action="store_true", help="fetch its page and show the whole text")
    parser.add_argument(
        "--diff", nargs="?", type=_whole, const=0, metavar="N", help="what changed in revision N (last)"
    )


def _quotes(parser: Parser) -> None:
    parser.add_argument("query", nargs="*", metavar="ID|QUERY", help="an article (12 or a12), a source (s3), or words")
    parser.add_argument("--speaker", metavar="N", help="whose name has N in it")
    parser.add_argument("--org", metavar="N", help="whose organisation has N in it")
    parser.add_argument("--voice", choices=[str(voice) for voice in Voice], help="on whose behalf they speak")
    parser.add_argument("--kind", choices=[str(kind) for kind in QuoteKind], help="how much stands in quotation marks")
    parser.add_argument("--since", metavar="7d", help="in articles not older than 12h, 7d, 2w, or since a date")
    parser.add_argument("--hidden", action="store_true", help="those that you have hidden, and no others")
    parser.add_argument("--limit", "-n", type=_whole, metavar="N", help="at most N quotes")
    parser.add_argument("--format", choices=QUOTE_FORMATS, help="table (the default), json, jsonl, csv or md")


def _experts(parser: Parser) -> None:
    parser.add_argument("query", nargs="*", metavar="WORD", help="in the name, a role or an organisation")
    parser.add_argument("--limit", "-n", type=_whole, metavar="N", help="at most N experts")
    parser.add_argument("--merge", nargs="+", metavar="EXPERT", help="these (12 or e12) are one, the first")
    parser.add_argument("--split", metavar="EXPERT", help="in the articles that follow (a12) it is somebody else")


def _ids(parser: Parser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID|QUERY", help="articles (12 or a12), a source (s3), or a query")


def _save(parser: Parser) -> None:
    _ids(parser)
    parser.add_argument("--again", action="store_true", help="fetch their pages again, also those that are there")


def _mark(parser: Parser) -> None:
    parser.add_argument("state", choices=("read", "unread"))
    parser.add_argument("query", nargs="+", metavar="ID|QUERY", help="articles (12 or a12), or a query")


def _tag(parser: Parser) -> None:
    parser.add_argument("tag", nargs="?", metavar="NAME", help="the tag; without it the tags there are")
    parser.add_argument("query", nargs="*", metavar="ID|QUERY", help="articles (12 or a12), or a query")
    parser.add_argument("--remove", action="store_true", help="take the tag away again")


def _note(parser: Parser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="the article (12 or a12); without it all notes are listed")
    parser.add_argument("text", nargs="*", metavar="TEXT", help="the note; without it those of the article are listed")
    parser.add_argument("--quote", "-q", metavar="WORDS", help="words of the article that the note is about")
    parser.add_argument("--change", type=_whole, metavar="N", help="give the note of this number the words TEXT")
    parser.add_argument("--remove", type=_whole, metavar="N", help="take the note of this number away")


def _rules(parser: Parser) -> None:
    parser.add_argument("verb", nargs="?", choices=RULE_VERBS, metavar="VERB", help=", ".join(RULE_VERBS))
    what = "RULE is a number (3 or r3), ACTION is hide, read, save, notify, tag NAME or section NAME"
    parser.add_argument("words", nargs="*", metavar="WORD", help=what)
    parser.add_argument("--source", metavar="ID", help='only in this source (3 or s3); "" with change: in every source')
    parser.add_argument("--apply", action="store_true", help="with add and change: to stored articles at once too")
    parser.add_argument("--hidden", action="store_true", help="list the articles that rules hide")
    parser.add_argument("--limit", "-n", type=_whole, metavar="N", help="with --hidden and preview: at most N articles")


def _prune(parser: Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would go")


def _doctor(parser: Parser) -> None:
    parser.add_argument("--repair", action="store_true", help="put a damaged library aside and recover what it can")


def _extract(parser: Parser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="PATH|URL|-", help="files, pages, feeds, or - for standard input")


def _parse(parser: Parser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="FILE|-", help="feed documents, or - for standard input")


def _catalogue(parser: Parser) -> None:
    parser.add_argument("section", nargs="?", metavar="SECTION", help="only this section")


def _serve(parser: Parser) -> None:
    parser.add_argument("--port", "-p", type=_whole, metavar="N", help="the port on this machine (default: 8901)")


def _completion(parser: Parser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh"))


def _nothing(_parser: Parser) -> None:
    pass


_VERBS = "reader.cli.verbs."
_LIST_OPTIONS = "[--section S] [--source ID] [--unread] [--saved] [--since 7d] [--limit N] [QUERY]"
_SEARCH_OPTIONS = "QUERY [--rank] [--section S] [--source ID] [--unread] [--saved] [--since 7d] [--limit N]"
_NOTE_OPTIONS = "[ID [TEXT…] [--quote WORDS]] | --change N TEXT… | --remove N"
_SHOW_OPTIONS = "ID [--format text|md|html|json] [--full] [--diff [N]]"
_QUOTE_OPTIONS = (
    "[ID|QUERY] [--speaker N] [--org N] [--voice V] [--kind K] [--since 7d] [--hidden] [--limit N] [--format F]"
)
_RULE_OPTIONS = (
    "[add ACTION QUERY | preview RULE|QUERY | apply [RULE…] | change RULE ACTION QUERY | move RULE PLACE"
    " | enable|disable|remove RULE…] [--source ID] [--apply] [--hidden] [--limit N]"
)
_EXPERT_OPTIONS = "[WORD…] [--limit N] | --merge EXPERT EXPERT… | --split EXPERT ID…"
_EDIT_OPTIONS = "SOURCE [--title T] [--section S] [--interval 30m] [--full-text on|off] [--header NAME:VALUE]"
_REFRESH_OPTIONS = "[SOURCE…] [--section S] [--force [--full]] [--no-index] [--jobs N] [--quiet]"

COMMANDS = (
    Command(
        "add",
        "URL|PATH…|--catalogue SECTION [--section S] [--title T] [--no-fetch]",
        "Add feeds, files or folders, and fetch them.",
        _add,
        _VERBS + "adding:add",
    ),
    Command("sources", "[--section S]", "List the sources and how they are doing.", _sources, _VERBS + "sources:list_"),
    Command("remove", "SOURCE…", "Remove sources; saved articles stay.", _remove, _VERBS + "sources:remove"),
    Command("edit", _EDIT_OPTIONS, "Change a source.", _edit, _VERBS + "sources:edit"),
    Command("pause", "SOURCE…", "Fetch sources no more for now.", _remove, _VERBS + "sources:pause"),
    Command("resume", "SOURCE…", "Fetch paused sources again.", _remove, _VERBS + "sources:resume"),
    Command("refresh", _REFRESH_OPTIONS, "Fetch what is due.", _refresh, _VERBS + "refreshing:refresh"),
    Command("watch", "[--section S] [--jobs N]", "Fetch by schedule.", _watch, _VERBS + "watching:watch"),
    Command("list", _LIST_OPTIONS, "List articles, newest first.", _list, _VERBS + "lists:list_"),
    Command("search", _SEARCH_OPTIONS, "Find articles, with the line found.", _search, _VERBS + "lists:search"),
    Command(
        "show",
        _SHOW_OPTIONS,
        "Show one article.",
        _show,
        _VERBS + "showing:show",
    ),
    Command("quotes", _QUOTE_OPTIONS, "List who said what.", _quotes, _VERBS + "quotes:quotes"),
    Command("experts", _EXPERT_OPTIONS, "List who speaks across the library.", _experts, _VERBS + "experts:experts"),
    Command("save", "ID…|QUERY [--again]", "Save articles for offline.", _save, _VERBS + "marks:save"),
    Command("unsave", "ID…|QUERY", "Drop what was saved.", _ids, _VERBS + "marks:unsave"),
    Command("saved", "[--limit N] [--verify]", "List the saved articles.", _saved, _VERBS + "lists:saved"),
    Command("mark", "read|unread ID…|QUERY", "Mark articles.", _mark, _VERBS + "marks:mark"),
    Command("tag", "[NAME ID…|QUERY] [--remove]", "Tag articles, or list the tags.", _tag, _VERBS + "tagging:tag"),
    Command("note", _NOTE_OPTIONS, "Note on articles, or list the notes.", _note, _VERBS + "noting:note"),
    Command("rules", _RULE_OPTIONS, "What is done with articles by itself.", _rules, _VERBS + "rules:rules"),
    Command("undo", "", "Take back the last change.", _nothing, _VERBS + "marks:undo"),
    Command(
        "extract",
        "PATH|URL|-…",
        "Text and quotes of files or pages, stored nowhere.",
        _extract,
        _VERBS + "stateless:extract",
    ),
    Command("parse", "FILE|-…", "What a feed document says, stored nowhere.", _parse, _VERBS + "stateless:parse"),
    *exchange.COMMANDS,
    Command(
        "catalogue", "[SECTION]", "The built-in list of security feeds.", _catalogue, _VERBS + "catalogue:catalogue"
    ),
    Command(
        "prune",
        "[--dry-run]",
        "Take old articles away, as [retention] says.",
        _prune,
        _VERBS + "pruning:prune",
    ),
    Command(
        "doctor",
        "[--repair]",
        "Check directories, library, versions, terminal.",
        _doctor,
        _VERBS + "doctor:doctor",
    ),
    Command("serve", "[--port N]", "Show the room in a browser on this machine.", _serve, _VERBS + "serving:serve"),
    Command(
        "completion", "bash|zsh", "Completions for a shell.", _completion, _VERBS + "completion:completion", json=False
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}

# What `--json` prints where nothing is found: the document that a script expects, with nothing in it.
NOTHING: dict[str, dict[str, Any]] = {
    **{name: {"articles": [], "next": None} for name in ("list", "saved", "search")},
    **{name: {"sources": [], "next": None} for name in ("sources", "remove", "edit", "pause", "resume", "add")},
    "quotes": {"quotes": [], "next": None},
    "tag": {"tags": [], "next": None},
    "note": {"notes": [], "next": None},
    "rules": {"rules": [], "next": None},
    "experts": {"experts": [], "next": None},
    "catalogue": {"feeds": [], "next": None},
    "refresh": {"results": [], "new": 0, "updated": 0, "failed": 0},
}

LATER: dict[str, str] = {}  # commands of later editions, each with what to use today


def check_inputs(inputs: Sequence[str]) -> None:
    """Arguments that are no command are addresses or paths to open; raises UsageError for what can be neither."""
    for text in inputs:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text) or os.path.lexists(text):
            continue
        shown = clean_line(text, 60)
        if "/" in text or "." in text:
            raise UsageError(f"There is no file or folder {shown}.")
        import difflib

        near = difflib.get_close_matches(text, BY_NAME, n=1)
        hint = f"did you mean `secnews {near[0]}`?" if near else "`secnews --help` lists the commands."
        raise UsageError(f"There is no command, file or folder {shown}; {hint}")


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{clean_line(text, 30)!r} is not a whole number above 0")
    return int(text)
