"""Our quotes beside other people's on annotated articles: figures, CPU milliseconds an article and of the import.

quotes.py [--gold FILE.jsonl] [--scorer score.py] [--model NAME] [--json FILE]

The scorer is the one that comes with the annotated
articles (`../shared/quotes` beside the project); textacy with spaCy's small English model is measured too if it is
installed. Without articles there is nothing to measure, and the bench says so.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the project itself, when it is not installed

SHARED = ROOT.parent / "shared" / "quotes"
COLUMNS = (
    ("direct", "spans", "overlap direct"),
    ("mixed", "spans", "overlap mixed"),
    ("indirect", "spans", "overlap indirect"),
    ("all", "spans", "overlap all"),
    ("exact", "spans", "exact all"),
    ("end to end", "spans", "end2end all"),
    ("persons", "shares", "speaker (persons)"),
    ("role", "shares", "role"),
    ("organisation", "shares", "organization"),
    ("voice", "shares", "voice"),
)
Engine = Callable[[str], list[Any]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "dev.jsonl")
    parser.add_argument("--scorer", type=Path, default=SHARED / "score.py")
    parser.add_argument("--model", default="en_core_web_sm", help="the spaCy model textacy works with")
    parser.add_argument("--json", type=Path, help="write all figures there")
    arguments = parser.parse_args()
    if not arguments.gold.is_file() or not arguments.scorer.is_file():
        print(f"skipped: no annotated articles at {arguments.gold} (and no scorer beside them)")
        return 0
    scorer = load(arguments.scorer)
    articles = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines()]
    held = [a for a in articles if hashlib.sha256(a["id"].encode()).digest()[0] % 3 == 0]
    work = [a for a in articles if a not in held]
    rows = []
    for name, engine, module in engines(arguments.model):
        for part, chosen in (("", articles), (", two thirds worked on", work), (", a third held back", held)):
            if chosen:
                rows.append((f"{name}{part}", measure(scorer, chosen, engine, module)))
    print(table(rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(dict(rows), indent=1), encoding="utf-8")
    return 0


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("quotes_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def engines(model: str) -> list[tuple[str, Engine, str]]:
    """Name, function and what importing it costs: ours, and textacy's if it is there."""
    from reader.quotes import extract_quotes

    found: list[tuple[str, Engine, str]] = [("secnews", extract_quotes, "reader.quotes.extract")]
    try:
        import spacy
        from textacy.extract import triples

        language = spacy.load(model)
    except (ImportError, OSError) as problem:
        print(f"textacy skipped: {problem} (pip install textacy; python -m spacy download {model})")
        return found

    def textacy(text: str) -> list[Any]:
        quotes, offset = [], 0
        for line in text.splitlines(keepends=True):  # by paragraph, as it gives up on unbalanced quotation marks
            try:
                found = list(triples.direct_quotations(language(line)))
            except ValueError:
                found = []
            for speaker, _cue, content in found:
                start, end = offset + content.start_char, offset + content.end_char
                quotes.append({"start": start, "end": end, "speaker": " ".join(t.text for t in speaker) or None})
            offset += len(line)
        return quotes

    found.append(("textacy + spaCy small", textacy, f"textacy.extract, spacy; spacy.load({model!r})"))
    return found


def measure(scorer: ModuleType, articles: list[dict[str, Any]], engine: Engine, module: str) -> dict[str, float]:
    """All figures of one engine on some articles."""
    engine(articles[0]["text"])  # what is lazy is loaded before the clock runs
    predictions, took = {}, []
    for article in articles:
        start = time.process_time()
        quotes = engine(article["text"])
        took.append((time.process_time() - start) * 1000)
        predictions[article["id"]] = [scorer.unpack(quote) for quote in quotes]
    spans, shares = scorer.score(articles, predictions)
    figures = {name: (spans[key]["f1"] if kind == "spans" else shares[key]["share"]) for name, kind, key in COLUMNS}
    figures |= sureness(scorer, articles, predictions)
    took.sort()
    figures["ms median"] = took[len(took) // 2]
    figures["ms p95"] = took[int(len(took) * 0.95)]
    figures["import ms"] = import_time(module)
    return figures


def sureness(scorer: ModuleType, articles: list[dict[str, Any]], predictions: dict[str, Any]) -> dict[str, float]:
    """The share of quotes with a confidence of .9 or more, and the share of those that are right with their speaker."""
    sure = right = total = 0
    for article in articles:
        doc = scorer.Doc(article["text"])
        gold = [dict(q, t=doc.tokens(q["start"], q["end"])) for q in article["quotes"]]
        found = [dict(q, t=doc.tokens(q["start"], q["end"])) for q in predictions[article["id"]]]
        pairs = {j: i for i, j in scorer.match(gold, found, 0.5)}
        for j, quote in enumerate(found):
            total += 1
            if (quote["confidence"] or 0) >= 0.9:
                sure += 1
                right += j in pairs and scorer.right_speaker(gold[pairs[j]], quote)
    return {"≥ .9": sure / total if total else 0.0, "of those right": right / sure if sure else 0.0}


def import_time(module: str) -> float:
    """CPU milliseconds to import `module` in a fresh interpreter, above a bare one: the least of seven."""

    def run(code: str) -> float:
        command = [sys.executable, "-c", f"{code}\nimport time; print(time.process_time() * 1000)"]
        return float(subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True).stdout)

    return min(run(f"import {module}") for _ in range(7)) - min(run("pass") for _ in range(7))


def table(rows: list[tuple[str, dict[str, float]]]) -> str:
    """A Markdown table, one engine (and part of the articles) a line."""
    names = list(rows[0][1])
    lines = ["| system | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for name, figures in rows:
        cells = [f"{figures[n]:.1f}" if "ms" in n else f"{figures[n]:.3f}".lstrip("0") for n in names]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
