"""Every point of the safety list that is about the network, feeds and the library has tests, and they are there."""

from __future__ import annotations

import ast
import re

import pytest
from project_sources import ROOT

POINTS = [*range(22, 58), 65, *range(69, 81), 86]
_ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)::(\w+)`( \(slow\))?")
ROWS = dict(_ROW.findall((ROOT / "docs" / "safety.md").read_text(encoding="utf-8")))


def test_every_point_has_a_row() -> None:
    """Points 22 to 57, 65, 69 to 80 and 86, each once, in order."""
    assert [int(number) for number in ROWS] == POINTS


@pytest.mark.parametrize("number", ROWS)
def test_the_tests_of_a_point_are_there(number: str) -> None:
    """At least one; each is a function of that file, and those that are slow are called so."""
    named = _TEST.findall(ROWS[number])
    assert named
    for file, name, slow in named:
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        found = {
            node.name: "slow" in "".join(map(ast.unparse, node.decorator_list))
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert name in found, f"{file} has no {name}"
        assert found[name] == bool(slow), f"{name}: slow or not"
