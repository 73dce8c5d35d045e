"""Numbers with their nouns."""

from __future__ import annotations

from reader.model import Expert


def counted(number: int, noun: str) -> str:
    """`1 quote`, `2 quotes`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def reach(expert: Expert) -> str:
    """`9 quotes in 3 articles of 1 outlet`."""
    quotes, articles = counted(expert.quotes, "quote"), counted(expert.articles, "article")
    return f"{quotes} in {articles} of {counted(expert.outlets, 'outlet')}"
