"""Which single-byte encoding Latin letters are in, when nothing declares it and the bytes allow several.

Windows-1252 and its sisters put different letters on the same bytes, so that "São" may be "Săo". No language uses all
of them: the encoding is right in which one language's alphabet explains what stands inside words. Where several explain
it equally well, the commonest one on the web is taken: windows-1252.
"""

from __future__ import annotations

import re

FIRST = "cp1252"
_ALPHABETS = {
    "cp1252": (
        "äöüßéàèáç",  # German, with the names and words it borrows
        "àâæçéèêëîïôœùûüÿ",  # French
        "áéíñóúüç¿¡ªºàèïòôê·",  # Spanish, Catalan, Galician
        "ãáàâçéêíóôõúüªº",  # Portuguese
        "àèéìíîòóùúªº",  # Italian
        "åäöéüáàæøèêëóôòâšž",  # the North
        "áéíóúýþæöð",  # Icelandic
        "éèëïöüáíóúêôûâçîñàäå",  # Dutch, and English with its loans
    ),
    "cp1250": (
        "ąćęłńóśźżéüöä",  # Polish
        "áčďéěíňóřšťúůýžöüä",  # Czech
        "áäčďéíĺľňóôŕšťúýžöüě",  # Slovak
        "áéíóöőúüűä",  # Hungarian
        "ăâîşţéöüáşţ",  # Romanian
        "čćđšžöüéä",  # Croatian, Slovene
    ),
    "cp1254": ("çğıöşüâîûİ",),
    "cp1257": ("ąčęėįšųūžöüä", "āčēģīķļņšūžōŗ", "äõöüšžé"),
}
_SISTERS = {"iso8859_2": "cp1250", "iso8859-2": "cp1250", "cp1258": "cp1252", "mac_roman": "cp1252"}
_FOREIGN = frozenset(("cp1251", "koi8-r", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874", "mac_cyrillic"))
_IN_WORDS = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]{1,8}|[\x80-\xff]{1,8}(?=[A-Za-z])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_MIXED_WORD = re.compile(rb"[A-Za-z]{0,40}[\x80-\xff][A-Za-z\x80-\xff]*")
_LETTER = re.compile(rb"[A-Za-z]")


def settled(detected: str, body: bytes) -> str:
    """The codec that `body` (some KiB of text that is not UTF-8) is in, `detected` being what statistics say.

    What is not written in Latin letters keeps its codec, and so does everything that windows-1252 cannot hold.
    """
    known = _SISTERS.get(detected, detected)
    if known not in _ALPHABETS and not _is_latin(body, foreign=detected in _FOREIGN):
        return detected
    scores = {codec: _explained(body, codec) for codec in _ALPHABETS}
    best = max(scores, key=lambda codec: (scores[codec], codec == FIRST, codec == known))
    if scores[best] < 0:
        return detected
    if best == known and scores[best] > scores[FIRST]:
        return detected  # a sister of it may fit better still
    return best


def _is_latin(body: bytes, *, foreign: bool) -> bool:
    """Whether bytes that look like another script are accents in Latin words."""
    runs = _HIGH_RUN.findall(body)
    if not runs:
        return True
    if foreign:
        words = [word for word in _MIXED_WORD.findall(body) if _HIGH_RUN.search(word)]
        return sum(bool(_LETTER.search(word)) for word in words) > 0.6 * len(words)
    alone = sum(len(run) == 1 for run in runs)
    return alone > 0.9 * len(runs) and sum(map(len, runs)) < 0.15 * len(body)


def _explained(body: bytes, codec: str) -> float:
    """Which share of the odd characters in words is in one language's alphabet; -1 if the codec has no such text."""
    try:
        found = b"".join(_IN_WORDS.findall(body)).decode(codec)
        body.decode(codec)
    except UnicodeDecodeError:
        return -1.0
    letters = [char for char in found.lower() if char not in "“”‘’„‚–—…«»‹›\xa0™®©•†‡‰€§°"]
    if not letters:
        return 0.0
    return max(sum(char in alphabet for char in letters) for alphabet in _ALPHABETS[codec]) / len(letters)
