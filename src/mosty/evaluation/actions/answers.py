"""
How an answer comes in, so that nothing tells whose it was, when, or in which order.

PostgreSQL knows of every row by which transaction it was written, and where it lies. So
each new answer takes the stored ones of its survey out and writes all of them anew, in
random order under new keys, in one statement: all rows then have the same transaction
and any place. Beyond ``REWRITTEN`` a random lot of so many is written anew.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mosty.evaluation import policies
from mosty.evaluation.models import Answer, Quote, Said, Survey
from mosty.evaluation.queries.people import count_asked
from mosty.kernel.access import require
from mosty.kernel.names import fold
from mosty.kernel.refusal import Refusal
from mosty.outbox.models import Link

REWRITTEN = 1_000


class CannotGive(Refusal):
    """The survey takes no answer (any more)."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote to one question; quoted only if she said so."""

    question: str
    text: str
    may_quote: bool = False
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's answers, before they are taken apart."""

    chosen: Mapping[str, Any]
    words: Sequence[Words] = field(default_factory=tuple)
    sign: str = ""


@transaction.atomic(durable=True)
def give(*, survey: Survey, sheet: Sheet, actor: Link, now: datetime) -> None:
    """
    Take one person's answers. No ledger entry, no moment, no receipt is written.

    :raises PermissionDenied: if the link is not this survey's.
    :raises CannotGive: if it is not open, or all who took part have answered.
    """
    require(policies.can_answer(actor, survey))
    # One at a time: each rewrites what the others wrote.
    survey = (
        Survey.objects.select_for_update().select_related("course").get(pk=survey.pk)
    )
    if not survey.takes_answers(now):
        raise CannotGive(_("This survey is not open. Thank you for wanting to answer."))
    if Answer.objects.filter(survey=survey).count() >= count_asked(survey):
        raise CannotGive(
            _("As many answers have come in as people took part. No more are taken.")
        )
    content = json.dumps(dict(sheet.chosen), sort_keys=True)
    pseudonym = digest(survey, sheet.sign) if survey.is_paired else None
    _mix_in(Answer, survey, ("content", "pseudonym"), [(content, pseudonym)])
    _mix_in(
        Said,
        survey,
        ("question", "text"),
        [(one.question, one.text) for one in sheet.words if not one.may_quote],
    )
    _mix_in(
        Quote,
        survey,
        ("question", "text", "attribution", "state"),
        [
            (one.question, one.text, one.attribution, Quote.State.WAITING)
            for one in sheet.words
            if one.may_quote
        ],
    )


def _mix_in(
    model: type[Model],
    survey: Survey,
    columns: Sequence[str],
    new: Sequence[tuple[str | bytes | None, ...]],
) -> None:
    """
    Write ``new`` rows among the survey's old ones: all anew, shuffled, under new keys.

    The order is by random keys of the database's cryptographic source, not by random().
    """
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    names = ", ".join(map(quoted, columns))
    casts = ", ".join(
        f"%s::{model._meta.get_field(column).db_type(connection)}" for column in columns
    )
    added = "".join(f" union all select {casts}" for _row in new)
    statement = (
        # Names of our own models: nothing that anybody typed.
        f"with old as (delete from {table} where id in ("  # noqa: S608
        f"select id from {table} where survey_id = %s order by gen_random_uuid() limit %s"
        f") returning {names}), mixed as (select {names} from old{added})"
        f" insert into {table} (id, survey_id, {names})"
        f" select gen_random_uuid(), %s, {names} from mixed order by gen_random_uuid()"
    )
    values = [value for row in new for value in row]
    with connection.cursor() as cursor:
        cursor.execute(statement, [survey.pk, REWRITTEN - 1, *values, survey.pk])


def digest(survey: Survey, sign: str) -> bytes | None:
    """
    Return what is kept of the sign that a person made up; None for none.

    Keyed by the installation's secret and the course: the same sign is another digest in
    another course, and the database alone cannot try signs out.
    """
    plain = fold(sign).replace(" ", "").upper()
    if not plain:
        return None
    key = hashlib.sha256(
        f"mosty.feedback:{survey.course_id}:{settings.SECRET_KEY}".encode()
    ).digest()
    return hmac.new(key, plain.encode(), hashlib.sha256).digest()
