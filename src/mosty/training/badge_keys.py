"""
The keys that sign badges. They lie in a folder, outside the database.

Each file is a private key (PEM), named by when it was made: the last one signs, and the
public part of all is published, so that what an older one signed stays verifiable.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

BITS = 3072
FIRST = "1"


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the name by which it is found again."""

    name: str
    private: rsa.RSAPrivateKey


def folder() -> Path:
    """Return where the keys lie."""
    return Path(settings.BADGE_KEYS)


def all_keys() -> list[Key]:
    """Return the keys, the oldest first; the first one is made where there is none."""
    names = _names()
    if not names:
        make(FIRST)
        names = _names()
    return [_read(name, folder()) for name in names]


def newest() -> Key:
    """Return the key that signs."""
    return all_keys()[-1]


def add(*, now: datetime) -> str:
    """Make another key, which signs from now on; return its name."""
    name = now.strftime("%Y%m%d%H%M%S")
    all_keys()
    make(name)
    return name


def make(name: str) -> None:
    """Make a key of this name; where another process was first, its key stays."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder() / f".{secrets.token_hex(8)}"
    try:
        made.touch(mode=0o600)
        made.write_bytes(pem)
        os.link(made, folder() / f"{name}.pem")
    except FileExistsError:
        pass
    finally:
        made.unlink(missing_ok=True)


def _names() -> list[str]:
    """Return the names by age: numbers, of which a longer one is later."""
    found = [path.stem for path in folder().glob("*.pem")]
    return sorted(found, key=lambda name: (len(name), name))


@lru_cache(maxsize=32)
def _read(name: str, within: Path) -> Key:
    """
    Return a key; it is read once.

    :raises TypeError: if the file holds a key of another kind.
    """
    content = (within / f"{name}.pem").read_bytes()
    private = serialization.load_pem_private_key(content, password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError(f"{name}.pem: only RSA keys sign badges.")
    return Key(name, private)
