"""Role and organisation in the words around a name: appositions, titles before it, possessives, 'X of Y'.

Everything works on short lists of words; an `Affiliation` is what they say.
"""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.affiliation import NOTHING, Affiliation
from reader.quotes.bodies import ARTICLES, ENDS, JOINERS, bare_organization, of_body, org_like, organization, proper
from reader.quotes.names import bare

_LEADING = ARTICLES | frozenset(
    ("who", "is", "was", "works", "serves", "served", "worked", "currently", "also", "has", "been")
)
_TOP = lex.words("ceo cto coo cfo founder co-founder cofounder")
_LINES_OF_BUSINESS = lex.words("Security Systems Software Networks Technology Intelligence Cyber Research Digital")
_WHENCE = ("from", "of", "in")
_FOLK = lex.PRIVATE | lex.words(
    "teacher nurse driver mechanic electrician plumber builder carer pastor retiree veteran"
)
_PART_OF_NAME = lex.words(
    "police government council court campaign administration"
)  # "Norwick police", in small letters
_FOLLOWERS = lex.words(
    "supporter voter fan ally critic opponent user customer victim reader subscriber passenger skeptic rival follower"
    " backer loyalist allies"
)
_AUTHORS = lex.words("author co-author novelist creator inventor host co-host presenter")
_LINKS = ("at", "with", "for", "from", "of", "in", "and", "on")
_HEADS = lex.words("heads leads runs directs oversees manages")
_LEADS = lex.words(
    "leads heads runs directs oversees manages chairs edits founded cofounded co-founded created owns teaches studies"
)


def apposition(words: list[str]) -> Affiliation:
    """What an apposition says: ['a', 'fellow', 'at', 'the', 'Example', 'Council'] → fellow, Example Council."""
    k = 0
    if words and words[0].lower() == "who":
        return _relative(words)
    while k < len(words) and words[k].lower() in _LEADING:
        k += 1
    words = _joined(words[k:])
    if len(words) > 1 and words[0].lower().endswith("ed") and words[1].lower() in _OBJECTS:
        return NOTHING  # "pleaded guilty before the judge"
    r = _role_noun(words)
    plain = r is None and k > 0
    if plain:
        r = _plain_noun(words)
    if r is None:
        return bare_organization(words)
    before = premodifier(words[: r + 1])
    tail = words[r + 1 :]
    link = _link(tail)
    if link is not None and words[r].lower() in _FOLK and tail[link[0]].lower() in _WHENCE and not org_like(link[1]):
        link = None  # "a nurse from Norwick"
    if link is not None and link[1].lower().startswith("state") and words[r].lower() in ("minister", "secretary"):
        link = None  # "Secretary of State", "Minister of State for Trade"
    if link is not None and words[r].lower() in _AUTHORS and tail[link[0]].lower() not in ("at", "with", "from"):
        link = None  # "author of the book The Long Night"
    if before.role is None:
        return NOTHING
    if plain and (link is None or link[2]):
        return NOTHING
    if link is None:
        role_tail = _role_tail(tail, len(tail))
        return Affiliation(_join(before.role, role_tail), before.organization, before.generic)
    at, organization, generic = link
    if before.organization and not before.generic:
        if before.organization.lower() in lex.PLACES and not generic:
            full = _clean_role(words[: r + 1]) or before.role
            return Affiliation(_join(full, _role_tail(tail, at)), organization)
        owner = any(w.endswith(("'s", "’s", "s'", "s’")) for w in words[:r])
        if owner or generic or tail[at].lower() not in ("at", "with", ","):
            return Affiliation(_join(before.role, _role_tail(tail, at)), before.organization)
        full = _clean_role(words[: r + 1]) or before.role
        return Affiliation(_join(full, _role_tail(tail, at)), organization, generic)
    return Affiliation(_join(before.role, _role_tail(tail, at)), organization, generic)


