"""The command that lists and makes keys of badges."""

import io

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command

from mosty.training import badge_keys


def said(*words):
    out = io.StringIO()
    call_command("badge_key", *words, stdout=out)
    return out.getvalue().splitlines()


def test_it_changes_nothing_unless_told_to(settings, tmp_path):
    settings.BADGE_KEYS = tmp_path
    assert said() == ["1\tsigns"]
    assert said() == ["1\tsigns"]
    first, second = said("--commit")
    assert (first, second) == ("1\tpublished", f"{badge_keys.newest().name}\tsigns")


def test_a_key_of_another_kind_is_refused(settings, tmp_path):
    settings.BADGE_KEYS = tmp_path
    (tmp_path / "1.pem").write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    with pytest.raises(TypeError, match="only RSA keys sign badges"):
        badge_keys.newest()
