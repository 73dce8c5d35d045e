"""What stands in place of an article: a paywall's stub, a cookie wall, a call for scripts, a test for robots (pure).

General words of such pages, weighed by how much text there is: an article about captchas is no captcha.
"""

from __future__ import annotations

import re

from reader.model import Wall

_SHORT = 1_500  # characters; a page with more text than that is an article, whatever words are in it
_STUB = 3_500  # and this much a paywall may let through
_LOOKED_AT = 400_000  # characters of the source

_CAPTCHA_MARKUP = re.compile(
    r"cf[-_]chl|cf-turnstile|challenge-platform|px-captcha|captcha-delivery|<title>\s*(?:just a moment"
    r"|attention required|access denied|are you (?:a )?(?:human|robot))",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    r"verify(?:ing)? (?:that )?you(?:'re|’re| are) (?:a )?(?:human|not a robot)|are you a robot|(?:i'm|i’m) not a robot"
    r"|(?:complete|solve) the (?:security check|captcha)|unusual (?:traffic|activity) from your"
    r"|checking (?:if the site connection is secure|your browser)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"(?:enable|turn on|activate|allow|requires?|needs?|without) java ?script|java ?script (?:is |must be |to be )?"
    r"(?:disabled|required|enabled|turned off|not (?:enabled|available|supported))",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:we|our partners|this (?:web)?site)[^.\n]{0,80} us(?:e|es|ing) cookies|accept (?:all|cookies)|cookie (?:consent"
    r"|preferences|settings|policy)|(?:manage|reject) (?:all|preferences|cookies|choices)|your privacy choices"
    r"|(?:consent|agree) to the use of (?:cookies|your data)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (?:now |today )?(?:to|for) (?:continue|read|keep reading|unlock|access|full access"
    r"|get (?:full|unlimited))|(?:this|the) (?:article|content|story|post) is (?:only )?(?:available |reserved )?"
    r"(?:for|to|exclusive(?:ly)? (?:for|to)) (?:paying |paid |our )?(?:subscribers|members)"
    r"|(?:subscribers|members)[ -]only|already (?:a subscriber|a member"
    r"|subscribed)|to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign (?:in|up)|log ?in|register|create)"
    r"|(?:unlock|read) (?:the (?:rest|full)|this) (?:of this )?(?:article|story) (?:with|by)"
    r"|you(?:'ve|’ve| have) (?:reached|used) (?:your|all|the) .{0,40}(?:free|limit)"
    r"|(?:start|begin) your (?:free )?(?:trial|subscription)",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"isAccessibleForFree[\"'\s:]{1,6}\"?(?:false|no)\b", re.IGNORECASE)


def wall_of(source: str, text: str) -> Wall:
    """What a page put in place of its article. `source` is its HTML, `text` what was taken for the article ("": none).

    A page whose text is long enough for an article has no wall. Linear in the length of its input.
    """
    if len(text) > _STUB:
        return Wall.NONE
    head = source[:_LOOKED_AT]
    words = text if text else _bare(head)
    if len(words) <= _SHORT:
        if _CAPTCHA.search(words) or (len(words) < _SHORT // 2 and _CAPTCHA_MARKUP.search(head)):
            return Wall.CAPTCHA
        if len(words) < _SHORT // 2 and _SCRIPT.search(words):
            return Wall.SCRIPT
        if len(_COOKIES.findall(words)) >= 2:
            return Wall.COOKIES
    if _PAYWALL.search(_bare(head)) and (_NOT_FREE.search(head) or len(words) <= _SHORT):
        return Wall.PAYWALL
    if _NOT_FREE.search(head) and len(words) <= _SHORT:
        return Wall.PAYWALL
    return Wall.NONE


_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def _bare(source: str) -> str:
    """The words of a page, roughly."""
    return " ".join(_TAGS.sub(" ", _HIDDEN.sub(" ", source)).split())