def _relative(words: list[str]) -> Affiliation:
    """'who leads research at Example Labs', 'who is a lawyer at …'."""
    if len(words) > 2 and words[1].lower() in ("is", "was", "works", "serves", "served", "worked"):
        k = 2
        while k < len(words) and words[k].lower() in ("as", "the", "a", "an", "also", "now", "currently"):
            k += 1
        if (
            words[1].lower() in ("works", "worked", "is", "was")
            and k < len(words)
            and words[k].lower() in ("at", "for", "with")
        ):
            found = organization(words[k + 1 :])
            return Affiliation(None, found[0], found[1]) if found else NOTHING
        return apposition(words[k:])
    if len(words) > 2 and words[1].lower() in _LEADS:
        led = organization(words[2:])
        if led is not None and not led[1] and org_like(led[0]):
            return Affiliation(None, led[0])
        duty = _duty(words)
        link = _link(words[2:], ("at", "for", "with"))
        if link is not None:
            return Affiliation(duty, link[1], link[2])
        owner = next((x for x in range(2, len(words)) if words[x].endswith(("'s", "’s"))), 0)
        if duty is not None and owner:
            named = " ".join(w for w in words[2 : owner + 1] if w[0].isupper())
            return Affiliation(duty, bare(named or words[owner]), not named)
    return NOTHING


def _duty(words: list[str]) -> str | None:
    """What somebody leads, as a role: 'who heads the bank's security operations' → heads security operations."""
    if words[1].lower() not in _HEADS:
        return None
    out: list[str] = []
    for word in words[2:9]:
        if word.endswith(("'s", "’s")):
            out = []
        elif word.islower() and word.isalpha() and word not in lex.PREPOSITIONS and word not in lex.VERBAL:
            if word not in ARTICLES:
                out.append(word)
        else:
            break
    return " ".join([words[1].lower(), *out]) if out else None


def _join(role: str, tail: list[str]) -> str:
    return " ".join([role, *tail]).strip(" ,")


def _role_tail(tail: list[str], at: int) -> list[str]:
    """The words after the role noun that still belong to the role: 'of threat research', 'and co-founder'."""
    out: list[str] = []
    for x, word in enumerate(tail[:at]):
        low = word.lower()
        if word in ",;:.()—–" or (low in ENDS and low != "and") or low in lex.VERBAL or len(out) > 8:
            break
        joins_role = any(w.lower() in lex.ROLES for w in tail[x + 1 : min(at, x + 6)])
        if low == "and" and not joins_role and (not out or out[0] != "of"):
            break
        serves = low == "to" and tail[x + 1 : x + 2] == ["the"] and tail[x + 2 : x + 3] and tail[x + 2] in lex.ROLES
        if x == 0 and low not in ("of", "for", "in", "and", "on", "emeritus", "general", "at") and not serves:
            break
        out.append(word)
    while out and (out[-1].lower() in lex.PREPOSITIONS or out[-1].lower() in ARTICLES):
        out.pop()
    return out


def _role_noun(words: list[str]) -> int | None:
    """The position of the role noun that heads the phrase: the last role word before a preposition or comma."""
    found = None
    for x, word in enumerate(words[:12]):
        low = word.lower()
        if low in _SAYING:
            break
        if low in lex.ROLES:
            found = x
        elif found is not None and low not in lex.ROLE_WORDS:
            if words[x + 1 : x + 2] and words[x + 1].lower() in lex.ROLES and word[0].isalpha():
                continue
            break
        elif (
            word in ",;:."
            or low in lex.VERBAL
            or (low in lex.PREPOSITIONS and (found is not None or low not in ("of", "for", "in")))
        ):
            break
    return found


# "City Manager", "District Judge": what kind of office, not whose.
_OFFICE_WORDS = lex.words(
    "city county state school district council hospital company federal national house senate board town police",
    "defense defence high middle primary business education climate industry prison union campaign election legal",
    "health",
)
_RANKING = lex.words("acting former senior deputy assistant interim current then new longtime shadow junior")
_ATTENDING = lex.words("press assistant private general company corporate")
_OBJECTS = lex.words("guilty to the a an that in by for his her its their on at with from")
_QUALITIES = lex.words(
    "it renowned freelance noted prominent outgoing incoming celebrity circuit superior municipal parliamentary",
    "crypto bug infosec appsec botnet penetration christian muslim jewish catholic white black latino gay",
    "wireless mobile hardware firmware kernel reverse trial criminal civil patent crime sports windows android",
    "linux bitcoin forensic ex longtime veteran budding aspiring leading famous anonymous independent local",
    "foreign young old chief blockchain malware",
)
_SAYING = lex.words("said says told tells wrote writes added warned noted")
_QUANTIFIERS = lex.words(
    "one two three four five six seven eight nine ten several many some most other another all both few",
    "more fewer less than about nearly almost over dozens hundreds thousands",
)
_AGENT = ("er", "or", "ist", "ian", "ant", "eur", "eer", "ess", "yst")


