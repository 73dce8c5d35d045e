"""Dates: every form seen in feeds is read, nothing is guessed, nothing raises."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.dates import parse_date

READ = [
    # RFC 822 and what feeds make of it
    ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21"),
    ("01 Jan 2004 19:48:21 +0000", "2004-01-01T19:48:21"),
    ("Thu, 01 Jan 2004 19:48:21 -0530", "2004-01-02T01:18:21"),
    ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21"),
    ("Fri, 01 Jan 93 19:48:21 GMT", "1993-01-01T19:48:21"),
    ("Thu,  5 Apr 2012 10:00:00 GMT", "2012-04-05T10:00:00"),
    ("Thu, 1 Jan 2004 00:00 GMT", "2004-01-01T00:00:00"),
    ("Thu, 01 Jan 2004", "2004-01-01T00:00:00"),
    ("Thursday, 01 January 2004 10:00:00 EST", "2004-01-01T15:00:00"),
    ("Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00"),
    ("Mon, 26 January 2004 16:31:00 PT", "2004-01-27T00:31:00"),
    ("Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T06:57:00"),
    ("Thu, 30 Apr 2015 08:57:00 CEST", "2015-04-30T06:57:00"),
    ("Thu, 30 Apr 2015 08:57:00 JST", "2015-04-29T23:57:00"),
    ("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00"),
    ("Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00"),
    ("Wed, 19 Feb 2012 22:40:00 GMT+2", "2012-02-19T20:40:00"),
    ("Wed, 19 Feb 2012 22:40:00 -01:01", "2012-02-19T23:41:00"),
    ("Wed, 19 Feb 2012 22:40:00 UNKNOWN", None),
    ("Wed, 19 Feb 2012 22:40:00 XYZ", "2012-02-19T22:40:00"),
    ("Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00"),
    ("Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36"),
    ("Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16"),
    ("Thu Aug 30 2012 17:26:16 GMT+0200 (Central European Summer Time)", "2012-08-30T15:26:16"),
    ("14-Mar-2024 10:15:00", "2024-03-14T10:15:00"),
    ("14-MAR-24", "2024-03-14T00:00:00"),
    ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59"),
    ("Thu, 01 Jan 0100 00:00:01 +0100", "0099-12-31T23:00:01"),
    ("Wed, 19 Feb 2012 22:40:00", "2012-02-19T22:40:00"),
    ("\n Wed, 19 Feb 2012\n  22:40:00 GMT\t", "2012-02-19T22:40:00"),
    # ISO 8601
    ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55"),
    ("2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55"),
    ("2003-12-31T10:14:55.123456789+01:00", "2003-12-31T09:14:55.123456"),
    ("2003-12-31T10:14:55-0800", "2003-12-31T18:14:55"),
    ("2003-12-31T10:14Z", "2003-12-31T10:14:00"),
    ("2003-12-31 10:14:55", "2003-12-31T10:14:55"),
    ("2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58"),
    ("2004-07-08 23:56:58 UTC", "2004-07-08T23:56:58"),
    ("2004-07-08 23:56:58 EST", "2004-07-09T04:56:58"),
    ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00"),
    ("2003-12-31", "2003-12-31T00:00:00"),
    ("2003-12", "2003-12-01T00:00:00"),
    ("2003", "2003-01-01T00:00:00"),
    ("2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55"),
    ("2003-1-2", "2003-01-02T00:00:00"),
    ("20031231", "2003-12-31T00:00:00"),
    ("20031231T101455Z", "2003-12-31T10:14:55"),
    ("20031231101455", "2003-12-31T10:14:55"),
    ("2003-335", "2003-12-01T00:00:00"),
    ("2003/12/31 10:14", "2003-12-31T10:14:00"),
    ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53"),
    ("2003-12-31t10:14:55z", "2003-12-31T10:14:55"),
    # asctime, US and European words and figures
    ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06"),
    ("Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00"),
    ("Sun Jul 15 01:16:00 PDT 2012", "2012-07-15T08:16:00"),
    ("March 14, 2024", "2024-03-14T00:00:00"),
    ("Mar. 14th, 2024 10:15 pm", "2024-03-14T22:15:00"),
    ("March 14, 2024 at 12:05 a.m. EST", "2024-03-14T05:05:00"),
    ("Thursday, March 14, 2024 - 10:15", "2024-03-14T10:15:00"),
    ("14.03.2024 10:15", "2024-03-14T10:15:00"),
    ("14.03.2024, 10:15 CET", "2024-03-14T09:15:00"),
    ("14/03/2024", "2024-03-14T00:00:00"),
    ("03/14/2024 10:15 AM", "2024-03-14T10:15:00"),
    ("03/03/2024", "2024-03-03T00:00:00"),
    # other languages
    ("14. März 2024 um 10:15", "2024-03-14T10:15:00"),
    ("jeu., 14 mars 2024 10:15:00 +0100", "2024-03-14T09:15:00"),
    ("14 de março de 2024", "2024-03-14T00:00:00"),
    ("segunda-feira, 14 de Dezembro de 2020", "2020-12-14T00:00:00"),
    ("14 août 2024", "2024-08-14T00:00:00"),
    ("Чт, 14 мар 2024 10:15:00 +0300", "2024-03-14T07:15:00"),
    ("14 декабря 2024 г.", "2024-12-14T00:00:00"),
    ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00"),
    ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00"),
    ("2024年3月14日", "2024-03-14T00:00:00"),
    ("2024年3月14日 下午 3:05", "2024-03-14T15:05:00"),
    ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15"),
    ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17"),
    # no date, no such day, outside the calendar, or a guess
    ("", None),
    ("yesterday", None),
    ("22013", None),
    ("Sun, 31 Dec 9999 23:59:59 -9999", None),
    ("9999-12-31T23:59:59-23:59", None),
    ("0000-01-01T00:00:00Z", None),
    ("0001-01-01T00:00:00+23:00", None),
    ("10000-01-01T00:00:00Z", None),
    ("Sun, 16 Dec 2012 1:2:3:4 GMT", None),
    ("Sun, 16 zzz 2012 11:47:32 GMT", None),
    ("Sun, 99 Jun 2009 12:00:00 GMT", None),
    ("Sun, 30 Feb 2009 12:00:00 GMT", None),
    ("Sun, 16 Dec 2012 11:47:32 +zz:00", None),
    ("2003-12-31T25:14:55Z", None),
    ("2003-12-31T10:61:55Z", None),
    ("2003-12-31T10:14:61Z", None),
    ("2013-01-27-01", None),
    ("2003-366", None),
    ("03/04/2024", None),
    ("03/04/24", None),
    ("14 March 2024 special edition", None),
    ("14 srp 2024", None),  # August in Czech, July in Croatian
    ("Mon, 13:15 March 14, 2024 and more", None),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_dates_are_read_or_refused(text: str, expected: str | None) -> None:
    """Each form gives its instant in UTC, or None where a reader could only guess."""
    result = parse_date(text)
    assert (result.replace(tzinfo=None).isoformat() if result else None) == expected
    assert result is None or result.tzinfo is UTC


MOMENTS = st.datetimes(datetime.fromisoformat("1971-01-02"), datetime.fromisoformat("2089-12-30")).map(
    lambda when: when.replace(microsecond=0)
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(MOMENTS, OFFSETS)
def test_what_standard_writers_write_is_read_exactly(moment: datetime, zone: timezone) -> None:
    """RFC 2822 and ISO 8601 as Python writes them come back as the same instant, in every form we know."""
    stated = moment.replace(tzinfo=zone)
    offset = stated.strftime("%z")
    forms = [
        format_datetime(stated),
        stated.isoformat(),
        stated.isoformat(" "),
        stated.isoformat(timespec="microseconds"),
        f"{stated:%a %b} {stated.day} {stated:%H:%M:%S} {offset} {stated.year}",
        f"{stated:%B} {stated.day}, {stated.year} {stated:%I:%M:%S %p} {offset}",
        f"{stated:%Y/%m/%d %H:%M:%S} {offset}",
        f"{stated:%Y%m%dT%H%M%S}{offset}",
    ]
    assert {parse_date(form) for form in forms} == {stated.astimezone(UTC)}


@given(st.text(max_size=110) | st.from_regex(r"[0-9A-Za-z:,.+\- /()]{1,60}", fullmatch=True))
def test_no_string_makes_it_raise(text: str) -> None:
    """Any string is a date in UTC or None."""
    result = parse_date(text)
    assert result is None or result.tzinfo is UTC


@pytest.mark.parametrize("unit", ["1", " ", "a", "a ", "1 ", "1:", "-", "a-", "1 a ", "+", "(", "年"])
def test_long_and_odd_strings_cost_little(unit: str) -> None:
    """No input makes the patterns backtrack without end (a ceiling, not a measurement)."""
    begin = time.perf_counter()
    for size in (10, 50, 99, 1_000_000):
        for prefix in ("", "Mon, ", "2024-", "14 March 2024 "):
            parse_date((prefix + unit * size)[:size])
    assert time.perf_counter() - begin < 5
