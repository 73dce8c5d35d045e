"""Why a source could not be read, in words for people (pure).

Every sentence names the address (masked), the cause and what to do. Whatever comes from a server passes `clean_line`,
so neither a header nor a redirect can put a control character in front of the reader.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from reader.errors import SourceError
from reader.text.addresses import mask
from reader.text.clean import clean_line

LATER = "what was read before is kept, try again later"
CHECK_ADDRESS = "check the address"
TELL_OWNER = "tell whoever runs the site, or try again later"


def source_error(
    url: str,
    cause: str,
    advice: str = LATER,
    *,
    outcome: str = "error",
    status: int | None = None,
    retry_after: float | None = None,
) -> SourceError:
    """Return the error `<address> could not be read: <cause>; <advice>`."""
    sentence = f"{mask(url)} could not be read: {clean_line(cause, 700)}; {advice}"
    return SourceError(sentence, outcome=outcome, status=status, retry_after=retry_after)


def of_status(status: int) -> tuple[str, str]:
    """Return cause and advice for an HTTP status that brings no body we can use."""
    words, advice = _STATUS.get(status) or _STATUS.get(status // 100) or ("the answer is not understood", TELL_OWNER)
    return f"{words} ({status})", advice


def of_failure(error: BaseException, where: str) -> tuple[str, str]:
    """Return cause and advice for a connection to `where` (host and port) that failed, from the causes of `error`."""
    for link in causes(error):
        if isinstance(link, ssl.SSLCertVerificationError):
            return f"the certificate of {where} {_certificate(link)}", "do not trust what it shows until that is mended"
        if isinstance(link, ssl.SSLError):
            return f"{where} does not speak TLS as it should", "check whether the address should start with http://"
        if isinstance(link, socket.gaierror) and link.errno == socket.EAI_AGAIN:
            return f"no name server could be asked for {where}", "check the connection to the network"
        if isinstance(link, socket.gaierror | UnicodeError):
            return f"no such host as {where} was found", "check the spelling and the connection to the network"
        if isinstance(link, OSError) and link.errno in _ERRNO:
            words, advice = _ERRNO[link.errno]
            return words.format(where=where), advice
    return f"the connection to {where} broke off", LATER


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it, the nearest first."""
    for _ in range(20):
        if error is None:
            return
        yield error
        if isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        else:
            error = error.__cause__ or error.__context__  # libraries that raise `from None` leave the context


def duration(seconds: float) -> str:
    """Return a time for people: `2 min`, `24 h`."""
    for unit, name in ((3600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s"


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    return (
        _VERIFY.get(error.verify_code) or f"is not valid ({clean_line(error.verify_message or 'no reason given', 100)})"
    )


_VERIFY = {
    9: "is not valid yet (or this machine's clock is wrong)",
    10: "has expired (or this machine's clock is wrong)",
    18: "is self-signed, so nobody vouches for it",
    19: "leads to a self-signed one that this machine does not trust",
    20: "was issued by an authority that this machine does not trust",
    21: "was issued by an authority that this machine does not trust",
    23: "has been revoked",
    62: "is for another host",
    64: "is for another address",
}

_ERRNO = {
    errno.ECONNREFUSED: ("{where} refused the connection", "check that the server is running and the port is right"),
    errno.ECONNRESET: ("{where} reset the connection", LATER),
    errno.EPIPE: ("{where} closed the connection", LATER),
    errno.ETIMEDOUT: ("{where} did not answer", LATER),
    errno.EHOSTUNREACH: ("there is no way to {where}", "check the connection to the network"),
    errno.ENETUNREACH: ("there is no network that leads to {where}", "check the connection to the network"),
    errno.ENETDOWN: ("the network is down", "check the connection to the network"),
    errno.EADDRNOTAVAIL: ("there is no network that leads to {where}", "check the connection to the network"),
    errno.EACCES: ("the system forbids a connection to {where}", "check the firewall"),
    errno.EPERM: ("the system forbids a connection to {where}", "check the firewall"),
    errno.EMFILE: ("too many files are open", "use fewer jobs"),
}

_STATUS = {
    2: ("the server sent nothing that can be read", LATER),
    3: ("the server points somewhere without saying where", CHECK_ADDRESS),
    4: ("the server refuses the request", CHECK_ADDRESS),
    5: ("the server has a problem", LATER),
    202: ("the server has not made the answer yet", LATER),
    206: ("the server sent a part only", LATER),
    300: ("the server offers a choice of addresses", "open it in a browser and add the one you want"),
    304: ("the server says nothing has changed, but there is nothing to compare with", LATER),
    400: ("the server calls the request wrong", CHECK_ADDRESS),
    401: ("the server asks for a user name and a password", "add the address with NAME:PASSWORD@ before the host"),
    402: ("the server asks for a payment", "open it in a browser to see what for"),
    403: ("the server forbids access", "open it in a browser to see whether it wants a login"),
    404: ("there is nothing at this address", "check it, or look for the new one on the site"),
    405: ("the server does not let this address be read", CHECK_ADDRESS),
    406: ("the server has it in no form we read", CHECK_ADDRESS),
    407: ("the proxy asks for a user name and a password", "set them in network.proxy"),
    408: ("the server lost patience", LATER),
    410: ("it is gone for good", "it is not asked for again; articles already read are kept"),
    421: ("this server is not the one for that host", CHECK_ADDRESS),
    425: ("the server finds it too early", LATER),
    429: ("the server finds we ask too often", "it is left alone for a while"),
    451: ("the server may not show it for legal reasons", "open it in a browser to see why"),
    500: ("the server has an internal error", LATER),
    501: ("the server cannot do what was asked", CHECK_ADDRESS),
    502: ("a gateway got no proper answer from the server behind it", LATER),
    503: ("the server is out of service for now", LATER),
    504: ("a gateway waited in vain for the server behind it", LATER),
    511: ("this network asks for a login first", "open a browser and log in to the network"),
}
