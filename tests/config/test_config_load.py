"""`reader.config.load`: what a file may say, and what is said about one that is wrong."""

from __future__ import annotations

import os
import pickle
import stat
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import Config, Network, Reading, SourceOverride, load

FULL = """\
[network]
allow_private = ["127.0.0.1:8088", "[::1]:80", "Wiki.Corp.Example:8443"]
timeout = 10
jobs = 4
proxy = "http://user:hunter2@proxy.example.com:3128"
contact = "desk@example.com"

[reading]
mark_read = "dwell"
dwell = 1.5
body_width = 72
auto_advance = "section"
refresh_on_start = false
watch = false
bell = true
ascii = true
reduced_motion = true

[keys]
preset = "newsboat"
"article.next" = "J,ctrl+n"
article.previous = "K"
help = "f1"

[theme]
name = "nord"

[retention]
days = 400
per_source = 5000

[sources."https://example.com/feed"]
title = "Example"
section = "Fraud"
interval = "6h"
full_text = true
headers = { Authorization = "Bearer hunter2" }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def write(file: Path, text: str) -> Path:
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    return file


def test_missing_file_is_the_defaults(file: Path) -> None:
    """No file is no problem, and loading creates nothing."""
    config = load(file)
    assert config == Config(path=file)
    assert not file.exists()
    assert not list(file.parent.iterdir())


def test_every_option_is_read(file: Path) -> None:
    """Each documented option arrives with its value and without a problem."""
    config = load(write(file, FULL))
    assert config.problems == ()
    assert config.network == Network(
        frozenset({"127.0.0.1:8088", "[::1]:80", "wiki.corp.example:8443"}),
        10.0,
        4,
        "http://user:hunter2@proxy.example.com:3128",
        "desk@example.com",
    )
    assert config.reading == Reading("dwell", 1.5, 72, "section", False, False, True, True, True)
    assert config.keys.preset == "newsboat"
    assert config.keys.bindings == {"article.next": "J,ctrl+n", "article.previous": "K", "help": "f1"}
    assert config.keys.lines == {"article.next": 21, "article.previous": 22, "help": 23}
    assert config.theme.name == "nord"
    assert (config.retention.days, config.retention.per_source) == (400, 5000)
    assert config.sources["https://example.com/feed"] == SourceOverride(
        "Example", "Fraud", 6 * 3600, True, {"Authorization": "Bearer hunter2"}
    )


def test_source_lookup_uses_the_address(file: Path) -> None:
    """A source's settings are found by its exact address and by another spelling of the same one."""
    config = load(write(file, FULL))
    assert config.source("https://example.com/feed") is config.sources["https://example.com/feed"]
    assert config.source("https://other.example.com/feed") is None
    pytest.importorskip("reader.text.addresses")
    assert config.source("HTTPS://Example.com:443/feed") is config.sources["https://example.com/feed"]


def test_config_is_frozen_and_travels(file: Path) -> None:
    """A Config cannot be changed, can be pickled, and its repr shows no header values."""
    config = load(write(file, FULL))
    with pytest.raises(AttributeError):
        config.network.jobs = 5  # type: ignore[misc]  # that it is an error is what is tested
    assert pickle.loads(pickle.dumps(config)) == config
    assert "Bearer" not in repr(config.sources)


