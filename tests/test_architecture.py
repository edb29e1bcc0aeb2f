"""
Rules of the whole house that no single app can keep alone.

Each reads what there is (models, addresses, modules, files), so that what is added
later is held to it without anybody remembering.
"""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.urls import reverse

from mosty.programmes.models.programmes import RESERVED
from tests.structure import (
    ROOT,
    SOURCE,
    Address,
    addresses,
    modules,
    ranks,
    tracked,
)

RANKS = ranks()
ALL = addresses()
OURS = [address for address in ALL if address.is_ours]
MODELS = [model for model in apps.get_models() if model._meta.app_label in RANKS]

# What somebody who is not signed in may be shown. A new page is private until it
# stands here, with the reason.
PUBLIC = {
    "public:home": "the first page",
    "public:calls": "calls are public",
    "public:programme": "shows what is published, else 404",
    "public:course": "shows what is published, else 404",
    "public:agenda": "shows what is published, else 404",
    "public:calendar": "shows what is published, else 404",
    "public:changelog": "shows what is published, else 404",
    "public:privacy": "the law asks for it",
    "public:accessibility": "the law asks for it",
    "library:search": "finds what its reader may see, and counts no more",
    "health": "for the machine that watches; says ok",
    "robots": "for search engines",
    "service_worker": "a script for browsers, the same for all",
    "training:check_form": "anybody checks a certificate",
    "training:check": "says of a number only what its holder shows",
    "badge_issuer": "who issues badges, for programs",
    "badge_keys": "public keys of badges",
    "badge_status": "bits of what was revoked; names nobody",
    "training:check_in": "says nothing of anybody without the code on the screen",
    "training:checked_in": "says whom this very phone has checked in",
    "nominations:call": "a published call with its rules, else 404",
    "plans:index": "plans that cities show to everybody",
    "plans:plan": "a plan that its city shows to everybody, else 404",
    "plans:pdf": "the same to print",
    "plans:docx": "the same as a document",
    "training:material_file": "a public material of a public course, else 404",
    "training:materials_zip": "public materials of a public course, else 404",
    "selection:draw_explained": "how anybody checks a draw",
    "selection:result": "what came of a public call, without names",
    "selection:numbers": "the published list of a draw in public, else 404",
    "selection:published": "the same as a file, else 404",
    "opinion_scanned": "behind the code of a poster, else 404",
    "opinion": "behind the code of a poster, else 404",
    "opinion_thanks": "behind the code of a poster, else 404",
    "library:practices": "lists what is published",
    "library:practices_feed": "the same as a feed",
    "library:practice": "shows what is published, else 404",
    "library:practice_version": "shows what is published, else 404",
    "library:practice_cite": "shows what is published, else 404",
    "library:practice_card": "shows what is published, else 404",
    "library:practice_data": "shows what is published, else 404",
    "library:tools": "lists what is published",
    "library:tools_feed": "the same as a feed",
    "library:tool": "shows what is published, else 404",
    "library:tool_card": "shows what is published, else 404",
    "library:tool_data": "shows what is published, else 404",
    "library:edition": "shows what is published, else 404",
    "library:edition_version": "shows what is published, else 404",
    "library:edition_file": "a published file, else 404",
    "library:edition_cite": "shows what is published, else 404",
    "points_for_everyone": "the points that are open",
    "points_compared": "published releases of those who agreed, else 404",
    "year_in_numbers": "a published release, else 404",
    "years_in_numbers": "the log of what is published",
    "year_chart": "a published release, else 404",
    "year_file": "a published release, else 404",
    "ui:styleguide": "made-up content only",
    "ui:example_chart": "made-up content only",
    "accounts:demo_sign_in": "404 unless the installation is a demo",
    "account_login": "signing in",
    "account_logout": "leads home whoever is not signed in",
    "account_signup": "says that nobody signs up",
    "account_inactive": "says that the account is closed",
    "account_request_login_code": "signing in by a code",
    "account_confirm_login_code": "signing in by a code",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password, by a secret key",
    "account_reset_password_from_key_done": "a forgotten password",
    "account_email_verification_sent": "says where to look",
    "account_confirm_email": "by a secret key",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in by a passkey",
}
# Prefixes of addresses whose last part is a secret: without it there is only a 404.
BY_SECRET = ("/pl/link/", "/en/link/")


# Models -----------------------------------------------------------------------


def cross_app_keys() -> Iterator[tuple[object, str, str]]:
    """Yield each foreign key to another app's model, with both apps."""
    for model in MODELS:
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model
            if target in MODELS and target._meta.app_label != model._meta.app_label:
                yield field, model._meta.app_label, target._meta.app_label


def test_every_foreign_key_points_down_the_stack():
    """A key named by a string escapes import-linter; the registry of models tells all."""
    upward = [
        str(field)
        for field, app, target in cross_app_keys()
        if RANKS[target] <= RANKS[app]
    ]
    assert upward == []


def test_no_key_gives_a_lower_app_a_way_up():
    """``programme.nominations`` must not exist: related_name is "+" between apps."""
    named = [
        str(field)
        for field, _app, _target in cross_app_keys()
        if not field.remote_field.hidden
    ]
    assert named == []


