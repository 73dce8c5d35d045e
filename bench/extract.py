"""How well and how fast the article is found in a page, beside the libraries that one would take instead.

    python bench/extract.py FOLDER

FOLDER is a checkout of the public article-extraction benchmark (181 pages with their texts, MIT licence): its own
`evaluate.py` scores. Printed: F1, precision, recall, and CPU milliseconds a page (mean and median, best of two rounds,
interleaved). readability-lxml takes part if it is installed. Compare figures of one run.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from reader.errors import ExtractError
from reader.extract.article import extract

ROUNDS = 2
Way = Callable[[bytes], str]


def main() -> None:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "ground-truth.json").is_file():
        print("give the folder of a checkout of the article-extraction benchmark")
        return
    folder = Path(sys.argv[1])
    truth = json.loads((folder / "ground-truth.json").read_text())
    pages = {name: gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()) for name in truth}
    scorer = _scorer(folder / "evaluate.py")
    print(f"{'':<26} {'F1':>6} {'prec.':>6} {'recall':>6} {'mean ms':>8} {'median':>7}")
    for name, (texts, times) in measure(ways(), pages).items():
        predicted = {page: {"articleBody": text} for page, text in texts.items()}
        score = scorer.evaluate(truth, predicted, 2)
        figures = f"{score['f1']:>6.3f} {score['precision']:>6.3f} {score['recall']:>6.3f}"
        print(f"{name:<26} {figures} {statistics.mean(times) * 1000:>8.1f} {statistics.median(times) * 1000:>7.1f}")


def ways() -> dict[str, Way]:
    """The extractors by name: ours, trafilatura in both modes, and readability-lxml where there is one."""
    import trafilatura

    found: dict[str, Way] = {
        "secnews": ours,
        "trafilatura (fast)": lambda body: trafilatura.extract(body, fast=True, include_comments=False) or "",
        "trafilatura (default)": lambda body: trafilatura.extract(body, include_comments=False) or "",
    }
    if importlib.util.find_spec("readability"):
        found["readability-lxml"] = by_readability
    return found


def ours(body: bytes) -> str:
    """The text of a page as `secnews extract` gives it; "" where it says that there is none."""
    try:
        return extract(body, name="page.html", content_type="text/html").text
    except ExtractError:
        return ""


def by_readability(body: bytes) -> str:
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found]  # not among our dependencies

    return str(fromstring(Document(body.decode("utf-8", "replace")).summary()).text_content())


def measure(found: dict[str, Way], pages: dict[str, bytes]) -> dict[str, tuple[dict[str, str], list[float]]]:
    """Each way's text by page, and its CPU seconds a page."""
    results: dict[str, tuple[dict[str, str], list[float]]] = {name: ({}, []) for name in found}
    first = next(iter(pages.values()))
    for way in found.values():
        way(first)  # loads what it loads
    for page, body in pages.items():
        best = dict.fromkeys(found, float("inf"))
        for _ in range(ROUNDS):
            for name, way in found.items():
                begin = time.process_time()
                results[name][0][page] = way(body)
                best[name] = min(best[name], time.process_time() - begin)
        for name, seconds in best.items():
            results[name][1].append(seconds)
    return results


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
