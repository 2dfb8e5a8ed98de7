"""Settings. Secure unless told otherwise; everything that differs between places is in env."""

import secrets
from pathlib import Path
from typing import Any

from config import env
from config.headers import for_static
from config.logs import logging_for
from ruang.vault import root

BASE_DIR = Path(__file__).resolve().parent.parent
BUILD_FOLDER = BASE_DIR / ".build"

# --- places -------------------------------------------------------------------------------
DATA_FOLDER = env.folder("DATA", BASE_DIR / "data")
SECRETS_FOLDER = env.folder("SECRETS", BASE_DIR / "secrets")
FILES_FOLDER = DATA_FOLDER / "files"

# --- secrets ------------------------------------------------------------------------------
# Derived from ROOT, which `ruang serve` hands down. A tool that was handed nothing gets one
# that is good for itself alone; config.rsgi refuses to serve with it.
SECRET_KEY = (root.key("django") if root.versions() else secrets.token_bytes(32)).hex()
SECRET_KEY_FALLBACKS = [root.key("django", old).hex() for old in root.versions()[1:]]

# --- who may call us, and how -------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("HTTPS", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *env.words("HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.words("HOSTS")] if HTTPS else []
if env.flag("PROXY", default=False):  # a proxy of ours in front sets this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = [] if HTTPS else ["security.W004", "security.W008"]  # localhost
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

# --- what browsers are told ---------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # not no-referrer: browsers would send Origin: null
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_FAILURE_VIEW = "ruang.web.resume.csrf_failed"

# --- what is installed --------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "ruang.vault",
    "ruang.audit",
    "ruang.territory",
    "ruang.outbox",
    "ruang.identity",
    "ruang.clocks",
    "ruang.filters",
    "ruang.register",
    "ruang.approvals",
    "ruang.breaches",
    "ruang.intake",
    "ruang.cases",
    "ruang.dossier",
    "ruang.consents",
    "ruang.plans",
    "ruang.triage",
    "ruang.referrals",
    "ruang.prevention",
    "ruang.planner",
    "ruang.notify",
    "ruang.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.headers.SecurityHeaders",
    "config.headers.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ruang.web.middleware.Errors",
    "ruang.web.middleware.Language",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ruang.web.middleware.OnRecord",
    "ruang.web.middleware.AsActor",
    "ruang.web.middleware.OnlySelect",
]
STRICT = DEBUG
"""Whether a GET that writes is refused, not merely logged."""
ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PARTIAL_LOADERS = [  # "page.html#part" is a part of a page; built into Django from 6.0
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                ["config.templates.Loader"],
            )
        ],
    )
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "ruang" / "web"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "ruang.web.chrome.faces",
                "ruang.web.context.bar",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
            "loaders": PARTIAL_LOADERS,
        },
    }
]

# --- database -----------------------------------------------------------------------------
SQLITE: dict[str, Any] = {
    "ENGINE": "config.sqlite",
    "NAME": DATA_FOLDER / "ruang.sqlite3",
    "CONN_MAX_AGE": None,  # one connection a thread
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: a wrap that was taken away is overwritten, not merely unlinked.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-16000",
    },
}
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL") or SQLITE}
if DATABASES["default"] is not SQLITE:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}

# --- what people send ---------------------------------------------------------------------
FILE_LIMIT = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["config.uploads.InMemoryOnly"]  # never in clear in a temporary file
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024  # a long text is never refused
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- language and time --------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BUILD_FOLDER / "locale"]  # one catalogue of all: scripts/messages.py
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- static files -------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BUILD_FOLDER / "static"
STATICFILES_DIRS = [
    ("govuk", BASE_DIR / "node_modules/govuk-frontend/dist/govuk"),
    ("moj", BASE_DIR / "node_modules/@ministryofjustice/frontend/moj"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("font", BASE_DIR / "node_modules/@fontsource-variable/plus-jakarta-sans"),
    BASE_DIR / "ruang/web/static",
]
STATICFILES_FINDERS = ["config.static.OnlyWhatIsUsed"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files: the vault
    "staticfiles": {"BACKEND": "config.static.Storage"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = for_static
WHITENOISE_AUTOREFRESH = DEBUG

# --- logs ---------------------------------------------------------------------------------
# --- mail without content -----------------------------------------------------------------
SMTP: dict[str, Any] = {  # no host: no mail, and `ruang doctor` says so
    "host": env.text("SMTP_HOST", ""),
    "port": env.number("SMTP_PORT", 587, least=1, most=65_535),
    "security": env.one_of("SMTP_SECURITY", ("starttls", "tls", "none")),
    "user": env.text("SMTP_USER", ""),
    "password": env.text("SMTP_PASSWORD", ""),
    "sender": env.text("SMTP_SENDER", ""),
}

LOGGING = logging_for(DATA_FOLDER / "logs", env.text("LOG_NAME", "ruang"))
