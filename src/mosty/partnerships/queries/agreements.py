"""Agreements in lists and on their pages, and which are due for review."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from mosty.accounts.models import User
from mosty.kernel.names import sort_key
from mosty.partnerships import policies
from mosty.partnerships.models import Agreement, AgreementFile, Tie

TAGS = {"draft": "wait", "in-force": "in", "ended": "plain"}
# From so many days before, an agreement is shown as due.
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in the list."""

    pk: int
    title: str
    parties: str
    state: str
    tag: str
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """An agreement with its documents, and how many ties rest on it."""

    agreement: Agreement
    state: str
    tag: str
    is_due: bool
    files: tuple[AgreementFile, ...]
    ties: int

    @property
    def is_draft(self) -> bool:
        """Test if it is still being prepared."""
        return self.agreement.state == Agreement.State.DRAFT

    @property
    def is_in_force(self) -> bool:
        """Test if it holds."""
        return self.agreement.state == Agreement.State.IN_FORCE

    @property
    def has_ended(self) -> bool:
        """Test if it held, and holds no more."""
        return self.agreement.state == Agreement.State.ENDED


def agreements(user: User, today: date) -> list[AgreementRow]:
    """Return the agreements of ``user``'s cities, those that are due first; one query."""
    rows = [
        AgreementRow(
            row.pk,
            row.title,
            ", ".join(row.parties),
            str(row.get_state_display()),
            TAGS[row.state],
            row.starts_on,
            row.ends_on,
            row.review_on,
            is_due(row, today),
        )
        for row in policies.agreements_visible_to(user).order_by("pk")
    ]
    return sorted(rows, key=lambda row: (not row.is_due, sort_key(row.title)))


def agreement_page(found: Agreement, today: date) -> AgreementPage:
    """Return one agreement; two queries."""
    return AgreementPage(
        found,
        str(found.get_state_display()),
        TAGS[found.state],
        is_due(found, today),
        tuple(found.files.all()),
        Tie.objects.filter(agreement=found).count(),
    )


def is_due(row: Agreement, today: date) -> bool:
    """Test if ``row`` is to be reviewed soon, or should have been."""
    return (
        row.state == Agreement.State.IN_FORCE
        and row.review_on is not None
        and row.review_on <= today + SOON
    )


def due(today: date, ahead: timedelta) -> QuerySet[Agreement]:
    """Return the agreements in force whose review is over, or due within ``ahead``."""
    return Agreement.objects.filter(
        state=Agreement.State.IN_FORCE, review_on__lte=today + ahead
    ).select_related("city")


def due_for(user: User, today: date) -> list[Agreement]:
    """Return the agreements that ``user`` should review; one query."""
    keys = policies.agreements_visible_to(user).values("pk")
    return list(due(today, SOON).filter(pk__in=keys).order_by("review_on"))


def files_of(found: Agreement) -> QuerySet[AgreementFile]:
    """Return the documents of an agreement."""
    return found.files.all()
