"""How questionnaires are written: a version that was asked stays as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.evaluation import policies
from mosty.evaluation.models import Questionnaire, QuestionnaireVersion
from mosty.evaluation.questions import CannotUse, Content, parse
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.programmes.models import Programme


@transaction.atomic(durable=True)
def create(
    *, programme: Programme, name: str, content: Content, actor: User, now: datetime
) -> Questionnaire:
    """
    Begin a questionnaire with its first version.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotUse: if it makes no sense, or there is one of this name.
    """
    require(policies.can_write(actor, programme))
    content = parse(content.as_json())
    name = clean(name)
    # Locked, so that two of one name do not begin side by side.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if (
        not name
        or Questionnaire.objects.filter(programme=programme, name=name).exists()
    ):
        sentence = _("There is a questionnaire of this name. Choose another name.")
        raise CannotUse(sentence, fields={"name": sentence})
    made = Questionnaire.objects.create(programme=programme, name=name, made_at=now)
    _version(made, 1, content, actor, now)
    audit.record(
        actor=actor,
        verb="questionnaire.created",
        target=made,
        at=now,
        scope=programme.slug,
        after={"questions": len(content.questions)},
    )
    return made


@transaction.atomic(durable=True)
def save(
    *, questionnaire: Questionnaire, content: Content, actor: User, now: datetime
) -> QuestionnaireVersion:
    """
    Keep the questions: in the last version, or in a new one if a survey has used it.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotUse: if they make no sense.
    """
    require(policies.can_write(actor, questionnaire.programme))
    content = parse(content.as_json())
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    last = locked.versions.order_by("number").last()
    if last is not None and last.stored == content.as_json():
        return last
    if last is not None and not last.surveys.exists():
        last.stored = content.as_json()
        last.made_by, last.made_at = actor.ledger_label, now
        last.save(update_fields=["stored", "made_by", "made_at"])
        version = last
    else:
        number = 1 if last is None else last.number + 1
        version = _version(locked, number, content, actor, now)
    audit.record(
        actor=actor,
        verb="questionnaire.saved",
        target=locked,
        at=now,
        scope=questionnaire.programme.slug,
        after={"version": version.number, "questions": len(content.questions)},
    )
    return version


def _version(
    of: Questionnaire, number: int, content: Content, actor: User, now: datetime
) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(
        questionnaire=of,
        number=number,
        stored=content.as_json(),
        made_by=actor.ledger_label,
        made_at=now,
    )
