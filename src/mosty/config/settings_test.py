"""Settings under test: as in production, but quick, silent and by itself."""

import os

# Tests never touch the data of a demo or of an installation.
os.environ.setdefault("MOSTY_SECRET_KEY", "only-for-tests-" + "0123456789" * 5)

from mosty.config.settings import *  # noqa: F403
from mosty.config.settings import DATABASES, STORAGES

DATABASES["default"]["OPTIONS"].pop("pool", None)
# The site under test gives its connection back after each request: browsers keep many
# sockets open, and each has a thread.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Only durability across a power cut is given up.
OPTIONS = DATABASES["default"]["OPTIONS"]
OPTIONS["options"] = f"{OPTIONS.get('options', '')} -c synchronous_commit=off"
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REQUIRE_SECOND_FACTOR = False
DEMO = True
BASE_URL = "http://testserver"
# Counts of queries are about our pages, not about the cache.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
