"""The verbs of saying: which words report speech, in all their forms, and what each needs beside it.

Inflection is done by code from base forms. `CUES` maps a lower-case form to its base; the classes below hold bases.
"""

from __future__ import annotations

from reader.quotes.lexicon import words

# Verbs that report with a bare clause: "she said the network was down".
PLAIN = words(
    "say add note explain write report announce claim argue insist acknowledge warn predict recall state estimate",
    "confirm contend declare conclude admit allege assert stress emphasize emphasise reiterate concede caution testify",
    "disclose reveal suggest maintain clarify tweet predict opine reckon advise assure tell inform notify remind",
    "promise vow pledge deny agree complain boast observe remark underscore underline comment speculate recount",
    "theorize theorise retort quip tease post blog mention demand charge recommend point demonstrate show find",
    "discover indicate determine hint signal counter respond reply propose request certify attest affirm reaffirm",
    "forecast project calculate surmise posit postulate hypothesize swear message email explain lament stipulate",
    "guarantee rule insinuate detail outline document illustrate highlight reassure brief convince cite assess",
)
# Of these, only with "that" or with quotation marks: they have many other uses.
NEEDS_THAT = words(
    "maintain point demonstrate determine hint signal counter respond reply propose request certify attest post blog",
    "mention charge project calculate stipulate guarantee rule detail outline illustrate highlight",
    "reassure brief comment remark message email document convince show reveal recall assert discover demand indicate",
    "cite recommend find underline assure deny suggest agree disclose forecast observe remind predict report complain",
    "confirm promise vow pledge note advise state inform notify assess",
)
# Those of the above that take a bare clause when their subject is a pronoun, a name or a document.
BARE_OK = words(
    "suggest show reveal find indicate report note confirm predict disclose observe recall state assure discover",
    "agree promise inform notify demonstrate",
)
# Reporting only beside quotation marks: "…," she laughed.
WITH_QUOTE = words(
    "ask continue question wonder answer joke laugh shout yell exclaim repeat muse think believe hope worry urge call",
    "conclude begin read offer sum describe criticize criticise praise blame accuse condemn fear expect doubt object",
    "reason scold chant protest plead beg cry sigh shrug smile grin snap fume rage gush enthuse bemoan bristle chide",
    "crow deadpan intone interject joke mutter murmur whisper scoff sneer snort volunteer venture weigh elaborate",
    "expound summarize summarise speak put go instruct order encourage invite apologize apologise appear caution",
    "proclaim profess refer dub label characterize characterise portray brand slam blast denounce decry deride dismiss",
    "mock hail tout quote text chime acknowledge",
)
# Taking an addressee before the content: "told reporters that".
ADDRESSING = words("tell warn inform notify remind assure reassure advise urge caution ask brief convince show promise")
# "called it 'a reckless act'": the quoted words are a description.
CALLING = words(
    "call describe label dub brand characterize characterise denounce hail tout slam blast portray dismiss condemn",
    "decry deride reject refer mock praise criticize criticise accuse blame",
)
# Counting only with a document, study or figures as the subject.
FINDING = words("find show demonstrate discover highlight illustrate document detail outline determine")
# Beliefs: nobody is said to have uttered them, unless quotation marks stand there.
BELIEVING = words("think believe hope fear worry doubt expect feel know reckon wonder hear see")
# Reporting verbs safe enough to start a second report inside a sentence: "A, and he added B".
CORE = words(
    "say add note explain tell write report announce claim argue insist acknowledge warn predict recall state observe",
    "concede estimate confirm contend reply declare conclude tweet allege assert caution stress admit suggest",
)
# Verbs that may stand after what they report: "the network was down, she noted".
POSTPOSED = CORE | words(
    "point caution recount remark lament maintain joke agree promise vow reveal disclose testify reckon recommend",
    "advise underscore emphasize emphasise reiterate clarify speculate theorize show find indicate read think believe",
)
# Forms that are far more often nouns or adjectives than reporting verbs.
NOUNISH = words(
    "call calls report reports claim claims question questions state states point points charge charges promise",
    "promises demand demands hope hopes fear fears doubt doubts tweet tweets remark remarks post posts answer answers",
    "comment comments note notes thought pledge pledges reply replies read reads put estimate estimates find finds",
    "found reason reasons object objects blame praise worry joke jokes continue signal signals blog blogs vow vows",
    "urge warning finding thinking meaning posting reporting pointing continuing forecast forecasts project projects",
    "request requests rule rules detail details outline document documents highlight highlights message messages",
    "email emails text texts order orders brief briefs list lists run runs ruling offer offers protest cry smile",
    "counter counters show shows contest quote quotes hint hints mention mentions brand brands label labels dispute",
    "end ends start starts open close see put know included contain doubt reported estimated alleged suggested",
    "proposed promised recommended claimed",
)

_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing",
    "put": "puts putting", "think": "thinks thought thinking", "find": "finds found finding",
    "show": "shows showed shown showing", "speak": "speaks spoke speaking", "hear": "hears heard hearing",
    "read": "reads reading", "swear": "swears swore swearing", "begin": "begins began beginning",
    "go": "goes went going", "see": "sees saw seeing", "know": "knows knew knowing", "feel": "feels felt feeling",
    "come": "comes came", "run": "runs ran", "forecast": "forecasts forecast forecasting forecasted",
    "quip": "quips quipped quipping", "admit": "admits admitted admitting", "sum": "sums summed", "beg": "begs begged",
    "blog": "blogs blogged blogging", "snap": "snaps snapped", "dub": "dubs dubbed dubbing",
    "slam": "slams slammed slamming", "refer": "refers referred referring", "shrug": "shrugs shrugged",
    "grin": "grins grinned", "label": "labels labelled labeled labelling labeling", "quote": "quotes quoted",
    "signal": "signals signalled signaled signalling signaling", "wonder": "wonders wondered wondering",
}  # fmt: skip


def inflect(base: str) -> list[str]:
    """The base, third person, past and -ing forms of a verb."""
    if base in _IRREGULAR:
        return [base, *_IRREGULAR[base].split()]
    stem = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [base, third, stem + "ed", stem + "ing"]


CUES: dict[str, str] = {}
for _base in sorted(PLAIN | WITH_QUOTE | CALLING | BELIEVING | ADDRESSING):
    for _form in inflect(_base):
        CUES.setdefault(_form, _base)

PHRASAL = {
    "point": "out", "sum": "up", "go": "on", "chime": "in", "weigh": "in", "cry": "out", "speak": "out", "call": "out",
    "spell": "out", "add": "on", "write": "back",
}  # fmt: skip
