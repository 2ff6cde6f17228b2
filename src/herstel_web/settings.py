"""Settings of the pages. What may differ between places comes from the environment; every default is the safe one.

==========================  ==================================================================================
HERSTEL_SECRET_KEY          key that signs the cookies; by default made once and kept in the state folder
HERSTEL_STATE               the state folder; by default ``~/.local/state/herstel`` (or below XDG_STATE_HOME)
HERSTEL_ALLOWED_HOSTS       names by which other machines may reach the pages, separated by commas
HERSTEL_HTTPS               1 when a proxy on this machine serves the pages over https: cookies then need https
HERSTEL_DEBUG               1 shows errors in full in the browser; never on a machine that others can reach
==========================  ==================================================================================
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from herstel_web.state import secret_key

BASE = Path(__file__).parent


def _on(name: str) -> bool:
    return os.environ.get(name, "") == "1"


DEBUG = _on("HERSTEL_DEBUG")
HTTPS = _on("HERSTEL_HTTPS")
SECRET_KEY = secret_key(os.environ)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *(name.strip() for name in os.environ.get("HERSTEL_ALLOWED_HOSTS", "").split(",") if name.strip()),
]

ROOT_URLCONF = "herstel_web.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "herstel_web.self_check"]
DATABASES: dict[str, object] = {}
MIDDLEWARE = [
    "herstel_web.middleware.private_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "herstel_web.middleware.chosen_language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "herstel_web.middleware.PlainErrors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "herstel_web.plain.everywhere",
            ],
        },
    }
]

# --- the answers: in the visitor's own browser, signed, and nowhere else (docs/decisions/0003) ----

SESSION_ENGINE = "herstel_web.session"
SESSION_COOKIE_NAME = "herstel_answers"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # an older one is refused, also where a browser keeps it after closing
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

CSRF_COOKIE_NAME = "herstel_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_AGE = None  # until the browser closes
CSRF_FAILURE_VIEW = "herstel_web.plain.form_refused"

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60

# --- what browsers are told -----------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing goes to other sites. Within the site it must stay: without it a browser hides the origin of a form as well,
# and Django then refuses the form. No address holds an answer.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

# --- languages: Dutch unless somebody chooses English ---------------------------------------------

USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "herstel_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS

# --- static files, straight from the package ------------------------------------------------------

STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "herstel_web.static_files.DatedFiles"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 7 * 24 * 60 * 60

# --- logging: what went wrong and where, never what somebody answered -----------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "herstel_web.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
