"""Badges, verified by a library that is not ours."""

import base64
import gzip
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from mosty.outbox.models import Link
from mosty.training import badge_keys, badges, printing
from mosty.training.actions import certificates
from mosty.training.queries.certificates import sheet_of
from tests.training.certificates.conftest import of, revoke


def public(key):
    return key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def verifier():
    return OB3Verifier(public(badge_keys.newest()))


def lists(certificate, now):
    """Return what fetches the list of what was revoked, as we publish it."""
    revoked = [] if certificate.state == "issued" else [certificate.pk]
    token = badges.status_list(0, revoked, now)
    return lambda url: token.encode()


def show_name(certificate, now):
    link = Link.objects.get(purpose="course", subject=certificate.offer.code)
    return certificates.show_name(
        certificate=certificate, shows=True, actor=link, now=now
    )


def test_another_library_verifies_it(certificate):
    found = verifier().verify(badges.signed(certificate))
    assert (found.id, found.issuer.id, found.issuer.name, found.achievement.name) == (
        f"http://testserver/certificates/{certificate.serial}/",
        "http://testserver/certificates/issuer.json",
        "ODIHR",
        "Good practices",
    )


def test_it_names_nobody_who_did_not_say_so(certificate, now):
    said = json.dumps(badges.credential(certificate), ensure_ascii=False)
    nomination = certificate.offer.nomination
    held_back = (
        nomination.given_name, nomination.family_name, nomination.email,
        str(nomination.organisation), nomination.position, nomination.code,
    )  # fmt: skip
    assert [one for one in held_back if one in said] == []
    shown = badges.credential(show_name(certificate, now))["credentialSubject"]
    assert shown["identifier"] == [
        {
            "type": "IdentityObject",
            "identityHash": "Anna Żak",
            "identityType": "name",
            "hashed": False,
        }
    ]
    verifier().verify(badges.signed(of("Anna")))


def test_a_changed_badge_is_refused(certificate):
    head, body, mark = badges.signed(certificate).split(".")
    padded = body + "=" * (-len(body) % 4)
    says = json.loads(base64.urlsafe_b64decode(padded))
    says["name"] = "Another course"
    changed = base64.urlsafe_b64encode(json.dumps(says).encode()).decode().rstrip("=")
    with pytest.raises(OB3VerificationError, match="signature"):
        verifier().verify(f"{head}.{changed}.{mark}")


def test_a_revoked_one_is_on_the_list(certificate, coordinator, now, settings):
    # Lists of what was revoked are fetched by https alone.
    settings.BASE_URL = "https://testserver"
    token = badges.signed(certificate)
    verifier().verify(token, check_status=True, download=lists(certificate, now))
    gone = revoke(certificate, coordinator, now)
    with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
        verifier().verify(token, check_status=True, download=lists(gone, now))


def test_a_picture_carries_it(certificate):
    token = badges.signed(certificate)
    baked = badges.baked_png(printing.badge(sheet_of(certificate)), token)
    assert OB3Verifier.extract_token_from_png(baked) == token


def test_the_list_counts_from_the_left(db, now):
    token = badges.status_list(1, [badges.LIST_BITS, badges.LIST_BITS + 9, 3], now)
    body = token.split(".")[1]
    says = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    encoded = says["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(
        base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
    )
    assert (len(bits) * 8, bits[:3]) == (131_072, b"\x80\x40\x00")


# Keys ----------------------------------------------------------------------------


@pytest.fixture
def keys(settings, tmp_path):
    settings.BADGE_KEYS = tmp_path / "keys"
    return settings.BADGE_KEYS


def test_the_first_key_is_made_once_and_kept_to_ourselves(keys):
    first = badge_keys.newest()
    assert [key.name for key in badge_keys.all_keys()] == ["1"]
    badge_keys.make("1")
    assert public(badge_keys.newest()) == public(first)
    assert (keys / "1.pem").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in keys.iterdir()] == ["1.pem"]


def test_an_old_badge_is_verified_by_its_old_key(keys, certificate, now):
    token = badges.signed(certificate)
    badge_keys.add(now=now)
    badge_keys.add(now=now + timedelta(days=365))
    old, _middle, new = badge_keys.all_keys()
    OB3Verifier(public(old)).verify(token)
    OB3Verifier(public(new)).verify(badges.signed(certificate))
    published = {
        key["kid"]: key["n"] for key in badges.key_set(badge_keys.all_keys())["keys"]
    }
    assert len(set(published.values())) == len(published) == 3
    private = {"d", "p", "q", "dp", "dq", "qi"}
    for key in badges.key_set(badge_keys.all_keys())["keys"]:
        assert private & set(key) == set()
