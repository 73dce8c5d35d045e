"""Which readings count as a report: who can speak, and which words after a verb are somebody's words."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.content import Opening, clause_behind_comma, finite, quantity, verb_like
from reader.quotes.cues import ADDRESSING, BARE_OK, BELIEVING, CALLING, CORE, FINDING
from reader.quotes.mentions import Kind, mention
from reader.quotes.phrases import Phrase, left_phrase
from reader.quotes.reading import Reading
from reader.quotes.tokens import Tokens
from reader.quotes.verbs import Verb

_IT_SAYS = lex.words(
    "say add note read explain state warn report claim announce write confirm tell suggest stress show find",
    "point insist argue acknowledge deny admit conclude estimate caution maintain allege promise vow pledge reveal",
    "recommend predict emphasize emphasise reiterate disclose clarify concede contend declare recall recount",
)
_THAT_TOO = lex.words("conclude read worry joke elaborate repeat insinuate think")
_THAT_IS = lex.words("say tell claim insist argue add warn explain confirm admit concede announce suggest acknowledge")
_ASKING = lex.words("explain say tell note")
_LENIENT = lex.words("say tell claim insist argue")
_OCCASIONS = lex.words("interview conference briefing call hearing speech testimony comments event court time")
_NO_SUBJECT = lex.words("whose how what why where when whether only shortly soon our my")
_RELATIVES = lex.words("which that who whom what")
_SMALL = lex.OPENERS | lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.ADVERBS | lex.PRONOUNS | lex.AUXILIARIES
_PLAINLY = lex.words("say add note explain warn write")
_SUBJUNCTIVE = lex.words("demand request propose recommend suggest insist")
_BASE_VERBS = lex.words(
    "pay be have give release stop take return send provide make remove use install keep change check update avoid"
    " consider adopt ensure review verify contact report assess implement disable apply hand delete follow"
)
_MODALS = lex.words("could may might can should would must will")
_PRONOMINAL = lex.words("nothing little much something")
_NO_CLAUSE = lex.words(
    "to of about against and or but by as nothing for with little much something which who whose whom"
)


def can_speak(r: Reading, verb: Verb, phrase: Phrase, opening: Opening, closing: bool) -> bool:
    """Whether the phrase can be the one who utters: no "this", no first person, no noun that has no voice."""
    t = r.t
    head = t.low[phrase.head - 1].replace("’", "'").split("'")[0]
    if phrase.head - phrase.start == 1:
        if head in ("i", "we", "you"):
            return r.quoted and closing
        if head in ("that", "this", "there", "what", "those", "these", "nobody", "none", "neither", "nothing"):
            return False
        if head == "which":
            return verb.lemma == "say"
        if head == "it":
            return verb.lemma in _IT_SAYS
    if not (t.words[phrase.start][0].isalnum() or t.words[phrase.start] in "'‘\"“$@#"):
        return False
    if t.low[phrase.start].replace("’", "'") in ("let", "let's", "having"):
        return False
    if t.low[phrase.start] in _NO_SUBJECT and not (
        t.low[phrase.start] == "our" and t.low[phrase.head - 1] in lex.ROLES
    ):
        return False
    if any(t.low[x] in ("how", "why", "whether", "what") for x in range(phrase.start, phrase.head)):
        return False
    first = t.words[phrase.start]
    if phrase.head - phrase.start > 1 and first.islower() and first.endswith("ing") and not closing:
        return False  # "forcing several US |…"
    m = mention(t, phrase)
    if m.kind is Kind.NAME and all(w.lower() in lex.CALENDAR for w in m.name):
        return False
    if m.kind is Kind.NAME:
        return m.name[0][0].isalnum() and not (
            len(m.name) == 1 and any(t.quoted[phrase.start : phrase.head]) and not closing
        )
    if m.noun in lex.PARTS_OF_TEXTS:
        return False
    if m.kind is Kind.OTHER and not closing:
        return (verb.lemma in CORE or verb.lemma == "point") and (
            opening in (Opening.THAT, Opening.QUOTE) or verb.lemma in ("say", "tell")
        )
    return True


def nameable(t: Tokens, verb: Verb, phrase: Phrase) -> bool:
    """Whether a phrase behind a comma and a verb can be its subject: '…, said a neighbour', not '…, wrote a book'."""
    kind = mention(t, phrase).kind
    return kind is not Kind.OTHER and not (kind is Kind.DOCUMENT and verb.lemma == "write")


def hypothetical(r: Reading, verb: Verb) -> bool:
    """'could conclude that', 'might say': nobody has said it."""
    t = r.t
    if any(t.low[x] in _MODALS for x in range(verb.group, verb.at)):
        return True
    if verb.group > r.sentence.start and t.low[verb.group - 1] in ("and", "or", ",") and t.low[verb.at] == verb.lemma:
        return any(t.low[x] in _MODALS or t.low[x] in ("to", "will") for x in range(r.sentence.start, verb.group))
    return False


def admitted(r: Reading, verb: Verb, phrase: Phrase, start: int, k: int, opening: Opening) -> bool:
    """Whether the words that begin at token `k`, so introduced, are a report by `phrase`."""
    t, s = r.t, r.sentence
    if opening is Opening.QUOTE:
        return _utterance(t, k, verb)
    if verb.negated or verb.lemma in BELIEVING or hypothetical(r, verb):
        return False
    document = is_document(t, phrase)
    if verb.lemma in FINDING and not document and not _pronoun(t, phrase, ("it",)):
        return False
    if opening is Opening.COLON:
        return not verb.only_quoted or any(t.quoted[k : s.end])
    if opening is Opening.THAT:
        if t.low[k] == "that" and verb.lemma not in _THAT_IS:
            return False  # "messages that could be late", "the tests written that are slow"
        return (not verb.only_quoted or verb.lemma in _THAT_TOO) and k < s.stop
    if t.low[start] == "as" and opening is Opening.BARE and t.words[verb.end + (verb.lemma == "put")] == ",":
        return not verb.participle and (verb.lemma in CORE or verb.lemma in ("put", "point")) and s.stop - k >= 4
    if opening is Opening.QUESTION:
        return verb.lemma in _ASKING and finite(t, k + 1, s.stop)
    if verb.lemma in CALLING:
        end = next(
            (
                x
                for x in range(k, s.stop)
                if t.words[x] == "," and t.low[x + 1 : x + 2] and t.low[x + 1].endswith("ing")
            ),
            s.stop,
        )
        return sum(1 for x in range(k, end) if t.quoted[x] and t.words[x][0].isalnum()) >= 4
    if t.low[verb.group - 1] in ("who", "which", "that") and verb.lemma not in _LENIENT:
        return False
    return _bare(r, verb, phrase, k)


def _bare(r: Reading, verb: Verb, phrase: Phrase, k: int) -> bool:
    """A clause without "that": only after plain verbs of saying, and only if it has a finite verb."""
    t, s = r.t, r.sentence
    low = t.low[k]
    alone = low in _PRONOMINAL and k + 1 < s.stop and t.low[k + 1] in lex.VERBAL  # "nothing is likely to happen"
    led_in = verb.lemma == "say" and low in ("as", "with") and clause_behind_comma(t, k, s.stop)
    if verb.only_quoted or verb.open or (low in _NO_CLAUSE and not alone and not quantity(t, k) and not led_in):
        return False
    relative = not _RELATIVES.isdisjoint(t.low[max(s.start, phrase.start - 1) : phrase.start + 1])
    if relative and verb.lemma in _LENIENT and verb_like(t, k):
        return True  # "which Roe said was too late"
    if low in lex.BE and not relative:
        return False
    if verb.addressing and t.low[verb.end] == "to":
        return False
    if t.low[k + 1 : k + 2] == ["to"] and low not in lex.PRONOUNS:
        return False  # "announced plans to pursue them"
    if verb.lemma in ADDRESSING and verb.lemma not in ("tell", "warn", "advise", "caution", "show") and k == verb.end:
        return False
    if verb.lemma in _SUBJUNCTIVE and any(t.low[x] in _BASE_VERBS for x in range(k + 1, min(k + 7, s.stop))):
        return t.low[k] in lex.DETERMINERS or t.words[k][0].isupper() or t.words[k].islower()
    if verb.participle and verb.addressing:
        return False
    if verb.participle and any(t.low[x] in ("said", "says") for x in range(k + 1, min(k + 5, s.stop))):
        return False  # "a statement announcing his departure said …"
    if low == "it" and (k + 1 >= s.stop or t.words[k + 1] in ",.;:" or t.low[k + 1] in lex.PREPOSITIONS):
        return False  # "the way they wrote it in the first place"
    plain = verb.lemma in BARE_OK or not verb.needs_that
    if not plain and not is_document(t, phrase) and low not in lex.PRONOUNS and low != "there":
        return False
    lenient = verb.lemma in _LENIENT and not verb.participle
    sayable = verb.lemma == "say" or any(t.quoted[k : s.stop])
    if sayable and lenient and s.stop - k >= 4 and _noun_phrase_first(t, k):
        return True
    return finite(t, k, s.stop, strict=not lenient or low in ("a", "an"))


def _noun_phrase_first(t: Tokens, k: int) -> bool:
    """Whether what follows "said" can only be a subject: 'said | the phones never stop'."""
    low = t.low[k]
    plural = low.endswith("s") and len(low) > 3 and t.words[k].islower() and low not in lex.TIMES
    following = t.low[k + 1 : k + 2]
    if (
        t.words[k].islower()
        and low not in _SMALL
        and following
        and following[0].endswith("s")
        and len(following[0]) > 3
    ):
        return not following[0].endswith(("ss", "'s", "’s"))  # "said | romance scams cost Americans …"
    if plural and t.low[k + 1 : k + 2] and t.low[k + 1] not in lex.PREPOSITIONS and low not in ("yes", "always"):
        return True
    return (low in lex.DETERMINERS and low not in ("a", "an", "no", "few", "that", "this")) or (
        t.words[k][0].isupper() and low not in lex.TIMES and low not in lex.MONTHS
    )


def _utterance(t: Tokens, k: int, verb: Verb) -> bool:
    number = t.quoted[k]
    count = 0
    for x in range(k, len(t.words)):
        if t.quoted[x] != number:
            break
        count += t.words[x][0].isalnum()
    if verb.lemma in CALLING or (verb.only_quoted and verb.lemma not in ("ask", "read", "continue", "conclude", "put")):
        return count >= (3 if verb.lemma in CALLING else 4)
    if (
        t.words[k - 2] in ",:"
        or t.low[k - 2] == "that"
        or verb.lemma in ("say", "add", "tell", "write", "tweet", "ask", "read")
    ):
        return count >= 2
    return count >= 3


def is_document(t: Tokens, phrase: Phrase) -> bool:
    """Whether a noun phrase is headed by a report, letter, filing … or by figures."""
    for x in range(phrase.start, phrase.head):
        low = t.low[x]
        if low in lex.DOCUMENTS:
            return True
        if low in ("of", "from", "by", "at", "in", "on", "for", "into") and x > phrase.start:
            return False
    return False


def _pronoun(t: Tokens, phrase: Phrase, which: tuple[str, ...]) -> bool:
    return phrase.head - phrase.start == 1 and t.low[phrase.start] in which


def names_only(t: Tokens, a: int, b: int) -> bool:
    """A closing mark right before the subject that ends a name or term: 'the makers of "Foo" said'."""
    last = b - 2
    first = last
    while first > a and t.quoted[first - 1]:
        first -= 1
    count = sum(t.words[x][0].isalnum() for x in range(first, last + 1))
    if first - 1 <= a:
        return False
    if t.low[a] in lex.PREPOSITIONS and first - 1 - a < 8 and _title(t, first, last + 1):
        return True  # 'In the film "Dark Grid," Quill says'
    return t.words[last] not in ",.?!…—" and count <= 3


def _title(t: Tokens, a: int, b: int) -> bool:
    long = [t.words[x] for x in range(a, b) if len(t.words[x]) > 3]
    return len(long) > 1 and all(word[0].isupper() or word[0].isdigit() for word in long)


def only_adjunct(t: Tokens, a: int, b: int) -> bool:
    """Whether a:b is a fronted adjunct ('In a statement', 'On Tuesday', 'Although …') and no reported words."""
    low = t.low[a]
    if all(
        t.low[x] in lex.TIMES or t.low[x] in lex.ADJUNCT_WORDS or t.words[x].isdigit() or t.words[x] in ",.the"
        for x in range(a, b)
    ):
        return True
    if low in ("asked", "speaking", "writing", "responding", "testifying"):
        return True
    if low in lex.PREPOSITIONS or low in ("according", "given"):
        paper = any(t.low[x] in lex.DOCUMENTS for x in range(a + 1, min(a + 5, b)))  # "In a blog posted on Monday"
        return not finite(t, a, b, strict=paper) and b - a < 14
    if low.endswith("ing") and low not in ("nothing", "everything", "something", "anything"):
        return not any(t.low[x] in lex.VERBAL for x in range(a, b)) and not (
            b - a > 9 and finite(t, a + 1, b, strict=True)
        )
    if low.endswith("ly") and len(low) > 5 and b - a < 9:
        return not finite(t, a, b, strict=True)  # "Shortly before their arrival"
    if low in lex.SUBORDINATORS:
        return "," not in t.words[a:b]
    return b - a < 3


def circumstantial(t: Tokens, a: int, b: int) -> bool:
    """A fronted adjunct about the act of saying (its time, place or medium), not about what is said."""
    if t.low[a] not in lex.PREPOSITIONS:
        return True
    return any(
        t.low[x] in lex.DOCUMENTS
        or t.low[x] in lex.TIMES
        or t.low[x] in lex.MONTHS
        or t.low[x] in _OCCASIONS
        or t.words[x][0].isdigit()
        for x in range(a, b)
    )


def object_follows(t: Tokens, verb: Verb, phrase: Phrase, lo: int) -> bool:
    """'Smith, a lawyer, announced a plan': the noun after the verb is what was announced, not who announced."""
    if verb.open:
        return False
    last = phrase.end >= len(t.words) - 1 or t.words[phrase.end] in ".?!"
    if last and verb.lemma in _PLAINLY:
        return False
    subject = left_phrase(t, verb.group, lo)
    if subject is None or (subject.head - subject.start == 1 and t.low[subject.start].endswith("ly")):
        return False
    if subject.start == lo:
        return True
    return verb.lemma not in ("say", "add", "note", "explain") and t.low[phrase.start] in lex.DETERMINERS
