"""
All settings, each read from the environment by a typed reader.

``docs/reference/settings.md`` is made from :data:`ENVIRONMENT`; no other module
reads the environment.
"""

import secrets
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mosty.config import database
from mosty.kernel import env

# Lets forms and managers say what they are of: forms.BaseFormSet[RowForm].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[3]

# name -> what it is for; the generated reference and its test read this.
ENVIRONMENT = {
    "DATABASE_URL": "The PostgreSQL database, postgresql://user:password@host/name. "
    "Not set: Mosty starts its own server with its data in MOSTY_VAR.",
    "MOSTY_VAR": "Folder for everything that is written. Default: var beside the source.",
    "MOSTY_SECRET_KEY": "Signs sessions and links; at least 50 random characters. "
    "Not set: one is made and kept in MOSTY_VAR/secret-key.",
    "MOSTY_HOSTS": "Host names this installation answers to, separated by commas.",
    "MOSTY_BASE_URL": "The address people use, which links in messages begin with.",
    "MOSTY_DEBUG": "yes shows errors in the browser. Never in production. Default: no.",
    "MOSTY_DEMO": "yes offers one-click demo sign-ins and marks every page as a demo.",
    "MOSTY_SECOND_FACTOR": "yes asks everybody but city contacts for a second factor. Default: yes, in the demo no.",
    "MOSTY_HTTPS": "yes marks cookies as secure and redirects to HTTPS. Default: yes "
    "where MOSTY_BASE_URL begins with https.",
    "MOSTY_MAIL_HOST": "SMTP server. Not set: messages are written to MOSTY_VAR/mail.",
    "MOSTY_MAIL_PORT": "SMTP port. Default: 587.",
    "MOSTY_MAIL_USER": "SMTP user.",
    "MOSTY_MAIL_PASSWORD": "SMTP password.",
    "MOSTY_MAIL_FROM": "Sender of every message.",
    "MOSTY_PROXIES": "How many proxies stand in front; limits on guessing count each "
    "visitor by the address that the outermost of them saw. Default: 0.",
    "MOSTY_OPERATOR": "Who runs this installation, as the privacy page and the "
    "accessibility statement name it.",
    "MOSTY_CONTACT": "E-mail address for questions about data and accessibility.",
    "MOSTY_BADGE_KEYS": "Folder with the keys that sign digital badges (PEM, RSA), one "
    "file each; the last by name signs. Every web server needs the same. Not set: "
    "badge-keys in MOSTY_VAR, where the first key is made when it is needed.",
    "MOSTY_POOL": "Database connections kept open by one process. Default: 8.",
}