WRONG = [
    # text, line, words that the sentence must hold
    ("[network]\ntimeot = 5", 2, ['"timeot"', "[network]", "allow_private, timeout", "ignored"]),
    ("[netwrok]\ntimeout = 5", 1, ["[netwrok]", "network, reading, keys, theme, retention, sources", "ignored"]),
    ("colour = 'red'", 1, ["[colour]", "ignored"]),
    ("[network]\n\ntimeout = '30'", 3, ["network.timeout", "number of seconds from 1 to 600", "a string", "default"]),
    ("[network]\ntimeout = 0", 2, ["network.timeout", "not 0"]),
    ("[network]\ntimeout = nan", 2, ["network.timeout", "not nan"]),
    ("[network]\ntimeout = true", 2, ["network.timeout", "not true or false"]),
    ("[network]\njobs = 17", 2, ["network.jobs", "from 1 to 16", "not 17"]),
    ("[network]\njobs = 2.5", 2, ["network.jobs", "whole number", "a number"]),
    ("[network]\nproxy = 'socks5://x:hunter2@h'", 2, ["network.proxy", '"http://"']),
    ("[network]\nproxy = 'http://x:hunter2@h /'", 2, ["network.proxy", "something else"]),
    ("[network]\nallow_private = '127.0.0.1:80'", 2, ["network.allow_private", '"host:port"', "a string"]),
    ("[network]\nallow_private = [80]", 2, ["network.allow_private", "a list with a whole number"]),
    ("[network]\nallow_private = ['10.0.0.1']", 2, ["network.allow_private", '"10.0.0.1"']),
    ("[network]\nallow_private = ['h:99999']", 2, ["network.allow_private", '"h:99999"']),
    ("[network]\nallow_private = [\n  'x\\u001b[2J:1',\n]", 2, ["network.allow_private"]),
    ("[reading]\nmark_read = 'always'", 2, ['"open", "dwell" or "never"', '"always"']),
    ("[reading]\nmark_read = 1979-05-27", 2, ["a date or time"]),
    ("[reading]\nbody_width = 91", 2, ["reading.body_width", "from 20 to 90", "not 91"]),
    ("[reading]\nascii = 'yes'", 2, ["reading.ascii", "true or false", "a string"]),
    ("[keys]\npreset = 'emacs'", 2, ['"vim", "newsboat" or "arrows"', '"emacs"']),
    ("[keys]\nhelp = 5", 2, ["keys.help", "a string of keys", "a whole number"]),
    ("[keys.article]\nnext = ['j']", 2, ["keys.article.next", "a list"]),
    ("[theme]\nname = []", 2, ["theme.name", "a list"]),
    ("[retention]\ndays = -1", 2, ["retention.days", "not -1"]),
    ("network = 5", 1, ["network must be a table", "a whole number", "defaults"]),
    ("reading = { ascii = 3 }", 1, ["reading.ascii"]),
    ("[[network]]\njobs = 1", 1, ["network must be a table", "a list"]),
    ("[sources]\nx = 5", 2, ["[sources] holds tables"]),
    ("[sources.'https://u:hunter2@h/']\ninterval = '1m'", 2, ["interval of a source", '"30m"', '"1m"']),
    ("[sources.'https://u:hunter2@h/']\ninterval = 3", 2, ["interval of a source", "not 3"]),
    ("[sources.'https://u:hunter2@h/']\nsecton = 'x'", 2, ["a source", "title, section, interval, full_text, headers"]),
    ("[sources.'https://u:hunter2@h/']\nheaders.'X Y' = 'hunter2'", 2, ["headers of a source", '"X Y"']),
    ("[sources.'https://u:hunter2@h/'.headers]\nCookie = 'hunter2\\n'\nX = \"hunter2\\n\"", 1, ["a field X"]),
    ("[network\njobs = 1", 1, ["not valid TOML", "defaults are used for everything"]),
    ("a = 1\na = 2", 2, ["not valid TOML"]),
    ("[network]\njobs = ", 2, ["not valid TOML"]),
    ("x = " + "9" * 5000, 0, ["not valid TOML"]),
    ("x = " + "[" * 100_000, 0, ["nested too deeply"]),
    ("[theme]\n" + "a." * 500_000 + "b = 1", 2, ["nested too deeply"]),
]


@pytest.mark.parametrize(("text", "line", "words"), WRONG, ids=[w[0][:40] for w in WRONG])
def test_a_mistake_is_named_with_its_line(file: Path, text: str, line: int, words: list[str]) -> None:
    """One mistake gives one sentence with file, line and what is allowed, and the default is used."""
    write(file, text)
    config = load(file)
    assert len(config.problems) == 1
    sentence = config.problems[0]
    assert sentence.startswith(f"{file}:{line}: " if line else f"{file}: ")
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence
    assert "hunter2" not in sentence
    assert "\x1b" not in sentence
    assert len(sentence) < 600
    assert file.read_text(encoding="utf-8") == text
    defaults = Config()
    assert (config.network, config.reading, config.theme, config.retention) == (
        defaults.network,
        defaults.reading,
        defaults.theme,
        defaults.retention,
    )


def test_good_values_beside_bad_ones_are_used(file: Path) -> None:
    """A mistake costs its own key only; problems come in the order of the file."""
    config = load(write(file, "[theme]\nname = 5\n[network]\njobs = 3\ntimeout = 'x'\n[reading]\nascii = true\n"))
    assert (config.network.jobs, config.network.timeout, config.reading.ascii) == (3, 30.0, True)
    assert [problem.split(":")[1] for problem in config.problems] == ["2", "5"]


