"""Settings of the floor; ``FLOOR_HOST`` is the folder of PostgreSQL's socket."""

import os
from pathlib import Path

SECRET_KEY = "signs nothing"  # noqa: S105 - nothing is signed here
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.floor.urls"
MIDDLEWARE: list[str] = []
INSTALLED_APPS = ["bench.floor"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "floor",
        "USER": "postgres",
        "HOST": os.environ["FLOOR_HOST"],
        # As Mosty has them.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
