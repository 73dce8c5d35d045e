"""The lock file: versions that passed, one for every dependency, inside the ranges of pyproject.toml (point 90)."""

from __future__ import annotations

import re
import tomllib

import pytest
from project_sources import ROOT

packaging = pytest.importorskip("packaging.requirements")


def _locked() -> dict[str, str]:
    found = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!-]+)", line)
        assert match, line
        found[_name(match[1])] = match[2]
    return found


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _project() -> dict[str, list[str]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    found = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: [text for text in texts if not text.startswith("secnews[")] for extra, texts in found.items()}


def test_every_dependency_is_locked_inside_its_range() -> None:
    """Each requirement of pyproject.toml, of the extras too, has a version in the lock file that it allows."""
    locked = _locked()
    for requirements in _project().values():
        for text in requirements:
            requirement = packaging.Requirement(text)
            assert _name(requirement.name) in locked, text
            assert requirement.specifier.contains(locked[_name(requirement.name)], prereleases=True), text


def test_ranges_not_pins() -> None:
    """pyproject.toml has lower bounds and no exact versions: people have other packages too."""
    for requirements in _project().values():
        for text in requirements:
            operators = {specifier.operator for specifier in packaging.Requirement(text).specifier}
            assert ">=" in operators, text
            assert not operators & {"==", "==="}, text


def test_what_is_needed_at_run_time_is_in_no_extra() -> None:
    """Nothing in reader/ imports what only the extras bring."""
    from project_sources import imported, trees

    only_dev = {_name(packaging.Requirement(text).name) for text in _project()["dev"]}
    modules = {name.replace("-", "_") for name in only_dev} - {"types_pyyaml"}
    for name, module in trees():
        assert not {what.split(".")[0] for what, _node in imported(module)} & modules, name
