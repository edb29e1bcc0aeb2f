"""The command takes files over as the page does."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from mosty.nominations.models import Call, ImportedFile, Nomination
from tests.nominations.imports.files import ANNA, JAN, csv, csv_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Return what runs the command on a file: its exit status and its lines."""

    def command(content, *options, call="call", name="list.csv"):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        said = io.StringIO()
        status = 0
        try:
            call_command(
                "import_nominations",
                call,
                str(file),
                *options,
                stdout=said,
                stderr=io.StringIO(),
            )
        except CommandError as fault:
            status = fault.returncode
        return status, said.getvalue().splitlines()

    return command


TOTALS = ["total\tnew\t2", "total\tchanged\t0", "total\tsame\t0", "total\terror\t0"]


def test_without_commit_nothing_is_written(call, run):
    assert run(csv()) == (0, ["2\tnew\t", "3\tnew\t", *TOTALS])
    assert (Nomination.objects.count(), ImportedFile.objects.count()) == (0, 0)


def test_with_commit_everything_is(call, secretariat, run):
    status, _lines = run(csv(), "--commit", "--as", secretariat.email)
    assert status == 0
    assert Nomination.objects.count() == 2
    assert ImportedFile.objects.get().state == "done"
    codes = Nomination.objects.order_by("pk").values_list("code", flat=True)
    again = run(csv(), "--commit", "--as", secretariat.email)
    assert again[0] == 0
    assert again[1][:2] == [
        f"{line}\tsame\t{code}" for line, code in enumerate(codes, 2)
    ]
    assert Nomination.objects.count() == 2


def test_rows_with_errors(call, secretariat, run):
    status, lines = run(
        csv([ANNA, (*JAN[:3], "jan", *JAN[4:])]), "--commit", "--as", secretariat.email
    )
    assert (status, lines[:2]) == (
        1,
        ["2\tnew\t", "3\terror\t“jan” is not an e-mail address. Correct it."],
    )
    assert (Nomination.objects.count(), ImportedFile.objects.count()) == (0, 0)


def test_warnings_are_printed_and_stop_nothing(call, run):
    status, lines = run(csv_of(person(**{"Na stanowisku od": "2099"})))
    assert (status, lines[:2]) == (
        0,
        ["2\tnew\t", "2\twarning\tThe day lies in the future. Is it right?"],
    )


def test_one_citys_list_with_one_answer_for_all(call, city, run):
    row = person()
    del row["Miasto"], row["Szczebel"]
    options = ("--city", "krakow", "--value", "level=średni", "--as", city.email)
    assert run(csv_of(row), *options, "--commit")[0] == 0
    nomination = Nomination.objects.get()
    assert (nomination.organisation.slug, nomination.level) == ("krakow", "middle")


@pytest.mark.parametrize(
    ("content", "options", "slug"),
    (
        (csv(), (), "nothing"),
        (None, (), "call"),
        (b"%PDF-1.7", (), "call"),
        (csv_of({"Imię": "Anna", "Nazwisko": "Nowak"}), (), "call"),
        (csv(), ("--commit",), "call"),
        (csv(), ("--commit", "--as", "nobody@example.org"), "call"),
        (csv(), ("--commit", "--as", "bob.brown@example.org"), "call"),
        (csv(), ("--city", "nowhere"), "call"),
        (csv(), ("--value", "level=highest"), "call"),
        (csv(), ("--value", "email=a@example.org"), "call"),
    ),
)
def test_what_cannot_be_used(call, partner, run, content, options, slug):
    assert run(content, *options, call=slug)[0] == 2
    assert (Nomination.objects.count(), ImportedFile.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_not_read(call, run, settings):
    settings.UPLOAD_LIMIT = 10
    assert run(csv()) == (2, [])


def test_a_closed_call(call, run, now):
    Call.objects.filter(pk=call.pk).update(closes_at=now - timedelta(minutes=1))
    assert run(csv()) == (2, [])
