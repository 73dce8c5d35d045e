"""Names of authors out of the forms in which feeds write them."""

from __future__ import annotations

import re

_MAIL = r"[\w.+-]{1,100}@[\w.-]{1,200}"
_MAIL_THEN_NAME = re.compile(rf"\s*(?:mailto:)?{_MAIL}\s*[(\[]\s*(.*?)\s*[)\]]\s*")
_NAME_THEN_MAIL = re.compile(rf"\s*[\"']?(.*?)[\"']?\s*[(<\[]\s*(?:mailto:)?{_MAIL}\s*[)>\]]\s*")
_BETWEEN = re.compile(r"(?<=[)>\]])\s*[,;&]\s*")
_NOBODY_MAIL = re.compile(r"(?:mailto:)?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply)@[\w.-]{1,200}", re.IGNORECASE)
_NOBODY = {"unknown", "admin", "noreply", "no-reply", "webmaster", "no author", "anonymous"}


def person_name(author: str) -> str:
    """Return the name in `mail (Name)`, `Name (mail)` or `Name <mail>`, of several all; other forms as they are.

    A placeholder with a mail address (`noreply@blogger.com (Unknown)`), or such an address alone, is nobody: "".
    """
    author = author.strip()
    if "@" not in author or len(author) > 1_000:
        return author
    several = _BETWEEN.split(author)
    if len(several) > 1:
        return ", ".join(dict.fromkeys(filter(None, map(person_name, several))))
    if _NOBODY_MAIL.fullmatch(author):
        return ""
    match = _MAIL_THEN_NAME.fullmatch(author) or _NAME_THEN_MAIL.fullmatch(author)
    if not match:
        return author
    return "" if match[1].lower() in _NOBODY else match[1]


def joined(authors: list[str], last: str) -> str:
    """Return one line for all authors of an entry: `last` as it stands if there is one only, else all their names."""
    names = list(dict.fromkeys(filter(None, map(person_name, authors))))
    if len(names) > 1:
        names = [name for name in names if "@" not in name] or names
    return ", ".join(names) if len(names) > 1 else last or "".join(names)
