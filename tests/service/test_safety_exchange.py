"""Local files, import and export by attackers, end to end. What the safety list says, and where it is tested:

| point | test |
|---|---|
| 58 | test_sources_files.py: test_what_is_no_file_is_refused_at_once, test_files_the_kernel_makes_up_are_refused |
| 58 | test_archive_hostile.py: test_nothing_but_a_file |
| 59 | test_sources_folders.py: test_links_lead_nowhere_outside_and_give_no_file_twice |
| 59 | test_hostile_files.py: test_a_hostile_folder |
| 60 | test_sources_files.py: test_a_file_over_the_cap_is_refused_by_its_size |
| 60 | test_hostile_files.py: test_hostile_files_one_by_one, test_hostile_files_imported |
| 61 | test_safety_exchange.py: test_what_may_not_be_read_is_said_and_the_rest_comes_in |
| 61 | test_sources_folders.py: test_a_forbidden_folder_is_reported_and_the_rest_is_read |
| 62 | test_safety_exchange.py: test_odd_names_are_listed_opened_and_exported |
| 62 | test_sources_folders.py: test_hostile_names_are_found_and_shown_clean |
| 63 | test_sources_folders.py: test_deep_trees_end_in_a_problem_not_in_an_error |
| 63 | test_sources_folders.py: test_a_scan_can_be_dropped_at_any_time |
| 63 | test_refresh_local.py: test_many_files_can_be_cancelled |
| 64 | test_archive_hostile.py: test_members_that_do_not_belong_there, test_a_list_of_members_too_long_for_memory |
| 64 | test_hostile_files.py: test_hostile_files_one_by_one |
| 65 | test_opml.py: test_only_web_addresses_are_taken_and_the_others_are_listed, test_the_hostile_server_s_list |
| 65 | test_opml.py: test_entities_are_never_expanded, test_any_depth_is_read |
| 65 | test_opml.py: test_duplicates_count_once_in_their_first_place |
| 65 | test_safety_exchange.py: test_a_list_that_runs_commands |
| 66 | test_safety_exchange.py: test_evil_titles_stay_in_the_folder_that_was_chosen |
| 66 | test_exporting.py: test_evil_titles_stay_in_the_folder, test_file_names_are_safe |
| 66 | test_exporting_files.py: test_links_and_folders_are_never_written_through, test_somebody_faster_wins |
| 67 | test_safety_exchange.py: test_code_in_articles_is_words_in_every_form |
| 67 | test_exporting.py: test_no_cell_is_ever_a_formula, test_html_stands_alone |
| 68 | test_safety_exchange.py: test_a_full_disk_leaves_no_half_file |
| 68 | test_exporting_files.py: test_a_full_disk_leaves_what_was_there, test_a_failure_leaves_nothing |
| 87 | test_saving_hostile.py: test_what_a_flapping_feed_drops_is_still_read |
| 87 | test_saving_offline.py: test_fifty_saved_articles_need_nothing_else |
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from reader.model import View
from reader.service.adding import add
from reader.service.exporting import articles as exporting
from reader.service.importing import import_file
from reader.service.library import Library
from reader.service.serial import article_object, row_object

ROOT = Path(__file__).parents[2]
NAMES = (b"caf\xe9.txt", b"new\nline.txt", b"[@click=app.quit]x.txt", b"esc\x1b[2Jape.txt", b"n" * 246 + b".txt",
         b"-rf.txt", b"a;touch pwned;$(id)`id`.txt", b"%2e%2e%2f#?q&x.txt", b" .txt", b"=1+1.txt")  # fmt: skip


def test_the_table_above_is_true() -> None:
    """Every test that it names is there, and no point from 58 to 68 (and 87) is without one."""
    points: set[int] = set()
    for point, file, names in re.findall(r"^\| (\d+) \| (\w+\.py): (.+) \|$", __doc__ or "", re.MULTILINE):
        (path,) = (ROOT / "tests").glob(f"*/{file}")
        there = re.findall(r"^(?:async )?def (test_\w+)", path.read_text(), re.MULTILINE)
        assert set(names.split(", ")) <= set(there), file
        points.add(int(point))
    assert points == {*range(58, 69), 87}


def test_odd_names_are_listed_opened_and_exported(library: Library, tmp_path: Path) -> None:
    """Names that are not UTF-8, break lines, carry markup, escapes or commands, or are very long (62)."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    for number, name in enumerate(NAMES):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"Words of file %d.\n" % number)
    add(library, str(folder))
    rows = library.window(View(), limit=100)
    assert len(rows) == len(NAMES)
    for row in rows:
        article = library.article(row.id)
        assert article.document.text.startswith("Words of file")
        for shown in (json.dumps(row_object(row)), json.dumps(article_object(article)), row.title):
            assert shown.isprintable()
    found = exporting.chosen(library, [row.id for row in rows])
    made = exporting.into_folder(library, found, "md", out, now=library.now())
    assert {path.name for path in out.iterdir()} == {path.name for path in made}
    assert all(path.name.isprintable() and len(path.name.encode()) <= 120 for path in made)
    assert import_file(library, str(folder)).added == len(NAMES)


