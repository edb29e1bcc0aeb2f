import os

import pytest
from django.conf import settings
from django.db import connection, connections

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


def test_what_the_server_is_told_is_passed_on():
    found = parse("postgresql://db/mosty?options=-c%20random_page_cost%3D1.1")
    assert found["OPTIONS"] == {"options": "-c random_page_cost=1.1"}


@pytest.mark.django_db
@pytest.mark.skipif(
    "MOSTY_OWN_POSTGRES" not in os.environ, reason="the server is somebody else's"
)
def test_our_own_server_knows_that_random_reads_are_cheap():
    with connection.cursor() as cursor:
        cursor.execute("show random_page_cost")
        assert cursor.fetchone() == ("1.1",)


@pytest.mark.parametrize(
    "address",
    ("mysql://x/y", "postgresql://host/", "sqlite:///x.db", "nonsense"),
)
def test_anything_else_is_refused(address):
    with pytest.raises(BadSetting):
        parse(address)


@pytest.mark.django_db
def test_a_restarted_database_is_found_again():
    """A process lends no connection that died while nobody used it."""
    whole = {
        **settings.DATABASES["default"],
        "NAME": connection.settings_dict["NAME"],
        "OPTIONS": {
            **settings.DATABASES["default"]["OPTIONS"],
            "pool": {"min_size": 1, "max_size": 2},
        },
    }
    connections.databases["restarted"] = whole
    one = connections["restarted"]
    try:
        # The second time the pool has nothing but what died.
        for _time in range(2):
            one.connect()
            (pid,) = one.connection.execute("select pg_backend_pid()").fetchone()
            one.close()
            with connection.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(%s, 5000)", [pid])
    finally:
        one.close()
        one.close_pool()
        del connections["restarted"], connections.databases["restarted"]
