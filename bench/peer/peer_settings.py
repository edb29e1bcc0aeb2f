"""
The peer's own settings, with a cache that needs no further server and no mail.

Its default is Redis. A cache in the process's own memory is faster, so this can only
favour the peer; sessions are in the database, as in Mosty. Its messages are dropped:
it sends while the page waits, which no mail server here would answer.
"""

from pretalx.settings import *  # noqa: F403 - settings are meant to be taken over whole

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
