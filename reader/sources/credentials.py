"""Logins that are kept outside the library: in the environment, or in a netrc file that the environment names.

`SECNEWS_AUTH_<NAME>="https://feeds.example user:password"` is Basic authentication (RFC 7617), the same with
`Header-Name: value` a header; the address stands in the value because a host cannot be written into a name without two
hosts becoming the same one. `SECNEWS_NETRC` names a netrc file; without it none is read, or every site in it would
learn who reads its feed. Nothing here is in a `repr`, and no sentence holds more than a variable's or a file's name.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.sources import request
from reader.sources.request import Target
from reader.sources.unreadable import reason
from reader.text.clean import clean_line

PREFIX = "SECNEWS_AUTH_"
NETRC = "SECNEWS_NETRC"
MAX_NETRC = 64 << 10  # bytes

Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Logins:
    """What to send where. `problems` are sentences about entries and files that were left out."""

    by_origin: Mapping[Origin, Mapping[str, str]] = field(default_factory=dict, repr=False)
    by_host: Mapping[str, str] = field(default_factory=dict, repr=False)
    problems: tuple[str, ...] = ()

    def headers(self, url: str) -> dict[str, str]:
        """Return the headers that belong to the origin of `url`; none if it has a login in itself.

        An entry of netrc knows no scheme, so it counts for https only.
        """
        target = request.parse(url)
        return {} if target is None else self.of(target)

    def of(self, target: Target) -> dict[str, str]:
        """The same for an address that is taken apart already."""
        if target.credentials:
            return {}
        named = dict(self.by_origin.get(target.origin, {}))
        if not named and target.scheme == "https" and target.host in self.by_host:
            return {"Authorization": self.by_host[target.host]}
        return named


def read_logins(environ: Mapping[str, str]) -> Logins:
    """Return the logins in `environ` and in the netrc file it names. Never raises."""
    problems: list[str] = []
    by_origin: dict[Origin, dict[str, str]] = {}
    for name in sorted(name for name in environ if name.startswith(PREFIX)):
        understood = _understood(environ[name])
        if understood is None:
            problems.append(
                f"{clean_line(name, 100)} was left out: it is not understood; "
                'write "https://host user:password" or "https://host Header-Name: value"'
            )
            continue
        origin, header, value = understood
        by_origin.setdefault(origin, {})[header] = value
    path = environ.get(NETRC, "")
    by_host = _netrc(Path(path), environ.get("HOME", ""), problems) if path else {}
    return Logins(by_origin, by_host, tuple(problems))


_HEADER = re.compile(r"([A-Za-z0-9!#$%&'*+.^_`|~-]+): +(\S.*)")


def _understood(text: str) -> tuple[Origin, str, str] | None:
    address, _, secret = text.strip().partition(" ")
    target, secret = request.parse(address), secret.strip()
    if target is None or target.credentials or not secret.isprintable():
        return None
    header = _HEADER.fullmatch(secret)
    if header:
        name, value = header.groups()
    else:
        user, colon, password = secret.partition(":")
        if not colon:
            return None
        name, value = "Authorization", request.basic(user, password)
    return (target.origin, name, value) if request.sendable(name, value) else None


def _netrc(path: Path, home: str, problems: list[str]) -> dict[str, str]:
    """Basic logins by host. The `default` entry is no login for anybody who happens to have a feed."""
    if home and path.parts[:1] == ("~",):
        path = Path(home).joinpath(*path.parts[1:])
    import netrc

    try:
        problem = _unsafe(path.stat())
        hosts = {} if problem else netrc.netrc(str(path)).hosts
    except netrc.NetrcParseError as error:  # its text quotes what it stumbled over, which may be a password
        problem, hosts = f"line {error.lineno} is not understood; write: machine HOST login USER password PASSWORD", {}
    except UnicodeError:
        problem, hosts = "it is not text in UTF-8; save it as that", {}
    except (OSError, ValueError) as error:
        problem, hosts = f"{reason(error)}; check the path in {NETRC}", {}
    if problem:
        problems.append(f"{clean_line(str(path), 300)} was left out: {problem}")
    return {
        host.lower(): request.basic(login, password or "")
        for host, (login, _account, password) in hosts.items()
        if host != "default" and (login or password)
    }


def _unsafe(status: os.stat_result) -> str:
    if not stat.S_ISREG(status.st_mode):
        return f"it is not a file; check the path in {NETRC}"
    if status.st_size > MAX_NETRC:
        return "it is far too large for what it should be; check the path"
    if status.st_uid != os.geteuid():
        return "it belongs to another user; make a copy of your own"
    if status.st_mode & 0o077:
        return "others may read it; run: chmod 600"
    return ""
