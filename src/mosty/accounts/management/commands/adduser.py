"""``mosty adduser``: a user with a role, such as the first administrator."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from mosty.accounts import actions
from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.directory.models import Organisation


class Command(BaseCommand):
    """Adds a user, or gives another role to one who is there."""

    help = (
        "Add a user with a role; one who is there gets the role besides. She signs in "
        "with a code sent by e-mail. Exit 1: the words do not fit, nothing was done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say who, and as what."""
        parser.add_argument("email", help="address with which she signs in")
        parser.add_argument("name", help="her name, as others see it")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--organisation", help="its address in the directory")
        parser.add_argument(
            "--language",
            default="pl",
            choices=[code for code, _name in settings.LANGUAGES],
        )

    def handle(
        self,
        *,
        email: str,
        name: str,
        role: str,
        organisation: str | None,
        language: str,
        **options: object,
    ) -> None:
        """Add her and print a tab-separated line."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        body = None
        if organisation:
            body = Organisation.objects.filter(slug=organisation).first()
            if body is None:
                raise CommandError(f"There is no organisation {organisation}.")
        if (body is None) != (role in {Role.AUDITOR, Role.ADMINISTRATOR}):
            raise CommandError(
                f"The role {role} is held for {'an' if body is None else 'no'} organisation."
            )
        now = timezone.now()
        user = User.objects.filter(email__iexact=email).first()
        try:
            if user is None:
                user = actions.add_user(
                    name=name, email=email, language=language, actor=SYSTEM, now=now
                )
            actions.grant_role(
                user=user,
                role=role,
                organisation=body,
                since=None,
                until=None,
                actor=SYSTEM,
                now=now,
            )
        except actions.CannotManage as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{user.email}\t{role}\t{organisation or ''}")