def test_the_stack_names_every_app():
    ours = {
        config.name.removeprefix("mosty.")
        for config in apps.get_app_configs()
        if config.name.startswith("mosty.")
    }
    assert ours - set(RANKS) == set()


# Addresses ---------------------------------------------------------------------


def refuses(address: Address, response: HttpResponse) -> bool:
    """Test if ``response`` shows nothing of the page to whoever is not signed in."""
    if address.path.startswith(BY_SECRET):
        return response.status_code in {404, 405}
    if response.status_code == 302:
        # To sign-in, and from there back; allauth's old addresses lead to its new ones.
        ways = (reverse("account_login"), "/account/")
        return any(way in response.headers["Location"] for way in ways)
    return response.status_code in {401, 403, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ("get", "post"))
def test_every_path_refuses_strangers_unless_listed(client, call, method):
    """A new view is private until it is named in ``PUBLIC``."""
    client.raise_request_exception = False
    shown = [
        f"{response.status_code} {address.path}"
        for address in ALL
        if address.name not in PUBLIC
        and not refuses(address, response := getattr(client, method)(address.path))
    ]
    assert shown == []


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_what_is_listed_as_public_exists(name):
    assert name in {address.name for address in ALL}


@pytest.mark.django_db
def test_every_view_says_which_methods_it_knows(signed_in, coordinator, call):
    """A view that takes any method takes a DELETE for a GET."""
    client = signed_in(coordinator)
    client.raise_request_exception = False
    taken = [
        f"{response.status_code} {address.path}"
        for address in OURS
        if (response := client.delete(address.path)).status_code != 405
    ]
    assert taken == []


def test_no_programme_can_take_an_address_of_the_site():
    """A programme's page is /{slug}/: the site's own first words are kept from it."""
    words = {
        parts[1]
        for address in ALL
        if len(parts := address.path.strip("/").split("/")) > 1
        and parts[0] in {"pl", "en"}
    }
    # The first is what stands for a programme in the addresses gathered here.
    assert words - {"academy"} - RESERVED == set()


# Modules -----------------------------------------------------------------------


def view_files() -> list[Path]:
    """Return the files in which views stand, whatever they are called."""
    of_addresses = {
        Path(inspect.getfile(inspect.unwrap(address.view))) for address in OURS
    }
    return sorted({*modules("views"), *of_addresses})


@pytest.mark.parametrize(
    "path", view_files(), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_views_fetch_through_policies_only(path):
    assert re.findall(r"\.objects\b", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "path",
    modules("actions", "queries", "policies"),
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_moments_are_passed_in(path):
    """What reads the clock itself cannot be tested at another time."""
    clocks = r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\("
    assert re.findall(clocks, path.read_text(encoding="utf-8")) == []


# Functions that actions modules offer to other actions, and that are no acts of their own.
HELPERS = {
    "audit.actions.record": "writes beside a change, and is told when as 'at'",
    "audit.actions.record_many": "writes beside changes, and is told when as 'at'",
    "audit.actions.record_export": "writes beside a file, and is told when as 'at'",
    "importing.actions.lock": "inside another action, which has the actor",
    "importing.actions.require_columns": "refuses inside another action",
    "importing.actions.require_seen": "refuses inside another action",
    "outbox.actions.make_link": "inside another action, which has the actor",
    "outbox.actions.make_links": "inside another action, which has the actor",
    "outbox.actions.put_many": "inside another action, which has the actor",
    "outbox.actions.revoke_links": "inside another action, which has the actor",
    "outbox.actions.address": "reads",
    "outbox.actions.put": "inside another action, which has the actor",
    "outbox.actions.deliver": "the worker's own, in nobody's name",
}


def action_modules() -> Iterator[ModuleType]:
    """Yield each app's actions as other apps import them."""
    for path in sorted({*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions")}):
        yield importlib.import_module(f"mosty.{path.parent.name}.actions")


def offered_actions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield what the modules offer: all they list, or all they define."""
    for module in action_modules():
        listed = getattr(module, "__all__", None)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = name in listed if listed else function.__module__ == module.__name__
            if own and not name.startswith("_"):
                yield f"{module.__name__.removeprefix('mosty.')}.{name}", function


ACTIONS = dict(offered_actions())


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - set(HELPERS)))
def test_every_action_names_its_arguments_its_actor_and_its_moment(name):
    parameters = inspect.signature(ACTIONS[name]).parameters.values()
    assert [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY] == []
    assert {"actor", "now"} - {p.name for p in parameters} == set()


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_what_is_excepted_from_being_an_action_exists(name):
    assert name in ACTIONS


# Files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what",
    (
        # Each written so that this file is not its own find.
        pytest.param(r"/(?:w)ork/|/(?:r)oot/|/(?:h)ome/\w|bash(?:_)jobs", id="machine"),
        pytest.param(
            r"(?:p)ypi\.org|(?:n)pmjs\.org|(?:python)hosted\.org|(?:d)eb\.debian",
            id="registry",
        ),
    ),
)
def test_no_file_names_a_machine_or_a_registry(what):
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in tracked()
        for hit in re.finditer(what, path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
