"""Reads the form of a consultation, as it comes from a page or a device's queue."""

from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from mosty.infopoint.actions.saying import SINGLE, CannotRecord, Said
from mosty.infopoint.models import Point, Returning
from mosty.infopoint.queries.lists import code_of, offered
from mosty.infopoint.queries.recording import Filled

MOST_TOPICS = 20


def read(sent: QueryDict) -> Filled:
    """Return what was sent, cut to what a form can hold."""
    main = sent.get("topic", "")[:40]
    more = [code[:40] for code in sent.getlist("topics")[:MOST_TOPICS]]
    returning = sent.get("returning", "")
    return Filled(
        day=sent.get("day", "")[:10],
        codes={kind: sent.get(kind, "")[:40] for kind in SINGLE},
        typed={kind: sent.get(f"{kind}_typed", "").strip()[:200] for kind in SINGLE},
        topics=(main, *(code for code in more if code != main)) if main else (),
        interpreter="interpreter" in sent,
        returning=returning if returning in Returning.values else Returning.UNKNOWN,
        note=sent.get("note", "").strip()[:300],
        sign=sent.get("sign", "").strip()[:60],
    )


def said(filled: Filled, point: Point, now: datetime) -> Said:
    """
    Return what the form says; what was typed stands before a button.

    :raises CannotRecord: if the day is none.
    """
    day = _day(filled.day) if filled.day else point.today(now)
    codes = dict(filled.codes)
    if any(filled.typed.values()):
        lists = offered(point, day)
        for kind, text in filled.typed.items():
            if text:
                codes[kind] = code_of(lists, kind, text)
    return Said(
        day=day,
        codes=codes,
        topics=tuple(filled.topics),
        interpreter=filled.interpreter,
        returning=filled.returning,
        note=filled.note,
        sign=filled.sign,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        sentence = _("There is no such day.")
        raise CannotRecord(sentence, fields={"day": sentence}) from error