VAR = env.folder("MOSTY_VAR", BASE_DIR / "var")
DEMO = env.flag("MOSTY_DEMO", default=False)
DEBUG = env.flag("MOSTY_DEBUG", default=False)
BASE_URL = env.text("MOSTY_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("MOSTY_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
REQUIRE_SECOND_FACTOR = env.flag("MOSTY_SECOND_FACTOR", default=not DEMO)
OPERATOR = env.text("MOSTY_OPERATOR", "Mosty (demo)" if DEMO else "")
CONTACT = env.text("MOSTY_CONTACT", "contact@demo.example.org" if DEMO else "")
HTTPS = env.flag("MOSTY_HTTPS", default=BASE_URL.startswith("https://"))


def _secret_key() -> str:
    """Return the key from the environment, or the one kept in MOSTY_VAR."""
    given = env.text("MOSTY_SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise env.BadSetting("MOSTY_SECRET_KEY must have at least 50 characters.")
        return given
    kept = VAR / "secret-key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
BADGE_KEYS = env.folder("MOSTY_BADGE_KEYS", VAR / "badge-keys")

INSTALLED_APPS = [
    "mosty.config",
    "mosty.demo",
    "mosty.public",
    "mosty.office",
    "mosty.reports",
    "mosty.plans",
    "mosty.evaluation",
    "mosty.infopoint",
    "mosty.partnerships",
    "mosty.library",
    "mosty.training",
    "mosty.selection",
    "mosty.nominations",
    "mosty.programmes",
    "mosty.figures",
    "mosty.accounts",
    "mosty.directory",
    "mosty.outbox",
    "mosty.inbox",
    "mosty.importing",
    "mosty.audit",
    "mosty.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "i18nfield",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mosty.config.middleware.WithoutTooMuch",
    "mosty.config.middleware.WithoutNul",
    "mosty.config.middleware.PrivateUnlessSaid",
    "mosty.config.middleware.SaysWhenAgain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mosty.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mosty.config.middleware.SaysWhenFull",
    # After all that looks whether a form may be sent at all.
    "mosty.ui.twice.SentOnce",
    # Innermost: what it changes is what all others count, sign and answer.
    "mosty.ui.polish.BoundPages",
]

ROOT_URLCONF = "mosty.config.urls"
WSGI_APPLICATION = "mosty.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mosty.ui.context.site",
            ],
            "builtins": ["mosty.ui.templatetags.ui"],
            "string_if_invalid": "",
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": database.parse(
        database.url(var=VAR, name="mosty_demo" if DEMO else "mosty")
    )
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A connection is tried before it is lent: those of a database that was restarted are dead.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": env.whole("MOSTY_POOL", 8, least=1),
    "timeout": 10,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mosty.accounts.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:today"
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("MOSTY_PROXIES", 0)
ACCOUNT_ADAPTER = "mosty.accounts.adapter.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_SESSION_REMEMBER = False
# By address (a whole office may stand behind one) and by account: see SECURITY.md.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # Passwords and second factors that were wrong.
    "login_failed": "20/m/ip,5/300s/key,20/h/key",
    # Each sends a message: nobody's mailbox is to be filled.
    "request_login_code": "30/m/ip,3/m/key,12/h/key",
    "reset_password": "30/m/ip,3/m/key,12/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Mosty"

# In the database, so that limits on guessing hold over all web processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        # With more, a third is thrown away, limits too, in the order of their names:
        # whoever makes a few hundred new ones must not free another of hers.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# Other sites below or beside ours are not ours to decide on: whoever runs them adds
# "includeSubDomains" and "preload" at the proxy.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
UI_NAV = "mosty.public.nav.items"
UI_FOOTER = "mosty.public.nav.footer"
UI_COURSE = "mosty.public.course_nav.items"
UI_COURSE_ABOVE = "mosty.public.course_nav.above"
UI_ACCOUNT = "mosty.accounts.menu.account"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A list of a whole union, as offices write them, stays far below this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
UPLOAD_LIMIT = 10 * 1024 * 1024
# With what a form adds to the file that it sends.
UPLOAD_MOST = UPLOAD_LIMIT + 64 * 1024
# So never on the disk while it is looked at: that may be full, or kept by somebody.
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MOST
FILE_UPLOAD_HANDLERS = [
    "mosty.config.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "src" / "mosty" / "kernel" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Warsaw"
LANGUAGE_COOKIE_NAME = "language"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("vendor", BASE_DIR / "build" / "vendor")]
STORAGES = {
    "default": {
        "BACKEND": "mosty.kernel.files.WholeFiles",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

MAIL_HOST = env.text("MOSTY_MAIL_HOST", "")
DEFAULT_FROM_EMAIL = env.text("MOSTY_MAIL_FROM", "Mosty <mosty@localhost>")
if MAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = MAIL_HOST
    EMAIL_PORT = env.whole("MOSTY_MAIL_PORT", 587, least=1)
    EMAIL_HOST_USER = env.text("MOSTY_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = env.text("MOSTY_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")

# Errors and warnings only: no addresses, names or contents are logged anywhere.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "mosty.config.logs.WithoutSecrets"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that is not there is no fault of ours.
    "loggers": {"django.request": {"level": "ERROR"}},
}
