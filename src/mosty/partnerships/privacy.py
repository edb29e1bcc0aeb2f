"""
Whether a contact looks like a private person's: said after saving, never refused.

A net with wide meshes. An office may well have such an address.
"""

import re

_EMAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
# Where people have mail of their own.
FREE = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com",
        "icloud.com", "proton.me", "wp.pl", "o2.pl", "op.pl", "onet.pl", "interia.pl",
        "interia.eu", "poczta.fm", "gazeta.pl", "tlen.pl", "ukr.net", "i.ua", "mail.ru",
        "inbox.lv", "mail.ee",
    }
)  # fmt: skip


def looks_private(contact: str) -> bool:
    """Test if ``contact`` holds an e-mail address that may be a private person's."""
    for name, host in _EMAIL.findall(contact):
        # "jan.kowalski" is somebody; "biuro" and "info" are offices.
        first, dot, last = name.partition(".")
        if host.lower() in FREE or (dot and first.isalpha() and last.isalpha()):
            return True
    return False
