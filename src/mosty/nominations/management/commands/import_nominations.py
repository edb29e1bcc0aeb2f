"""The command that takes over a list of nominations from a file."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.importing.queries.tables import Table
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets import refusals
from mosty.nominations.actions import entries
from mosty.nominations.actions import imports as actions
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries.imports import plan as plans
from mosty.nominations.queries.imports import reading, sentences
from mosty.nominations.queries.imports.columns import FIXED, label
from mosty.nominations.queries.imports.plan import Plan
from mosty.nominations.queries.imports.vocabulary import answer

ROWS_WRONG = 1
UNUSABLE = 2


class Command(BaseCommand):
    """Import nominations."""

    help = (
        "Take over a list of nominations, XLSX or CSV. Without --commit nothing is "
        "written. Prints one line a row: number, new, changed, same or error, and what "
        "is wrong; then the totals. Exit status: 0 fine, 1 rows with errors, 2 the file "
        "or the call cannot be used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("call", help="address of the call, such as academy-part-2")
        parser.add_argument("file", type=Path, help="the list, XLSX or CSV")
        parser.add_argument("--commit", action="store_true", help="take the list over")
        parser.add_argument(
            "--as", dest="email", help="e-mail of the user who acts; needed to commit"
        )
        parser.add_argument("--city", help="address of the city whose list this is")
        parser.add_argument(
            "--value",
            action="append",
            default=[],
            metavar="COLUMN=ANSWER",
            help="one answer for all rows, such as level=middle",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """
        Try the file and, asked to, take it over.

        :raises CommandError: with the exit status that :attr:`help` speaks of.
        """
        try:
            self._handle(options)
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=UNUSABLE) from None
        except PermissionDenied:
            raise CommandError(
                "This user may not import into this call.", returncode=UNUSABLE
            ) from None

    def _handle(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        call = _call(options["call"])
        city = _city(options["city"])
        fixed = dict(_fixed(text) for text in options["value"])
        if options["commit"] and not options["email"]:
            raise CommandError("--commit needs --as EMAIL.", returncode=UNUSABLE)
        entries.require_open(call, now)
        content = _content(options["file"])
        _sheet, table = reading.opened(content, options["file"].name, fixed)
        plan = plans.make(
            call=call, table=table, own=city.pk if city else None, now=now
        )
        self._print(plan)
        if plan.missing:
            names = ", ".join(label(key) for key in plan.missing)
            raise CommandError(f"Columns missing: {names}", returncode=UNUSABLE)
        if plan.counts["error"]:
            raise CommandError(
                "Some rows have errors. Nothing was written.", returncode=ROWS_WRONG
            )
        if options["commit"] and plan.can_be_taken:
            actor = _user(options["email"])
            imported = actions.upload(
                call=call,
                organisation=city,
                content=content,
                file_name=options["file"].name,
                actor=actor,
                now=now,
            )
            _take_over(imported, table, plan.digest, actor, now)
            self.stderr.write("Taken over.")
        elif options["commit"]:
            self.stderr.write("Everything is already there. Nothing was written.")
        else:
            self.stderr.write(
                "Dry run: nothing was written. Add --commit to take over."
            )

    def _print(self, plan: Plan) -> None:
        for row in plan.rows:
            said = [sentences.say(fault, plan) for fault in row.faults] or [
                row.nomination.code if row.nomination else ""
            ]
            for words in said:
                self.stdout.write(f"{row.line}\t{row.kind}\t{words}")
            for warning in row.warnings:
                self.stdout.write(
                    f"{row.line}\twarning\t{sentences.say(warning, plan)}"
                )
        for name, total in plan.short:
            words = sentences.say_short(name, total, plan)
            self.stdout.write(f"-\twarning\t{words}")
        for kind, count in plan.counts.items():
            self.stdout.write(f"total\t{kind}\t{count}")


def _call(slug: str) -> Call:
    call = Call.objects.select_related("course__programme").filter(slug=slug).first()
    if call is None:
        raise CommandError(f"There is no call {slug!r}.", returncode=UNUSABLE)
    return call


def _city(slug: str | None) -> Organisation | None:
    if not slug:
        return None
    city = Organisation.objects.filter(slug=slug, kind=Organisation.Kind.CITY).first()
    if city is None:
        raise CommandError(f"There is no city {slug!r}.", returncode=UNUSABLE)
    return city


def _fixed(text: str) -> tuple[str, str]:
    key, _equals, words = text.partition("=")
    value = answer(key, words) if key in FIXED else None
    if value is None:
        raise CommandError(
            f"--value {text}: name one of {', '.join(FIXED)}, and an answer it knows.",
            returncode=UNUSABLE,
        )
    return key, value


def _user(email: str) -> User:
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no user {email!r}.", returncode=UNUSABLE)
    return user


def _take_over(
    imported: ImportedFile, table: Table, seen: str, actor: User, now: datetime
) -> None:
    """Take the file over with the columns that were tried, or leave nothing of it."""
    try:
        actions.put_in_columns(
            imported=imported,
            columns=table.columns,
            fixed=table.fixed,
            actor=actor,
            now=now,
        )
        actions.take_over(imported=imported, seen=seen, actor=actor, now=now)
    except Refusal:
        actions.drop(imported=imported, actor=actor, now=now)
        raise


def _content(file: Path) -> bytes:
    """
    Return what is in the file.

    :raises CommandError: if it cannot be read, or is too large to.
    """
    try:
        if file.stat().st_size > settings.UPLOAD_LIMIT:
            raise CommandError(str(refusals.TOO_BIG), returncode=UNUSABLE)
        return file.read_bytes()
    except OSError as fault:
        raise CommandError(f"{file}: {fault.strerror}", returncode=UNUSABLE) from None
