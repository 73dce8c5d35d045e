"""Letters for links, as Vimium has them: few keys, no label the beginning of another."""

from __future__ import annotations

from itertools import islice, product

ALPHABET = "asdfghjklqwertuiopzxcvbnm"  # home row first; no y: `y` and a label copies the address


def labels(count: int) -> list[str]:
    """`count` labels of one letter each, or of two if there are more than letters (625 at most)."""
    length = 1 if count <= len(ALPHABET) else 2
    found = ["".join(letters) for letters in islice(product(ALPHABET, repeat=length), count)]
    return found + [""] * (count - len(found))
