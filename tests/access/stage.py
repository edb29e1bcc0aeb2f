"""Who the readers are, and what the played Academy lacks for every address to show something."""

from hashlib import sha256

from django.core.files.base import ContentFile

from mosty.accounts.models import Role, User
from mosty.demo import facts
from mosty.directory.models import Organisation
from mosty.library.models import Edition, EditionVersion
from mosty.partnerships.models import Agreement, AgreementFile
from mosty.programmes.models import Partnership
from mosty.training.actions import calendars
from tests.access.circles import Reader
from tests.e2e.academy import Academy
from tests.factories import (
    make_organisation,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)

CONTENT = b"%PDF-1.7 made up"
# Those of whom the demo has one; the others are made here.
PLAYED = {
    Reader.COORDINATOR: "Maria Most",
    Reader.PARTNER: "Piotr Łącznik",
    Reader.SECRETARIAT: "Jan Kanał",
    Reader.CITY: "Anna Brama",
    Reader.OTHER_CITY: "Tomasz Rynek",
    Reader.TRAINER: "Barbara Tablica",
    Reader.WORKER: "Oksana Latarnia",
    Reader.LEAD: "Hanna Wyspa",
    Reader.OTHER_LEAD: "Marek Smok",
    Reader.AUDITOR: "Karol Księga",
    Reader.ADMINISTRATOR: "Iga Serwer",
}


def cast() -> dict[Reader, User | None]:
    """Return who plays each reader; nobody is signed in for the stranger."""
    played = {
        reader: User.objects.get(name=f"{name} (demo)")
        for reader, name in PLAYED.items()
    }
    elsewhere = make_organisation("Elsewhere")
    other = make_programme("elsewhere", is_published=False)
    make_partnership(other, elsewhere, Partnership.Role.COORDINATOR)
    before = Organisation.objects.get(slug=facts.FORMER_OPERATOR.slug)
    return {
        Reader.STRANGER: None,
        Reader.ROLELESS: make_user("Rita Roleless"),
        Reader.OTHER_COORDINATOR: make_user(
            "Olga Other", role=Role.COORDINATOR, organisation=elsewhere
        ),
        Reader.OUTSIDER: make_user(
            "Otto Out", role=Role.PARTNER, organisation=make_organisation("Outside")
        ),
        Reader.OTHER_TRAINER: make_user(
            "Teresa Trening",
            role=Role.TRAINER,
            organisation=elsewhere,
            person=make_person("Teresa", "Trening"),
        ),
        Reader.OTHER_WORKER: make_user(
            "Wanda Was", role=Role.WORKER, organisation=before
        ),
        **played,
    }


def complete(academy: Academy, people: dict[Reader, User | None]) -> None:
    """Add a file to an edition and to an agreement, and ask for a secret calendar."""
    whole = {
        "name": "made-up.pdf",
        "size": len(CONTENT),
        "sha256": sha256(CONTENT).hexdigest(),
        "content_type": "application/pdf",
    }
    AgreementFile.objects.create(
        agreement=Agreement.objects.get(state="in-force"),
        number=1,
        file=ContentFile(CONTENT, "made-up.pdf"),
        added_at=academy.now,
        added_by="",
        **whole,
    )
    version = EditionVersion.objects.create(
        edition=Edition.objects.filter(tool__kind="manual", language="en").earliest(
            "pk"
        ),
        number=9,
        title="With a file (illustrative)",
        file=ContentFile(CONTENT, "made-up.pdf"),
        created_at=academy.now,
        writers=["user:0"],
        **whole,
    )
    version.state = EditionVersion.State.PROPOSED
    version.save()
    version.state = EditionVersion.State.PUBLISHED
    version.published_at = academy.now
    version.approver, version.approved_by = "user:1", "demo"
    version.save()
    trainer = people[Reader.TRAINER]
    assert trainer is not None
    calendars.give_to_trainer(actor=trainer, now=academy.now)
