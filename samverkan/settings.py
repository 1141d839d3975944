"""One settings file, driven by the environment. Every name is explained in .env.example."""

import tomllib
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# What a run leaves behind: database, documents, mails, fetched style sheets. Never committed.
VAR = Path(env.str("SAMVERKAN_VAR", default=str(BASE_DIR / "var")))


def hours(text: str) -> tuple[int, int] | None:
    """'7-18' as (7, 18), 'alltid' as None."""
    first, _, last = text.partition("-")
    if text == "alltid":
        return None
    if first.isdecimal() and last.isdecimal() and 0 <= int(first) < int(last) <= 24:
        return int(first), int(last)
    raise ImproperlyConfigured("SAMVERKAN_MAIL_HOURS ska vara som 7-18, eller alltid.")


# --- Safe by default -------------------------------------------------------------------------

DEMO = env.bool("SAMVERKAN_DEMO", default=False)
DEBUG = env.bool("SAMVERKAN_DEBUG", default=False)
SECRET_KEY = env.str("SAMVERKAN_SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SAMVERKAN_SECRET_KEY saknas. `make run` och `make test` skapar en själva; se .env.example."
    )
BASE_URL = env.str("SAMVERKAN_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("SAMVERKAN_ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("SAMVERKAN_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("SAMVERKAN_HTTPS", default=BASE_URL.startswith("https://"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env.bool("SAMVERKAN_BEHIND_PROXY", default=False)
    else None
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = env.int("SAMVERKAN_SESSION_SECONDS", default=10 * 3600)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Bootstrap draws its arrows and ticks as data: pictures
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- What it is made of ----------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "audit",
    "casework",
    "documents",
    "notifications",
    "organisations",
    "checklists",
    "agreements",
    "iop",
    "collaborations",
    "advice",
    "dashboard",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.logged_out.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "collaborations.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboard.navigation.navigation",
            ],
        },
    }
]

# --- Where it keeps things -------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'samverkan.sqlite3'}")}
DATABASE = DATABASES["default"]
SQLITE = DATABASE["ENGINE"].endswith("sqlite3")
if SQLITE:
    VAR.mkdir(parents=True, exist_ok=True)
    DATABASE["OPTIONS"] = {
        # Take the write lock at BEGIN, so that two writers wait instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: without it INSERT OR REPLACE slips past the append-only triggers.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
    # A file, not memory: workers, live servers and second connections must see the same data.
    DATABASE["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    DATABASE["CONN_MAX_AGE"] = env.int("SAMVERKAN_CONN_MAX_AGE", default=60)
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # Just-in-time compilation costs more than it gives on our short queries.
    DATABASE["OPTIONS"] = {"options": "-c jit=off"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DEMO and not SQLITE:
    raise ImproperlyConfigured(
        "Demoläget (SAMVERKAN_DEMO) fyller databasen med påhittade ärenden och öppna konton. "
        "Det går bara med den inbäddade SQLite-databasen, aldrig med en databasserver."
    )

MEDIA_ROOT = Path(env.str("SAMVERKAN_DOCUMENTS", default=str(VAR / "documents")))
# What people may upload: at most so much, to disk, counted as it comes.
UPLOAD_BYTES = env.int("SAMVERKAN_UPLOAD_MB", default=20) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "documents.receiving.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The virus scanner: host:port or a socket's path. Where it is set, nothing unscanned is served.
CLAMD = env.str("SAMVERKAN_CLAMD", default="")
CLAMD_TIMEOUT = env.int("SAMVERKAN_CLAMD_TIMEOUT", default=120)
FRONT = Path(env.str("SAMVERKAN_FRONT", default=str(VAR / "front")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("SAMVERKAN_STATIC", default=str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", *([("front", FRONT)] if FRONT.is_dir() else [])]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Who may come in -------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "accounts.adapter.ClosedDoor"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # a login ends with the browser; several may share a machine
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/konto/logga-in/"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# An administration comes to work behind one address; who guesses is told by the failures.
ACCOUNT_RATE_LIMITS = False if DEMO else {"login": "300/m/ip", "login_failed": "10/m/ip,5/5m/key"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- Mail, queue, language -------------------------------------------------------------------

# smtp: a mail server. folder: one file per mail in MAIL_FOLDER, shown on a page.
MAIL = env.str("SAMVERKAN_MAIL", default="smtp")
EMAIL_BACKEND = {
    "smtp": "notifications.smtp.EmailBackend",
    "folder": "notifications.folder.EmailBackend",
}[MAIL]
MAIL_FOLDER = Path(env.str("SAMVERKAN_MAIL_FOLDER", default=str(VAR / "mail")))
EMAIL_HOST = env.str("SAMVERKAN_SMTP_HOST", default="localhost")
EMAIL_PORT = env.int("SAMVERKAN_SMTP_PORT", default=25)
EMAIL_HOST_USER = env.str("SAMVERKAN_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env.str("SAMVERKAN_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("SAMVERKAN_SMTP_STARTTLS", default=False)
EMAIL_USE_SSL = env.bool("SAMVERKAN_SMTP_TLS", default=False)
EMAIL_TIMEOUT = env.int("SAMVERKAN_SMTP_TIMEOUT", default=30)
DEFAULT_FROM_EMAIL = env.str("SAMVERKAN_MAIL_FROM", default="samverkan@staden.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Seconds after which an attempt that never got its answer counts as unclear.
MAIL_ANSWER_SECONDS = env.int("SAMVERKAN_MAIL_ANSWER_SECONDS", default=300)
# From which hour to which reminders and digests are sent, on working days; None: at any time.
MAIL_HOURS = hours(env.str("SAMVERKAN_MAIL_HOURS", default="7-18"))

REDIS_URL = env.str("REDIS_URL", default="")
BROKER_FOLDER = VAR / "broker"

LANGUAGE_CODE = "sv"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "samverkan.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    },
    "root": {
        "handlers": ["console"],
        "level": env.str("SAMVERKAN_LOG_LEVEL", default="INFO"),
    },
    # Each tells every step of every PDF, or that it has begun.
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "pikepdf")},
        # The development server's, which Django gives a handler of its own.
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}