def test_line_is_found_past_multi_line_strings_and_quoted_keys(file: Path) -> None:
    """What looks like a key inside a multi-line string does not mislead the line."""
    config = load(write(file, '[theme]\nname = """\n[network]\njobs = 99\n"""\n[network]\n"jo\\u0062s" = 99\n'))
    (problem,) = config.problems
    assert problem.startswith(f"{file}:7: network.jobs")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"[theme]\nname = '\xff\xfe'\n", ":2: the file is not UTF-8"),
        (b"\xff\xfe[\x00t\x00", ":1: the file is not UTF-8"),
        (b"\x00\x01\x02", "not valid TOML"),
        (b"[theme]\nname = '" + b"x" * 1_000_000 + b"'\n", ":2: theme.name must be a string of at most 1,000"),
        (b"[theme]\nname = '" + b"x" * 5_000_000 + b"'\n", "larger than 4 MiB"),
        (b"[theme]\n" + b"y" * 1_000_000 + b" = 1\n", ':2: there is no "yyy'),
        (b"[keys]\n" + b"'" + b"y" * 1_000_000 + b"' = 1\n", ":2: keys.yyy"),
    ],
    ids=["latin", "utf-16", "binary", "1 MB value", "5 MB value", "1 MB key", "1 MB binding"],
)
def test_odd_bytes_give_one_sentence(file: Path, body: bytes, words: str) -> None:
    """Not UTF-8, binary, huge: one short sentence, defaults, and the file stays as it was."""
    file.write_bytes(body)
    config = load(file)
    assert len(config.problems) == 1
    assert words in config.problems[0]
    assert len(config.problems[0]) < 400
    assert config.theme.name == ""
    assert file.read_bytes() == body


def test_byte_order_mark_is_no_mistake(file: Path) -> None:
    """Editors on Windows put one there."""
    file.write_bytes(b"\xef\xbb\xbf[network]\r\njobs = 2\r\n")
    assert load(file).network.jobs == 2
    assert load(file).problems == ()


def test_unreadable_places_are_named(tmp_path: Path) -> None:
    """A directory, a FIFO and a loop of links give a sentence at once."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    for name in ("fifo", "loop", "folder"):
        (problem,) = load(tmp_path / name).problems
        assert problem.startswith(f"{tmp_path / name}: the file cannot be read")
    (tmp_path / "a").write_text("")
    assert load(tmp_path / "a" / "config.toml").problems[0].startswith(f"{tmp_path / 'a' / 'config.toml'}: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_mode_000_is_named(file: Path) -> None:
    """A file that may not be read gives a sentence, not the defaults in silence."""
    write(file, FULL).chmod(0)
    assert "Permission denied" in load(file).problems[0]


def test_many_mistakes_do_not_fill_the_screen(file: Path) -> None:
    """A thousand mistakes are twenty sentences and a count."""
    write(file, "[network]\n" + "".join(f"k{n} = 1\n" for n in range(1000)))
    problems = load(file).problems
    assert len(problems) == 21
    assert "980 more problems" in problems[-1]


def test_path_is_shown_without_the_home_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences end up in bug reports: the home directory is written as ~."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "c.toml").write_text("[")
    assert load(tmp_path / "c.toml").problems[0].startswith("~/c.toml:1: ")


def test_the_file_is_never_touched(file: Path) -> None:
    """Loading leaves bytes, mode and time as they were, also when the file is wrong."""
    write(file, "[network]\nwrong = 1\n").chmod(0o400)
    before = file.stat()
    load(file)
    after = file.stat()
    assert (after.st_mtime_ns, after.st_ino, stat.S_IMODE(after.st_mode)) == (before.st_mtime_ns, before.st_ino, 0o400)
    assert [p.name for p in file.parent.iterdir()] == ["config.toml"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass")))
def test_any_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    """Whatever the file holds, load returns a Config with clean sentences."""
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(body)
    for problem in load(file).problems:
        assert problem.isprintable()


_TABLES = st.sampled_from(["network", "reading", "keys", "theme", "retention", "sources.x", "sources", "other"])
_NAMES = st.sampled_from(
    ["timeout", "jobs", "proxy", "allow_private", "preset", "name", "days", "interval", "headers", "q"]
)
_VALUES = st.sampled_from(
    ["1", "-1", "inf", "true", "'x'", "[]", "[[1]]", "{a=1}", "{a={b='c'}}", "1979-05-27", "1e400"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_TABLES, _NAMES, _VALUES), max_size=6))
def test_any_table_never_raises(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]) -> None:
    """Valid TOML of any shape gives a Config whose problems all begin with the file."""
    file = tmp_path_factory.getbasetemp() / "shape.toml"
    file.write_text("".join(f"[{table}]\n{name} = {value}\n" for table, name, value in rows))
    for problem in load(file).problems:
        assert problem.startswith(str(file))
        assert problem.isprintable()


@pytest.mark.parametrize(
    ("written", "meant"), [("true", "always"), ("false", "never"), ('"section"', "section"), ('"always"', "always")]
)
def test_a_switch_with_words(file: Path, written: str, meant: str) -> None:
    """`auto_advance` takes true and false besides its words."""
    config = load(write(file, f"[reading]\nauto_advance = {written}\n"))
    assert config.problems == ()
    assert config.reading.auto_advance == meant