def _plain_noun(words: list[str]) -> int | None:
    """The noun in 'a climate modeler at Example University': not a known role, but somebody who does something."""
    for x, word in enumerate(words[:5]):
        if word.lower() in ("at", "with", "of", "for", "in", ",", "who") and x:
            noun = words[x - 1].lower()
            return x - 1 if noun.endswith(_AGENT) and noun not in lex.COMPANIES and words[x - 1].islower() else None
        if not word.isalpha() and "-" not in word:
            return None
    return None


def _joined(words: list[str]) -> list[str]:
    """Plural possessives in one piece: ['Labs', '’'] → ['Labs’']."""
    out: list[str] = []
    for word in words:
        if word in ("’", "'") and out and out[-1].endswith("s"):
            out[-1] += word
        else:
            out.append(word)
    return out


def premodifier(words: list[str]) -> Affiliation:
    """Words that end in a role noun: ['Example', 'Labs', 'researcher'] → role researcher, organisation Example Labs."""
    words = _joined([w for w in words if w not in ("“", "”", '"')])
    for x in range(len(words) - 2, -1, -1):
        if words[x].endswith(("'s", "’s", "s'", "s’")) and len(words[x]) > 2:
            role = words[x + 1 :]
            owner = words[: x + 1]
            k = x
            while k > 0 and (owner[k - 1][0].isupper() or owner[k - 1].lower() in JOINERS):
                k -= 1
            while k < x and owner[k].lower() in JOINERS:
                k += 1
            named = owner[k][0].isupper()
            name = " ".join([*owner[k:x], bare(owner[x])])
            generic = not named
            if generic and bare(owner[x]).lower() not in lex.COMPANIES:
                return Affiliation(_clean_role(role))  # "the woman's daughter"
            return Affiliation(_clean_role(role), name, generic)
    if len(words) > 1 and words[-1].lower() == "attorney" and words[-2].lower() in ("u.s.", "us"):
        ranked = len(words) > 2 and words[-3].lower() in _RANKING
        return Affiliation(_clean_role(words[-3 if ranked else -2 :]))
    if len(words) > 1 and words[-1] in ("Secretary", "Minister") and words[-2].lower() not in _ATTENDING:
        first = next((x for x, w in enumerate(words) if w.lower() not in lex.NATIONS), 0)
        if all(proper(w) or w.lower() in JOINERS for w in words[first:]):
            return Affiliation(_clean_role(words[first:]))  # "Foreign Secretary", "Shadow Home Secretary"
    k = 0
    while k < len(words) - 1 and (
        words[k].lower() in _LEADING
        or words[k].lower() in lex.CONNECTIVES
        or words[k].lower() in lex.TIMES
        or words[k].lower() in _QUANTIFIERS
        or words[k][0].isdigit()
    ):
        k += 1
    while k < len(words) - 1 and words[k].lower().endswith("-based"):
        k += 1
    ahead = k
    while ahead < len(words) - 1 and words[ahead].islower() and words[ahead] in lex.ROLE_WORDS:
        ahead += 1
    lead: list[str] = []
    if k < ahead < len(words) - 1 and proper(words[ahead]) and not _role_like(words, ahead):
        lead, k = words[k:ahead], ahead  # "former Example Council official"
    first = k
    if k < len(words) - 1 and words[k] in lex.COMPANIES and words[k] not in lex.ROLE_WORDS:
        return Affiliation(_clean_role(words[k + 1 :]), words[k], True)
    if k < len(words) - 1 and words[k].lower() in _RANKING and words[k + 1].islower():
        words[k] = words[k].lower()  # "Acting bureau director" at the beginning of a sentence
    while k < len(words) - 1 and proper(words[k]) and not _role_like(words, k):
        k += 1
        body = k < len(words) - 2 and proper(words[k + 1])
        if body and words[k] in ("of", "for") and words[k - 1].lower() in lex.BODIES:
            k += 1  # "University of Example officials"
        elif body and words[k] == "and" and any(w in ("of", "for") for w in words[first:k]):
            k += 1  # "Department for Trade and Industry spokesman"
    while first < k and words[first].lower() in lex.NATIONS and not of_body(words[:k], first + 1):
        first += 1
    if first == k:
        if words[k].lower() == "attorney" and k and words[k - 1].lower() in ("u.s.", "us"):
            first -= 1
        return Affiliation(_clean_role([*lead, *words[first:]]))
    while first < k - 1 and words[first].lower() in _RANKING:
        first += 1  # "Former Example Council official"
    name = " ".join(words[first:k])
    noun = words[-1].lower()
    if {noun, noun[:-1]} & _FOLLOWERS:
        return Affiliation(_clean_role([*lead, *words[first:]]))  # "Example users" are not of Example
    if noun in lex.PRIVATE or name.lower() in _OFFICE_WORDS or (k - first == 1 and _describes(name)):
        return Affiliation(_clean_role([*lead, *words[first:]]))
    if k < len(words) - 1 and words[k] in _PART_OF_NAME:
        name, k = f"{name} {words[k]}", k + 1
    described = k
    while k < len(words) - 1 and words[k].lower() in lex.COMPANIES:
        k += 1
    return Affiliation(_clean_role([*lead, *words[k:]]), name, lone=" " not in name and k == described)


