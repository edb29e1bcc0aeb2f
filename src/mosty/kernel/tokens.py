"""
Secrets that travel in links, and short codes that name people's rows.

A link's token is derived from the installation's key and the link's own random
nonce: it can be made again when a message is sent twice, and what the database
holds (the digest) opens nothing.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

# Without letters and digits that are misread or misheard, and without vowels, so
# that no code spells a word.
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


def new_nonce() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(16)


def derive(nonce: bytes) -> str:
    """Return the token that belongs to ``nonce``: 43 URL-safe characters."""
    key = hashlib.sha256(b"mosty.links:" + settings.SECRET_KEY.encode()).digest()
    mac = hmac.new(key, nonce, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def digest(token: str) -> bytes:
    """Return what is stored of ``token``: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode()).digest()


def new_code(length: int = 6) -> str:
    """Return a random code such as ``K7PX-2M`` for a row that names a person."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(length))
    return f"{letters[:4]}-{letters[4:]}" if length > 4 else letters
