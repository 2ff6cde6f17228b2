"""Settings of the pages. What may differ between places comes from the environment; every default is the safe one.

==========================  ==================================================================================
HERSTEL_DATABASE_URL        where records are kept; by default an SQLite file in the state folder, or for a practice
                            ``postgresql://user:password@host/name``
HERSTEL_SECRET_KEY          key that signs the cookies; by default made once and kept in the state folder
HERSTEL_STATE               the state folder; by default ``~/.local/state/herstel`` (or below XDG_STATE_HOME)
HERSTEL_ALLOWED_HOSTS       names by which other machines may reach the pages, separated by commas
HERSTEL_HTTPS               1 when a proxy on this machine serves the pages over https: cookies then need https
HERSTEL_DEBUG               1 shows errors in full in the browser; never on a machine that others can reach
HERSTEL_TIME_ZONE           where a day begins and ends; by default ``Europe/Amsterdam``
HERSTEL_SECOND_STEP         0 lets members of a practice in without a second step; only for a demonstration
HERSTEL_EMAIL_URL           ``smtp://user:password@host:587`` to send e-mail; by default it is written to the terminal
HERSTEL_EMAIL_FROM          the address that e-mail comes from
HERSTEL_URL                 the address of the pages as it stands in e-mails; by default ``http://localhost:8000``
==========================  ==================================================================================
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from herstel_web.accounts.pages import ACCOUNT_PAGES, SECOND_STEP_PAGES
from herstel_web.database_url import database_settings
from herstel_web.mail import mail_settings
from herstel_web.state import secret_key, state_folder
from herstel_web.time_zone import time_zone

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
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "herstel_web.accounts",  # before allauth: its pages and texts go before those of the library
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "herstel_web.operation",
    "herstel_web.audit",
    "herstel_web.practice",
    "herstel_web.people",
    "herstel_web.cases",
    "herstel_web.goals",
    "herstel_web.library",
    "herstel_web.letters",
    "herstel_web.booking",
    "herstel_web.recovery",
    "herstel_web.training",
    "herstel_web.casework",
    "herstel_web.correspondence",
    "herstel_web.analysis",
    "herstel_web.filming",
    "herstel_web.planning",
    "herstel_web.follow_up",
    "herstel_web.sharing",
    "herstel_web.outcomes",
    "herstel_web.self_check",
]
MIDDLEWARE = [
    "herstel_web.middleware.numbered",
    "herstel_web.middleware.private_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "herstel_web.middleware.chosen_language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "herstel_web.visit_cookie.visit_cookie",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "herstel_web.accounts.sessions.session_ends",
    "django_htmx.middleware.HtmxMiddleware",
    "herstel_web.middleware.PlainErrors",
    "axes.middleware.AxesMiddleware",
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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "herstel_web.plain.everywhere",
            ],
        },
    }
]

# --- the database -------------------------------------------------------------------------------

DATABASES = {"default": database_settings(os.environ)}
MEDIA_ROOT = state_folder(os.environ) / "files"  # what was uploaded; only ever read through a view that asks who may
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- accounts -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out gets no further
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "herstel_web.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "herstel_web.accounts.passwords.NotOurWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "herstel_web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = ACCOUNT_PAGES
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address at a time
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True  # how long a session lasts is said below, for everybody the same way
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {  # what is not named here is limited as allauth does
    "login_failed": "20/m/ip,20/h/key",  # passwords and codes; after ten wrong passwords axes locks, see below
    "signup": "30/h/ip",
    "reset_password": "20/h/ip,5/h/key",
}
MFA_ADAPTER = "herstel_web.accounts.adapter.SecondStepAdapter"
MFA_FORMS = SECOND_STEP_PAGES
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Herstel"
HERSTEL_SECOND_STEP = os.environ.get("HERSTEL_SECOND_STEP", "1") != "0"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "herstel_web.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "herstel_web.accounts.lockout.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "email"]
AXES_DISABLE_ACCESS_LOG = True  # who signed in stands in the trail
AXES_HTTP_RESPONSE_CODE = 429

# How long somebody stays signed in. Who works at a practice confirms after half an hour of doing nothing; the page that
# was being sent is kept. Everybody signs in anew in the end.
SESSION_MEMBER_IDLE_S = 30 * 60
SESSION_MEMBER_LONGEST_S = 12 * 60 * 60
SESSION_PERSON_LONGEST_S = 90 * 24 * 60 * 60

COOKIE_PREFIX = "__Host-" if HTTPS else ""  # a browser then takes them over https, from this very host, and no other
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}herstel_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # of doing nothing
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
globals().update(mail_settings(os.environ))
SITE_URL = os.environ.get("HERSTEL_URL", "http://localhost:8000").rstrip("/")

# --- the answers of a visitor without an account: in their own browser, signed (docs/decisions/0003) ----

VISIT_COOKIE_NAME = f"{COOKIE_PREFIX}herstel_answers"
VISIT_COOKIE_AGE = 12 * 60 * 60  # an older one is refused, also where a browser keeps it after closing

CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}herstel_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_AGE = None  # until the browser closes
CSRF_FAILURE_VIEW = "herstel_web.plain.form_refused"

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
LARGEST_REQUEST_BYTES = 12 * 1024 * 1024  # a file of 10 MB in a form; more is refused before it is read
LARGEST_VIDEO_BYTES = 300 * 1024 * 1024  # only where videos are sent to: half a minute of a phone is 30 to 100 MB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200  # all questions of the interview, or a check-in with everything ticked

# --- what browsers are told -----------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing goes to other sites. Within the site it must stay: without it a browser hides the origin of a form as well,
# and Django then refuses the form. No address holds an answer.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

# --- languages: Dutch unless somebody chooses English ---------------------------------------------

USE_I18N = True
USE_TZ = True
TIME_ZONE = time_zone(os.environ)
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}herstel_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS

# --- static files, straight from the package ------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "static"]
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
        "axes": {"handlers": [], "level": "ERROR", "propagate": False},  # told by herstel.security
    },
}
