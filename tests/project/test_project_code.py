"""What the source must not hold (point 19 of the safety list) and how it must look."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from project_sources import PACKAGE, ROOT, calls, dotted, imported, modules, tree, trees

FORBIDDEN_CALLS = {
    "os.system", "os.popen", "eval", "exec", "compile", "__import__", "tempfile.mktemp", "yaml.load", "yaml.load_all",
    "yaml.unsafe_load", "yaml.full_load", "subprocess.getoutput", "subprocess.getstatusoutput",
    "asyncio.create_subprocess_shell", "shutil.unpack_archive",
}  # fmt: skip
FORBIDDEN_ENDS = (".extractall", ".mktemp", ".create_subprocess_shell")
FORBIDDEN_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "ptyprocess", "imp", "telnetlib"}


def test_no_shell_no_eval_no_pickle() -> None:
    """No call that runs a shell or text as code, unpacks archives by itself, or makes guessable temporary names."""
    found = []
    for name, module in trees():
        for called, node in calls(module):
            if called in FORBIDDEN_CALLS or called.endswith(FORBIDDEN_ENDS):
                if called.startswith("yaml.load") and _loads_plain_values(node):
                    continue
                found.append(f"{name}:{node.lineno} {called}")
            for keyword in node.keywords:
                if keyword.arg == "shell" and not (
                    isinstance(keyword.value, ast.Constant) and keyword.value.value is False
                ):
                    found.append(f"{name}:{node.lineno} shell=")
        found += [f"{name}:{node.lineno} {what}" for what, node in imported(module) if what in FORBIDDEN_MODULES]
    assert found == []


def _loads_plain_values(call: ast.Call) -> bool:
    """`yaml.load` with a loader that makes strings, lists and tables only."""
    loaders = [keyword.value for keyword in call.keywords if keyword.arg == "Loader"]
    return any(dotted(loader).split(".")[-1] in ("SafeLoader", "CSafeLoader", "BaseLoader") for loader in loaders)


def test_the_search_finds_what_it_looks_for() -> None:
    """The tests of this file can fail: each forbidden thing is seen in a line that has it."""
    lines = "import os, pickle, yaml\nos.system('x')\neval('1')\nz.extractall()\nyaml.load(f)\nrun(a, shell=True)\n"
    module = ast.parse(lines)
    assert {"os.system", "eval", "z.extractall", "yaml.load", "run"} == {called for called, _node in calls(module)}
    assert "pickle" in {what for what, _node in imported(module)}
    assert dotted(ast.parse("a().b.c", mode="eval").body) == ".b.c"


def test_feedparser_gets_bytes_in_memory_only() -> None:
    """`feedparser.parse(bytes)` opens the file or address that the bytes name: only `io.BytesIO(…)` may go in."""
    seen = 0
    for name, module in trees():
        for called, node in calls(module):
            if called == "feedparser.parse":
                seen += 1
                assert _is_bytes_in_memory(node.args[0], module), name
            assert not called.endswith("feedparser.api.parse"), name
    if (PACKAGE / "feeds" / "tolerant.py").exists():
        assert seen == 1


def _is_bytes_in_memory(node: ast.expr, module: ast.Module) -> bool:
    """`io.BytesIO(…)` itself, or a name that is given nothing but that in the whole module."""
    if isinstance(node, ast.Name):
        values = [
            statement.value
            for statement in ast.walk(module)
            if isinstance(statement, ast.Assign | ast.AnnAssign | ast.NamedExpr)
            for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
            if dotted(target) == node.id and statement.value is not None
        ]
        return bool(values) and all(_is_bytes_in_memory(value, module) for value in values)
    return isinstance(node, ast.Call) and dotted(node.func) in ("io.BytesIO", "BytesIO")


def test_one_module_prints_and_one_talks() -> None:
    """Standard output is written by cli/output.py, standard error by cli/talk.py; children talk through their pipe.

    `__main__` answers `--version` before anything is loaded; the service's child process owns its own streams.
    """
    allowed = {"reader.cli.output", "reader.cli.talk", "reader.__main__", "reader.service.worker"}
    for name, module in trees():
        for called, node in calls(module):
            assert called not in ("print", "input"), f"{name}:{node.lineno}"
            if called.startswith(("sys.stdout.", "sys.stderr.")) and name not in allowed:
                harmless = called.endswith((".isatty", ".fileno", ".flush"))
                assert harmless or name.startswith("reader.tui"), f"{name}:{node.lineno} {called}"


def test_modules_are_small() -> None:
    """Over 400 lines a module has more than one job."""
    long = {name: len(path.read_text().splitlines()) for name, path in modules().items()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_every_module_says_what_it_is_for() -> None:
    """Every module that holds code begins with a docstring."""
    missing = [name for name, module in trees() if module.body and not ast.get_docstring(module)]
    assert missing == []


def test_names_are_terms_of_the_field() -> None:
    """No module is called after nothing in particular."""
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base", "tools", "shared"}
    assert [name for name in modules() if name.rsplit(".", 1)[-1] in vague] == []


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def _definition(module: str, name: str, seen: tuple[str, ...] = ()) -> ast.AST | None:
    """The function or class that `from module import name` gives, through re-exports."""
    if module not in modules() or module in seen:
        return None
    for node in tree(modules()[module]).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            return node
    for node in ast.walk(tree(modules()[module])):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("reader"):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _definition(node.module, alias.name, (*seen, module))
    return None


def test_what_other_rooms_use_is_documented() -> None:
    """Every function that one room takes from another has a docstring; so has every class with code in it."""
    missing = set()
    for name, module in trees():
        for node in ast.walk(module):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("reader."):
                continue
            assert node.module
            if _room(node.module) == _room(name):
                continue
            for alias in node.names:
                found = _definition(node.module, alias.name)
                if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) and not ast.get_docstring(found):
                    missing.add(f"{node.module}.{alias.name}")
    assert missing == set()


FORBIDDEN_WORDS = re.compile(
    r"/work/|/root/|/tmp/v\b|/\.library|\bartifactory\b|\bnexus\b|\bdevpi\b|pyenv|claude|anthropic|\bLLM\b|\bcopilot\b",
    re.IGNORECASE,
)
TEXTS = ("*.py", "*.md", "*.toml", "*.tcss", "*.txt", "*.tsv", "*.svg", "*.cfg", "*.lock", "*.json", "*.yml")


def _texts() -> list[Path]:
    folders = [PACKAGE, ROOT / "docs", ROOT / "bench", ROOT / "tests", ROOT / ".ci"]
    files = [file for file in ROOT.iterdir() if file.is_file() and file.suffix in {p[1:] for p in TEXTS}]
    for folder in folders:
        files += [file for pattern in TEXTS for file in folder.rglob(pattern)]
    files += [file for file in (ROOT / ".ci").iterdir() if file.is_file()]
    return [file for file in files if "__pycache__" not in file.parts]


def test_no_word_about_the_machine_it_was_written_on() -> None:
    """The project names no machine, registry or tool of the people who wrote it."""
    found = []
    for file in _texts():
        if file == Path(__file__):
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if FORBIDDEN_WORDS.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}")
    assert found == []


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "pyproject.toml", ".ci/run"])
def test_the_files_of_a_project_are_there(name: str) -> None:
    """What people look for first."""
    assert (ROOT / name).stat().st_size > 50