def _describes(word: str) -> bool:
    """Whether one word in front of a role only describes it: 'Renowned', 'Self-described', 'Windows'."""
    low = word.lower()
    if low in _QUALITIES or low in lex.COMMON:
        return True
    return low.endswith("ly") or (low.endswith("ed") and word[1:] == low[1:] and low not in lex.SECURITY_VENDORS)


def _role_like(words: list[str], k: int) -> bool:
    """A capitalised word that begins a title: 'Chief', 'Vice', 'Senior' … with nothing but title words behind."""
    if words[-1].lower() in lex.SPOKESPEOPLE or (words[-1].lower() in _TOP and words[k] in _LINES_OF_BUSINESS):
        return False
    return all(
        w.lower() in lex.ROLE_WORDS or w.lower() in JOINERS or w.lower().rstrip(".") in lex.TITLES for w in words[k:]
    )


def _clean_role(words: list[str]) -> str | None:
    while words and (words[0].lower() in ARTICLES or words[0] in ",-–—"):
        words = words[1:]
    return " ".join(words).strip(" ,") or None


def _link(tail: list[str], preferred: tuple[str, ...] = _LINKS) -> tuple[int, str, bool] | None:
    """Where in the words after a role its organisation is named, the name, and whether it is only generic."""
    best: tuple[int, int, str, bool] | None = None
    inside = 0
    rank = {"at": 0, "with": 1, "for": 2, "from": 2, ",": 3, "of": 4, "in": 6, "on": 7}
    for x, word in enumerate(tail[:28]):
        low = word.lower()
        if word in ";:.—–" or low in ("who", "which", "said", "says", "told"):
            break
        if low not in rank or (low not in preferred and low != ",") or x < inside:
            continue
        found = organization(tail[x + 1 :], comma=low == ",")
        if found is None:
            continue
        words_in = found[0].split()
        if len(words_in) > 2 and words_in[0].lower() in lex.BODIES:
            inside = x + 2 + len(words_in)  # "of the Center for …": its "for" links nothing
        if low in ("in", "on") and not org_like(found[0]):
            continue
        order = rank[low] + (2 if found[1] else 0)
        if low == "of" and x == 0 and not found[1] and org_like(found[0]):
            order = 2  # "chief of Example Group, the bank's parent"
        if best is None or order < best[0]:
            best = (order, x, found[0], found[1])
    return best[1:] if best else None
