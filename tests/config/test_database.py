import pytest

from mosty.config.database import parse
from mosty.kernel.env import BadSetting


def test_an_address_becomes_settings():
    assert parse("postgresql://ann:p%40ss@db.example:6432/mosty?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "mosty",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_is_a_host():
    found = parse("postgresql://postgres@/mosty?host=/run/pg&port=5433")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/pg", "5433", {})


@pytest.mark.parametrize(
    "address",
    ("mysql://x/y", "postgresql://host/", "sqlite:///x.db", "nonsense"),
)
def test_anything_else_is_refused(address):
    with pytest.raises(BadSetting):
        parse(address)
