"""
Certificates as Open Badges 3.0: a verifiable credential, signed as a JWT with RS256.

The credential says that the holder of a certificate completed a course. It names her
only if she has said that others may see her name; her address is never in it.
"""

import base64
import gzip
import struct
import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import jwt
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mosty.training import badge_keys
from mosty.training.models import Certificate
from mosty.training.printing import address
from mosty.training.queries.standing import in_hours

ALGORITHM = "RS256"
CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
# Bits of one list of what was revoked; the standard asks for so many, so that asking
# about one certificate does not tell which.
LIST_BITS = 131_072

_PNG_SIGNATURE = 8


def issuer_address() -> str:
    """Return the address that names who issues, and where the profile is read."""
    return f"{settings.BASE_URL}/certificates/issuer.json"


def list_address(number: int) -> str:
    """Return where a list of what was revoked is read."""
    return f"{settings.BASE_URL}/certificates/status/{number}"


def issuer(name: str) -> dict[str, Any]:
    """Return the profile of who issues."""
    return {
        "@context": list(CONTEXT),
        "id": issuer_address(),
        "type": ["Profile"],
        "name": name,
        "url": f"{settings.BASE_URL}/",
        "jwks": f"{settings.BASE_URL}/certificates/keys.json",
    }


def credential(certificate: Certificate) -> dict[str, Any]:
    """Return what the badge of a certificate says, before it is signed."""
    content = certificate.content
    language = content["languages"][0]
    page = address(certificate.serial)
    holder = f"urn:uuid:{uuid5(NAMESPACE_URL, page)}"
    subject: dict[str, Any] = {
        "id": holder,
        "type": ["AchievementSubject"],
        "achievement": _achievement(content, language),
    }
    if certificate.shows_name:
        subject["identifier"] = [
            {
                "type": "IdentityObject",
                "identityHash": content["name"],
                "identityType": "name",
                "hashed": False,
            }
        ]
    number, index = divmod(certificate.pk, LIST_BITS)
    return {
        "@context": list(CONTEXT),
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": content["course"][language],
        "issuer": {
            "id": issuer_address(),
            "type": ["Profile"],
            "name": content["issuer"][language],
            "url": f"{settings.BASE_URL}/",
        },
        "validFrom": _moment(certificate.issued_at),
        "credentialSubject": subject,
        "credentialStatus": {
            "id": f"{list_address(number)}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": list_address(number),
        },
    }


def _achievement(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    with override(language):
        criteria = _("Present for %(minutes)s of %(of)s.") % {
            "minutes": in_hours(content["minutes"]),
            "of": in_hours(content["of_minutes"]),
        }
    outcomes = content["outcomes"].get(language, [])
    return {
        "id": f"{settings.BASE_URL}/{content['address']}/",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": content["course"][language],
        "description": " ".join(f"{one.rstrip('.;,')}." for one in outcomes)
        or content["programme"][language],
        "criteria": {"narrative": criteria},
        "inLanguage": language,
    }


def signed(certificate: Certificate) -> str:
    """Return the badge of a certificate as a signed token."""
    says = credential(certificate)
    return _sign(
        {
            **says,
            "iss": says["issuer"]["id"],
            "jti": says["id"],
            "sub": says["credentialSubject"]["id"],
            "nbf": int(certificate.issued_at.timestamp()),
        }
    )


def status_list(number: int, revoked: Collection[int], now: datetime) -> str:
    """
    Return the signed list of what was revoked, as a token.

    ``revoked`` are keys of certificates; those of other lists are passed over.
    """
    bits = bytearray(LIST_BITS // 8)
    for key in revoked:
        of, index = divmod(key, LIST_BITS)
        if of == number:
            # The standard counts from the left.
            bits[index // 8] |= 0x80 >> index % 8
    encoded = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode()
    page = list_address(number)
    return _sign(
        {
            "@context": [CONTEXT[0]],
            "id": page,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer_address(),
            "validFrom": _moment(now),
            "credentialSubject": {
                "id": f"{page}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                # The letter says which of the standard's alphabets follows.
                "encodedList": "u" + encoded.rstrip("="),
            },
            "iss": issuer_address(),
            "jti": page,
            "sub": f"{page}#list",
            "nbf": int(now.timestamp()),
        }
    )


def _sign(payload: Mapping[str, Any]) -> str:
    key = badge_keys.newest()
    return jwt.encode(
        dict(payload),
        key.private,
        algorithm=ALGORITHM,
        # Whoever verifies finds the key by its name in what we publish.
        headers={"kid": f"{settings.BASE_URL}/certificates/keys.json#{key.name}"},
    )


def key_set(keys: Sequence[badge_keys.Key]) -> dict[str, Any]:
    """Return the public keys, as programs read them."""
    return {
        "keys": [
            {
                **jwt.algorithms.RSAAlgorithm.to_jwk(
                    key.private.public_key(), as_dict=True
                ),
                "kid": f"{settings.BASE_URL}/certificates/keys.json#{key.name}",
                "alg": ALGORITHM,
                "use": "sig",
            }
            for key in keys
        ]
    }


def baked_png(picture: bytes, token: str) -> bytes:
    """Return a PNG that carries the badge in a part of its own, behind its first one."""
    (length,) = struct.unpack(">I", picture[_PNG_SIGNATURE : _PNG_SIGNATURE + 4])
    after = _PNG_SIGNATURE + 12 + length
    body = b"iTXtopenbadgecredential\0\0\0\0\0" + token.encode("ascii")
    part = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:after] + part + picture[after:]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
