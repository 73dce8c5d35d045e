"""Dates as feeds, pages and files state them, to aware UTC.

Understood: RFC 822/2822 with all its misspellings, ISO 8601 and W3CDTF, asctime, dates with the month as a word in 25
languages (names from Unicode CLDR; names that two languages use for different months are left out), Chinese, Japanese
and Korean dates. What could mean two days (`03/04/2024`) is not a date here: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache

MAX_LENGTH = 100  # characters; no date is longer


def parse_date(text: str) -> datetime | None:
    """Return the instant that `text` states, in UTC, or None if it states none within years 1 to 9999.

    A missing time is midnight, a missing or unknown zone UTC (RFC 2822, section 4.3), second 60 is the 59th.
    """
    text = text.strip(" \t\r\n")
    if not 4 <= len(text) <= MAX_LENGTH:
        return None
    try:
        return _rfc822(text) or _iso(text) or _any_form(text)
    except (ValueError, OverflowError):  # no such day, or an offset that leaves the calendar
        return None


# --- the two forms that nearly all feeds use -----------------------------------------------------------------------

_RFC822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:([+-])"
    r"([0-9]{2})([0-9]{2})|GMT|UTC|Z)"
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}\S*)?")


def _rfc822(text: str) -> datetime | None:
    match = _RFC822.fullmatch(text)
    if not match:
        return None
    day, name, year, hour, minute, second, sign, zone_hours, zone_minutes = match.groups()
    month = _MONTHS.get(name.lower())
    if not month:
        return None
    when = datetime(int(year), month, int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
    return _shift(when, sign, zone_hours, zone_minutes) if sign else when


def _iso(text: str) -> datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


# --- every other form ----------------------------------------------------------------------------------------------

_WORD = r"[^\W\d_]+"
_WEEKDAY = rf"(?:{_WORD}\.?(?:-{_WORD})?\.?,?\s+|{_WORD}\.?,)?"
_TIME = (
    r"(?P<noon>오전|오후|上午|下午|午前|午後)?\s*(?P<h>\d{1,2})\s*[:.h시時时]\s*(?P<min>\d{1,2})(?:분|分)?"
    r"(?:[:.]?\s*(?P<s>\d{1,2})(?:초|秒)?(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?(?!\w))?"
)
_ZONE = r"\s*\(?(?P<zone>[a-z][a-z_/]*)?\)?\s*(?P<offset>[+-]\s?\d{1,2}(?::?\d{2})?)?(?:\s*\([^()]*\))?"
_TAIL = rf"(?:[\s,t]*(?:(?:at|um|as|a las|a|alle|kl\.?|o|u|в|[-–|@])\s+)?{_TIME})?{_ZONE}\s*"
_ORDINAL = r"(?:st|nd|rd|th|er|[.ºª]|-?го)?"

_FORMS = (
    # 14 March 2024 10:15 CET; 14-Mar-24; 14 de marzo de 2024; 14. März 2024 um 10:15
    rf"{_WEEKDAY}(?P<d>\d{{1,2}}){_ORDINAL}[\s\-/.,]*(?:de\s+|of\s+|d')?(?P<month>{_WORD})[\s\-/.,]*"
    rf"(?:de\s+|del\s+)?'?(?P<y>\d{{4}}|\d{{2}})(?:\s*г\.)?,?{_TAIL}",
    # March 14th, 2024 10:15 pm
    rf"{_WEEKDAY}(?P<month>{_WORD})[.\s\-/]+(?P<d>\d{{1,2}}){_ORDINAL},?[\s\-/]+(?P<y>\d{{4}}),?{_TAIL}",
    # Thu Mar 14 10:15:00 CET 2024
    rf"{_WEEKDAY}(?P<month>{_WORD})\.?\s+(?P<d>\d{{1,2}}),?\s+{_TIME}{_ZONE}\s+(?P<y>\d{{4}})",
    # 2024-3-14 10:15 +0100; 2024/03/14; 2024-március-14T9:15; 2024. 3. 14.; 2024-003-14
    rf"{_WEEKDAY}(?P<y>\d{{4}})(?P<sep>[-/.]|\s)\s*(?P<month>\d{{1,3}}|{_WORD})\.?(?P=sep)\s*(?P<d>\d{{1,2}})\.?"
    rf"{_TAIL}",
    # 2024-03; 2024
    r"(?P<y>\d{4})(?:-(?P<month>\d{2}))?",
    # 20240314; 20240314T101500Z; 20240314101500
    rf"(?P<y>\d{{4}})(?P<month>\d{{2}})(?P<d>\d{{2}})(?:t?(?P<h>\d{{2}}):?(?P<min>\d{{2}}):?(?P<s>\d{{2}})?)?{_ZONE}",
    # 2024-074; 2024074 (day of the year)
    rf"(?P<y>\d{{4}})-?(?P<ordinal>\d{{3}}){_TAIL}",
    # 14.03.2024: dots are day first wherever they are used
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<y>\d{{4}})(?:\s*г\.)?,?{_TAIL}",
    # 14/03/2024 and 03/14/2024, where only one reading is a day
    rf"{_WEEKDAY}(?P<one>\d{{1,2}})(?P<sep>[/-])(?P<two>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}),?{_TAIL}",
)


@cache
def _forms() -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in _FORMS]  # 10 ms; most dates never need them


_CJK = re.compile(r"(\d{4})\s*(?:年|년)\s*(\d{1,2})\s*(?:月|월)\s*(\d{1,2})\s*(?:日|일)")
_EAST = re.compile(r"[월오일]")  # one time zone speaks Korean


def _any_form(text: str) -> datetime | None:
    folded = _fold(text)
    folded = _CJK.sub(r"\1-\2-\3 ", folded)
    for form in _forms():
        match = form.fullmatch(folded)
        if match:
            when = _build(match.groupdict(), korean=bool(_EAST.search(text)))
            if when:
                return when
    return None


def _build(parts: dict[str, str | None], *, korean: bool) -> datetime | None:
    year, day = int(parts["y"] or 0), int(parts.get("d") or 1)
    if len(parts["y"] or "") == 2:
        year += 2000 if year < 90 else 1900
    named = parts.get("month") or "1"
    month = int(named) if named.isdecimal() else _MONTHS.get(named, 0)
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        if one <= 12 and two <= 12 and one != two:
            return None
        day, month = max(one, two), min(one, two)
    if not month:
        return None
    hour, half = int(parts.get("h") or 0), (parts.get("half") or "")[:1] or _NOON.get(parts.get("noon") or "", "")
    if half and not 1 <= hour <= 12 and not (parts.get("noon") and hour < 24):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    ordinal = parts.get("ordinal")
    extra = timedelta(days=int(ordinal) - 1) if ordinal else timedelta()
    second = int(parts.get("s") or 0)
    if hour == 24 and not int(parts.get("min") or 0) and not second:  # ISO 8601: the end of the day
        hour, extra = 0, extra + timedelta(days=1)
    when = datetime(year, month, day, hour, int(parts.get("min") or 0), 59 if second == 60 else second, tzinfo=UTC)
    if ordinal and (when + extra).year != year:
        return None
    return _in_zone(when + extra, parts, korean=korean)


def _in_zone(when: datetime, parts: dict[str, str | None], *, korean: bool) -> datetime | None:
    zone, offset = (parts.get("zone") or "").removeprefix("etc/"), parts.get("offset")
    if zone and zone not in _ZONES and (parts.get("h") is None or (len(zone) > 5 and "/" not in zone)):
        return None  # a word that is no zone: this is a sentence, not a date
    if offset and parts.get("h") is None and ":" not in offset:
        return None  # `2013-01-27-01`: the last figure may be anything
    if offset:
        digits = offset[1:].strip().replace(":", "")
        hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
        return _shift(when, offset[0], hours, minutes)
    hours_east = _ZONES.get(zone, 0) if zone else 9 if korean else 0
    return when - timedelta(hours=hours_east)


def _shift(when: datetime, sign: str, hours: str, minutes: str) -> datetime | None:
    offset = int(hours) * 60 + int(minutes)
    if offset > 24 * 60:
        return None
    if not offset:
        return when
    return when + timedelta(minutes=offset if sign == "-" else -offset)


def _fold(text: str) -> str:
    """Lower case without accents: `Février`, `FEVRIER` and `février` are one word."""
    if text.isascii():
        return text.lower()
    bare = (char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(bare)).replace("\u2212", "-")


_NOON = {"오전": "a", "上午": "a", "午前": "a", "오후": "p", "下午": "p", "午後": "p"}

# Hours east of Greenwich: the names of RFC 822 (single letters as it prints them), what feeds write for them, and names
# that only one zone uses. Those that several use (IST) are unknown; EST, CST and the like are American, as in the RFC.
_ZONE_NAMES = {
    -12: "m",
    -10: "hst",
    -9: "akst",
    -8: "pst pt akdt",
    -7: "mst pdt mt",
    -6: "cst mdt ct",
    -5: "est cdt et cot pet",
    -4: "edt ast at clt",
    -3.5: "nst",
    -3: "adt brt art clst",
    -2.5: "ndt",
    -2: "brst",
    -1: "a",
    0: "ut utc gmt z wet",
    1: "n west cet met mez bst wat",
    2: "cest mest mesz eet sast cat",
    3: "eest msk trt eat",
    4: "msd",
    5: "pkt",
    5.75: "npt",
    7: "wib ict",
    8: "hkt sgt pht awst",
    9: "jst kst",
    9.5: "acst",
    10: "aest",
    10.5: "acdt",
    11: "aedt",
    12: "y nzst",
    13: "nzdt",
}
_ZONES: dict[str, float] = {name: hours for hours, names in _ZONE_NAMES.items() for name in names.split()}

# Months in 25 languages, lower case, without accents: one string a month.
_NAMES = (
    "ene enero gen gener gennaio ian ianuarie jan janeiro januar januara januari january janv janvier led leden ledna"
    " oca ocak sij sijecanj sijecnja sty styczen stycznia tammi tammikuu tammikuuta ιαν ιανουαριοσ ιανουαριου січ"
    " січень січня янв январь января яну януари",
    "feb febbraio febr febrer febrero februar februara februari februarie february fev fevereiro fevr fevrier helmi"
    " helmikuu helmikuuta lut lutego luty sub subat uno unor unora velj veljaca veljace φεβ φεβρουαριοσ φεβρουαριου"
    " лют лютии лютого фев февр февраль февраля февруари",
    "bre brezen brezna maalis maaliskuu maaliskuuta maart mar marc marca march marcius marco marec maret mars mart"
    " martie marts marz marzec marzo mrt ozu ozujak ozujka μαρ μαρτιοσ μαρτιου μαω бер березень березня мар март марта",
    "abr abril apr april aprila aprile aprilie aprilis avr avril dub duben dubna huhti huhtikuu huhtikuuta kwi"
    " kwiecien kwietnia nis nisan tra travanj travnja απρ απριλιοσ απριλιου апр апрель апреля април квіт квітень"
    " квітня",
    "kve kveten kvetna mag maggio mai maig maio maj maja majus may mayo mayıs mei svi svibanj svibnja touko toukokuu"
    " toukokuuta μαι μαιοσ μαιου маи мая трав травень травня",
    "cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran iun iunie juin jun juna june junho juni junij junio"
    " junius juny kesa kesakuu kesakuuta lipanj lipnja ιουν ιουνιοσ ιουνιου июн июнь июня черв червень червня юни",
    "cervence cervenec cvc heina heinakuu heinakuuta iul iulie juil juillet jul jula julho juli julij julio juliol"
    " julius july lipca lipiec lug luglio srpanj srpnja tem temmuz ιουλ ιουλιοσ ιουλιου июл июль июля лип липень липня"
    " юли",
    "ago agost agosto agu agustos agustus aout aug august augusta augusti augustus augusztus avg avgust elo elokuu"
    " elokuuta kol kolovoz kolovoza sie sierpien sierpnia srpen srpna αυγ αυγουστοσ αυγουστου авг август августа серп"
    " серпень серпня",
    "eyl eylul ruj rujan rujna sep sept september septembra septembre septembrie septiembre set setembre setembro"
    " settembre syys syyskuu syyskuuta szept szeptember wrz wrzesien wrzesnia zar zari σεπ σεπτεμβριοσ σεπτεμβριου вер"
    " вересень вересня сент сентябрь сентября сеп септември",
    "eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktober oktobra ott ottobre out outubro"
    " paz pazdziernik pazdziernika rij rijen rijna οκτ οκτωβριοσ οκτωβριου жовт жовтень жовтня окт октомври октябрь"
    " октября",
    "kas kasım listopadu marras marraskuu marraskuuta noiembrie nov november novembra novembre novembro noviembre stu"
    " studeni studenoga νοε νοεμβριοσ νοεμβριου лист листопад листопада ное ноември нояб ноябрь ноября",
    "ara aralık dec december decembra decembre decembrie des desember desembre dez dezember dezembro dic dicembre"
    " diciembre gru grudnia grudzien joulu joulukuu joulukuuta pro prosinac prosinca prosince prosinec δεκ δεκεμβριοσ"
    " δεκεμβριου груд грудень грудня дек декабрь декабря декември",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