READ = """
import sys
from reader import paths
from reader.config import Config
from reader.model import View
from reader.service.adding import add
from reader.service.children import shared
from reader.service.importing import import_file
from reader.service.library import Library
from reader.service.refresh import refresh
with Library.open(paths.locate(sys.argv[1]), Config()) as library:
    add(library, sys.argv[2])
    print(sorted(row.title for row in library.window(View(), limit=9)))
    print(refresh(library, full=True).results[0].message)
    print(import_file(library, sys.argv[2]).refused)
shared().close()
"""


def test_what_may_not_be_read_is_said_and_the_rest_comes_in(tmp_path: Path) -> None:
    """A file and a folder that nobody may read, also not the administrator, who here has no more rights (61)."""
    less = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if less and (shutil.which("setpriv") is None or subprocess.run([*less, "true"], check=False).returncode):
        pytest.skip("there is no way to have fewer rights here")
    folder = tmp_path / "in"
    (folder / "locked").mkdir(parents=True)
    for name in ("open.txt", "secret.txt", "locked/inside.txt"):
        (folder / name).write_text(f"{Path(name).stem.title()} words\n\nThey are here to be read.\n")
    for path in (folder / "secret.txt", folder / "locked"):
        path.chmod(0)
    command = [*less, sys.executable, "-c", READ, str(tmp_path / "home"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    (folder / "locked").chmod(0o700)
    assert done.returncode == 0, done.stderr
    titles, message, refused = done.stdout.strip().splitlines()
    assert titles == "['Open words']"
    for told in (message, refused):
        assert "secret.txt" in told
        assert "locked" in told
        assert "permission denied" in told


def test_a_list_that_runs_commands(library: Library, tmp_path: Path) -> None:
    """Only web addresses come in; what would run something is listed, and nothing is run (65)."""
    flag = tmp_path / "pwned"
    evil = "".join(
        f'<outline type="rss" text="{number}" xmlUrl="{url}"/>'
        for number, url in enumerate(
            (f"|touch {flag}", f"exec:touch {flag}", "file:///etc/passwd", f"filtercmd:touch {flag}",
             "https://good.example/feed", "https://good.example/feed#again", "javascript:alert(1)")
        )
    )  # fmt: skip
    nested = "<outline text='x'>" * 50 + evil + "</outline>" * 50
    (tmp_path / "evil.opml").write_text(f"<opml version='2.0'><body>{nested}</body></opml>")
    report = import_file(library, str(tmp_path / "evil.opml"))
    assert [source.url for source in library.sources()] == ["https://good.example/feed"]
    assert len(report.refused) == 6
    assert not flag.exists()
    assert all(f"{text} {reason}".isprintable() for text, reason in report.refused)


@pytest.fixture
def hostile(shared: Path) -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("hostile_server", shared / "hostile" / "hostile_server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_server"] = module
    spec.loader.exec_module(module)
    with module.HostileServer() as server:
        yield server


@pytest.mark.parametrize("form", ["md", "html"])
def test_evil_titles_stay_in_the_folder_that_was_chosen(
    library: Library, hostile: Any, tmp_path: Path, form: str
) -> None:
    """Every title of the hostile feed is a file within the folder; twice gives twice as many, and none is lost (66)."""
    out = tmp_path / "chosen"
    out.mkdir()
    add(library, hostile.url("/paths.xml"))
    found = list(exporting.of_view(library, View()))
    made = exporting.into_folder(library, found, form, out, now=library.now())
    made += exporting.into_folder(library, found, form, out, now=library.now())
    assert len(found) > 10
    assert len(set(made)) == 2 * len(found) == len(list(out.iterdir()))
    assert all(path.parent == out and len(path.name.encode()) <= 120 for path in made)
    assert {path.name for path in tmp_path.iterdir()} == {"chosen", "room"}


def test_code_in_articles_is_words_in_every_form(library: Library, hostile: Any) -> None:
    """Formulas are no formulas, scripts no scripts, templates and shell no more than words (67)."""
    add(library, hostile.url("/code.xml"))
    found = list(exporting.of_view(library, View()))
    titles = [article.row.title for article in found]
    assert any(title.startswith("=") for title in titles)
    tree = etree.fromstring(exporting.document(found, "html", title="x", now=library.now()), etree.HTMLParser())
    assert [one for one in tree.iter() if one.tag in ("script", "iframe", "object", "form", "img")] == []
    assert [name for one in tree.iter() for name in one.attrib if name.startswith("on")] == []
    assert [" ".join(one.text.split()) for one in tree.xpath("//article//h1")] == [" ".join(t.split()) for t in titles]
    book = exporting.document(found, "epub", title="x", now=library.now())
    assert b"<script" not in book
    for article in found:
        note = exporting.document([article], "md", title="x", now=library.now()).decode()
        assert "<script" not in note.replace("\\<script", "")
    table = exporting.document(found, "csv", title="x", now=library.now()).decode()
    for row in csv.reader(io.StringIO(table)):
        assert not any(cell[:1] in "=+@" or (cell[:1] == "-" and len(cell) > 1) for cell in row if cell)


FILL = """
mount -t tmpfs -o size=2m,mode=700 tmpfs "$1"
echo old > "$1/old.zip"
shift
for target in new.html new.epub folder/ ; do
    mkdir -p "$TARGET/folder"
    "$@" --home "$SECNEWS_HOME" export saved --format "${FORM:-html}" -o "$TARGET/$target" ; echo "code $?"
done
"$@" --home "$SECNEWS_HOME" export library -o "$TARGET/old.zip" --force ; echo "code $?"
find "$TARGET" -type f | sort
for file in "$TARGET"/folder/*.html ; do test -f "$file" && echo "ends $(tail -n 1 "$file")" ; done
cat "$TARGET/old.zip"
"""


@pytest.mark.slow
def test_a_full_disk_leaves_no_half_file(library: Library, tmp_path: Path) -> None:
    """On a disk of two megabytes exports say that it is full; neither half a file nor a lost one is left (68)."""
    if shutil.which("unshare") is None or subprocess.run(
        ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs tmpfs {tmp_path}"], check=False, capture_output=True
    ).returncode:  # fmt: skip
        pytest.skip("no disk of its own can be mounted here")
    from reader.service import actions

    (tmp_path / "texts").mkdir()
    words = "\n\n".join(f"{number} {os.urandom(400).hex()}" for number in range(2_000))
    for number in range(3):
        (tmp_path / "texts" / f"{number}.txt").write_text(f"Title {number}\n\n{words}")
    add(library, str(tmp_path / "texts"))
    actions.save(library, list(library.ids(View())))
    library.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    environment = {
        **os.environ, "TARGET": str(disk), "SECNEWS_HOME": str(tmp_path / "room"), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = ["unshare", "-rm", "sh", "-c", FILL, "sh", str(disk), sys.executable, "-m", "reader"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment, cwd=ROOT)
    assert done.stdout.count("code 5") == 4, done.stdout + done.stderr
    assert done.stderr.count("no space left on device; nothing of it was left behind") == 4
    left = [line for line in done.stdout.splitlines() if line.startswith("/")]
    assert set(left) <= {f"{disk}/old.zip", *(f"{disk}/folder/Title {number}.html" for number in range(3))}
    assert done.stdout.endswith("old\n")
    assert done.stdout.count("ends </body></html>") == len(left) - 1
