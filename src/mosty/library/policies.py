"""Who may see and do what with practices and tools. Nothing else decides this."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from mosty.accounts.models import Grant, Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Organisation, Position
from mosty.kernel.spans import holding_on
from mosty.library.models import (
    Adoption,
    Concept,
    Confirmation,
    Edition,
    EditionVersion,
    Practice,
    PracticeVersion,
    Reach,
    Review,
    SearchDocument,
    SynonymSet,
    Tool,
)
from mosty.outbox.models import Link
from mosty.training.policies import rosters_visible_to

# Whoever asks for a page: somebody who signed in, or the public.
Viewer = User | AnonymousUser
State = PracticeVersion.State
# Roles whose holders can be asked to review.
REVIEWING = (
    Role.COORDINATOR,
    Role.PARTNER,
    Role.SECRETARIAT,
    Role.TRAINER,
    Role.CITY,
)
# Roles whose holders keep tools and their translations.
KEEPING = (Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT)


def has_desk(user: Viewer) -> bool:
    """Test if the library's desk is there for ``user``."""
    return isinstance(user, User) and user.has_role(*REVIEWING)


# Practices -----------------------------------------------------------------------


def published() -> QuerySet[PracticeVersion]:
    """Return the newest published version of each practice, retired ones too."""
    newer = PracticeVersion.objects.filter(
        practice=OuterRef("practice"),
        state=State.PUBLISHED,
        number__gt=OuterRef("number"),
    )
    return PracticeVersion.objects.filter(~Exists(newer), state=State.PUBLISHED)


def practices_published() -> QuerySet[Practice]:
    """Return the practices that anybody may read; retired ones keep their address."""
    return Practice.objects.filter(
        Exists(
            PracticeVersion.objects.filter(
                practice=OuterRef("pk"), state=State.PUBLISHED
            )
        )
    )


def edits_library(user: Viewer) -> bool:
    """Test if ``user`` runs the review and decides: any coordinator."""
    return isinstance(user, User) and user.has_role(Role.COORDINATOR)


def cities_of(user: Viewer) -> QuerySet[Organisation]:
    """Return the cities for which ``user`` writes practices and adopts others'."""
    cities = user.acts_for(Role.CITY) if isinstance(user, User) else ()
    return Organisation.objects.filter(pk__in=cities, kind=Organisation.Kind.CITY)


def practices_kept_by(user: Viewer) -> QuerySet[Practice]:
    """Return the practices of ``user``'s cities, in whatever state."""
    return Practice.objects.filter(city__in=cities_of(user).values("pk"))


def practices_visible_to(user: Viewer) -> QuerySet[Practice]:
    """
    Return the practices whose desk ``user`` may open; the rest are a 404.

    Her city's, those she is asked to review, and for coordinators all that somebody
    has submitted.
    """
    if not isinstance(user, User):
        return Practice.objects.none()
    asked = Review.objects.filter(reviewer=user).values("version__practice")
    seen = Q(pk__in=practices_kept_by(user).values("pk")) | Q(pk__in=asked)
    if edits_library(user):
        shown = PracticeVersion.objects.filter(submitted_at__isnull=False)
        seen |= Q(pk__in=shown.values("practice"))
    return Practice.objects.filter(seen)


def versions_visible_to(user: Viewer) -> QuerySet[PracticeVersion]:
    """Return the versions that ``user`` may read on that desk; drafts are the city's."""
    if not isinstance(user, User):
        return PracticeVersion.objects.none()
    seen = Q(practice__in=practices_kept_by(user).values("pk")) | Q(
        pk__in=Review.objects.filter(reviewer=user).values("version")
    )
    if edits_library(user):
        seen |= Q(submitted_at__isnull=False)
    return PracticeVersion.objects.filter(seen)


def can_write(user: Viewer, practice: Practice) -> bool:
    """Test if ``user`` writes for the practice's city."""
    return isinstance(user, User) and practice.city_id in user.acts_for(Role.CITY)


def can_write_for(user: Viewer, city: Organisation) -> bool:
    """Test if ``user`` may begin a practice, or an adoption, of ``city``."""
    return cities_of(user).filter(pk=city.pk).exists()


def has_stake(user: User, practice: Practice, today: date) -> bool:
    """
    Test if ``user`` wrote the practice or belongs to its city.

    The database asks the same before it takes a review: library_has_stake.
    """
    return with_stake(practice, today).filter(pk=user.pk).exists()


def with_stake(practice: Practice, today: date) -> QuerySet[User]:
    """Return everybody who must not review ``practice``."""
    lasting = Q(until__isnull=True) | Q(until__gte=today)
    held = Grant.objects.filter(lasting, organisation=practice.city_id)
    posts = Position.objects.filter(lasting, organisation=practice.city_id)
    authors = PracticeVersion.objects.filter(practice=practice)
    return User.objects.filter(
        Q(pk__in=held.values("user"))
        | Q(person__in=posts.values("person"))
        | Q(pk__in=authors.values("author"))
    )


def can_decide(user: Viewer, practice: Practice, today: date) -> bool:
    """Test if ``user`` asks reviewers and decides: no coordinator with a stake in it."""
    return (
        isinstance(user, User)
        and edits_library(user)
        and not has_stake(user, practice, today)
    )


