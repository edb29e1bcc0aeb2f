import pytest
from django.core.management import CommandError, call_command

from mosty.accounts.models import User
from mosty.audit.models import Entry


@pytest.mark.django_db
def test_the_first_administrator_is_added_by_a_command(capsys):
    call_command("adduser", "anna@example.org", "Anna Example", role="administrator")
    user = User.objects.get(email="anna@example.org")
    assert [grant.role for grant in user.held] == ["administrator"]
    assert list(Entry.objects.order_by("id").values_list("actor_key", "verb")) == [
        ("system", "user.added"),
        ("system", "role.granted"),
    ]
    assert capsys.readouterr().out == "anna@example.org\tadministrator\t\n"


def test_who_is_there_gets_another_role(krakow, coordinator):
    call_command(
        "adduser", coordinator.email, "x", role="city", organisation=krakow.slug
    )
    user = User.objects.get(pk=coordinator.pk)
    assert {grant.role for grant in user.held} == {"coordinator", "city"}


@pytest.mark.parametrize(
    ("email", "options", "sentence"),
    (
        ("nonsense", {"role": "auditor"}, "nonsense is no e-mail address."),
        (
            "a@example.org",
            {"role": "city", "organisation": "atlantis"},
            "There is no organisation atlantis.",
        ),
        (
            "a@example.org",
            {"role": "city"},
            "The role city is held for an organisation.",
        ),
    ),
)
@pytest.mark.django_db
def test_words_that_do_not_fit_are_refused(email, options, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("adduser", email, "Name", **options)
    assert str(refused.value) == sentence
    assert User.objects.count() == 0
