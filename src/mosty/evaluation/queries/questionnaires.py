"""What pages about questionnaires need."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.http import QueryDict

from mosty.accounts.models import User
from mosty.evaluation import policies
from mosty.evaluation.models import Questionnaire, QuestionnaireVersion
from mosty.programmes.models import Programme
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS: listing.Sorts = {"name": ("name",), "changed": ("changed", "name")}


def questionnaires_for(user: User) -> QuerySet[Questionnaire]:
    """Return the questionnaires that ``user`` may see."""
    return policies.questionnaires_visible_to(user).select_related("programme")


def listed(user: User, params: QueryDict) -> Listing[Questionnaire]:
    """Return the questionnaires with how often each was asked; two queries."""
    rows = questionnaires_for(user).annotate(
        changed=Max("versions__made_at"),
        number=Max("versions__number"),
        asked=Count("versions__surveys", distinct=True),
        closed=Count(
            "versions__surveys",
            filter=Q(versions__surveys__closed_at__isnull=False),
            distinct=True,
        ),
    )
    return listing.build(params, rows, sorts=SORTS, default="name")


@dataclass(frozen=True, slots=True)
class QuestionnairePage:
    """One questionnaire: its last version, and how often each was asked."""

    questionnaire: Questionnaire
    last: QuestionnaireVersion
    versions: Sequence[QuestionnaireVersion]
    can_write: bool


def questionnaire_page(questionnaire: Questionnaire, user: User) -> QuestionnairePage:
    """Return what the page of ``questionnaire`` shows."""
    versions = list(
        questionnaire.versions.annotate(asked=Count("surveys")).order_by("-number")
    )
    return QuestionnairePage(
        questionnaire,
        versions[0],
        versions,
        policies.can_write(user, questionnaire.programme),
    )


def last_version(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Return the version that the next survey asks."""
    return questionnaire.versions.order_by("-number")[0]


def codes_of(programme: Programme) -> list[str]:
    """Return the languages in which questions may be written."""
    own = [code for code, _name in settings.LANGUAGES]
    return list(dict.fromkeys([*own, *programme.languages]))


def programmes_for(user: User) -> QuerySet[Programme]:
    """Return the programmes for which ``user`` may write a questionnaire."""
    return policies.programmes_written_for(user).order_by("slug")