def reviewers_for(practice: Practice, today: date) -> QuerySet[User]:
    """Return whom a coordinator can ask to review ``practice``."""
    held = Grant.objects.filter(
        holding_on(today),
        role__in=REVIEWING,
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).exclude(
        pk__in=with_stake(practice, today).values("pk")
    )


def can_review(user: Viewer, review: Review, today: date) -> bool:
    """Test if it is ``user`` who was asked, and she has no stake in it by now."""
    return (
        isinstance(user, User)
        and review.reviewer_id == user.pk
        and not has_stake(user, review.version.practice, today)
    )


def can_retire(user: Viewer, practice: Practice) -> bool:
    """Test if ``user`` may retire it: its city, or a coordinator."""
    return can_write(user, practice) or edits_library(user)


def adoptions_kept_by(user: Viewer) -> QuerySet[Adoption]:
    """Return the adoptions of which ``user`` tells for her city."""
    return Adoption.objects.filter(city__in=cities_of(user).values("pk"))


def can_tell(user: Viewer, adoption: Adoption) -> bool:
    """Test if ``user`` says what came of it: somebody of the city that adopted."""
    return isinstance(user, User) and adoption.city_id in user.acts_for(Role.CITY)


def confirmations_behind(link: Link) -> QuerySet[Confirmation]:
    """Return the question that the link of a city's contact is for."""
    if link.purpose != Link.Purpose.PRACTICE:
        return Confirmation.objects.none()
    return Confirmation.objects.filter(code=link.subject)


def can_answer(actor: Actor, confirmation: Confirmation) -> bool:
    """Test if ``actor`` is who holds the link of the question."""
    return (
        isinstance(actor, Link)
        and confirmations_behind(actor).filter(pk=confirmation.pk).exists()
    )


def can_ask(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, which asks when a year is over."""
    return actor is SYSTEM


# Tools -----------------------------------------------------------------------------


def tools_published() -> QuerySet[Tool]:
    """Return the tools of which some edition is published; retired ones too."""
    return Tool.objects.filter(
        Exists(
            EditionVersion.objects.filter(
                edition__tool=OuterRef("pk"), state=EditionVersion.State.PUBLISHED
            )
        )
    )


def newest_published() -> QuerySet[EditionVersion]:
    """Return the newest published version of each edition."""
    newer = EditionVersion.objects.filter(
        edition=OuterRef("edition"),
        state=EditionVersion.State.PUBLISHED,
        number__gt=OuterRef("number"),
    )
    return EditionVersion.objects.filter(
        ~Exists(newer), state=EditionVersion.State.PUBLISHED
    )


def can_keep_tools(user: Viewer) -> bool:
    """Test if ``user`` adds tools, their editions and translations."""
    return isinstance(user, User) and user.has_role(*KEEPING)


def tools_kept_by(user: Viewer) -> QuerySet[Tool]:
    """Return the tools whose desk ``user`` may open: all, or none."""
    return Tool.objects.all() if can_keep_tools(user) else Tool.objects.none()


def editions_kept_by(user: Viewer) -> QuerySet[Edition]:
    """Return the editions whose versions ``user`` may write."""
    return Edition.objects.filter(tool__in=tools_kept_by(user).values("pk"))


def versions_kept_by(user: Viewer) -> QuerySet[EditionVersion]:
    """Return the versions, in whatever state, that ``user`` may open on the desk."""
    return EditionVersion.objects.filter(
        edition__in=editions_kept_by(user).values("pk")
    )


def can_approve(user: Viewer, version: EditionVersion) -> bool:
    """Test if ``user`` may let a version be published: a coordinator who did not write it."""
    return (
        isinstance(user, User)
        and user.has_role(Role.COORDINATOR)
        and user.ledger_key not in version.writers
    )


# Search --------------------------------------------------------------------------


def documents_visible_to(user: Viewer) -> QuerySet[SearchDocument]:
    """
    Return the documents that ``user`` may find, count and read a word of.

    The network: whoever holds a role today. A course: whoever sees something of its
    roster. A city: its contact.
    """
    if not isinstance(user, User) or not user.held:
        return SearchDocument.objects.filter(reach=Reach.PUBLIC)
    return SearchDocument.objects.filter(
        Q(reach__in=[Reach.PUBLIC, Reach.NETWORK])
        | Q(reach=Reach.COURSE, course__in=rosters_visible_to(user).values("pk"))
        | Q(reach=Reach.CITY, city__in=user.acts_for(Role.CITY))
    )


def can_edit_words(user: Viewer) -> bool:
    """Test if ``user`` keeps thesaurus and synonyms: coordinator and secretariat do."""
    return isinstance(user, User) and user.has_role(Role.COORDINATOR, Role.SECRETARIAT)


def concepts_kept_by(user: Viewer) -> QuerySet[Concept]:
    """Return the concepts that ``user`` may change: all, or none."""
    return Concept.objects.all() if can_edit_words(user) else Concept.objects.none()


def synonyms_kept_by(user: Viewer) -> QuerySet[SynonymSet]:
    """Return the sets of synonyms that ``user`` may change: all, or none."""
    kept = SynonymSet.objects
    return kept.all() if can_edit_words(user) else kept.none()
