"""Every setting of a deployment, read from the environment; docs/settings.md explains each one."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from jembol.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = Path(environment.text("JEMBOL_ROOT", str(PACKAGE.parent.parent)))
STATE = Path(environment.text("JEMBOL_STATE", str(ROOT / "var")))

KEPT = environment.kept_secrets(STATE)
SECRET_KEY = environment.text("JEMBOL_SECRET_KEY", KEPT["secret_key"])
DEBUG = environment.flag("JEMBOL_DEBUG", default=False)
ALLOWED_HOSTS = environment.words("JEMBOL_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("JEMBOL_ORIGINS", "")
HTTPS = environment.flag("JEMBOL_HTTPS", default=False)
ADDRESS = environment.text("JEMBOL_ADDRESS").rstrip("/")

# Keys that seal NIK and KK. `JEMBOL_VAULT_KEYS` is `id:hex,id:hex`; the first one seals, all open.
_VAULT = [
    pair.partition(":")
    for pair in environment.words("JEMBOL_VAULT_KEYS", f"k1:{KEPT['vault_key']}")
]
VAULT_KEYS = {name: bytes.fromhex(key) for name, _colon, key in _VAULT}
VAULT_CURRENT = _VAULT[0][0]
VAULT_DIGEST_KEY = bytes.fromhex(environment.text("JEMBOL_DIGEST_KEY", KEPT["digest_key"]))

INSTALLED_APPS = [
    "jembol.ui",
    "jembol.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "jembol.journal",
    "jembol.files",
    "jembol.outbox",
    "jembol.sync",
    "jembol.places",
    "jembol.papers",
    "jembol.calendars",
    "jembol.registry",
    "jembol.cards",
    "jembol.training",
    "jembol.outreach",
    "jembol.intake",
    "jembol.desk",
    "jembol.field",
    "jembol.public",
    "jembol.console",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jembol.ui.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "jembol.config.urls"
WSGI_APPLICATION = "jembol.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jembol.desk.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "jembol.ui.components",
            ],
        },
    }
]
FORM_RENDERER = "jembol.ui.forms.PageFormRenderer"

DATABASE_URL = environment.text("JEMBOL_DATABASE_URL")
# stack.md's measurement: without these, four of five writes at a busy door fail with
# "database is locked"; synchronous=FULL because a ledger must survive a power cut.
SQLITE = {
    "ENGINE": "jembol.config.sqlite_gate",
    "NAME": Path(environment.text("JEMBOL_SQLITE", str(STATE / "jembol.sqlite3"))),
    "CONN_MAX_AGE": 600,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; "
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; "
            "PRAGMA journal_size_limit=67108864; PRAGMA foreign_keys=ON"
        ),
    },
}
DATABASES = {"default": environment.postgresql(DATABASE_URL) if DATABASE_URL else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must be shared by both server processes, so the cache is on disk, not in memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(STATE / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "public:home"

ACCOUNT_ADAPTER = "jembol.accounts.adapter.OfficerAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# Counted per address and per account together, so that nobody can lock a rival out.
# A hall full of people signs up through one address, so the last bound is wide.
ACCOUNT_RATE_LIMITS = {
    "public_sign_up": "30/m/ip",
    "certificate_check": "60/m/ip",
    "rt_door": "60/m/ip",
    "rt_wish": "20/m/ip",
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Behind a proxy everybody has the proxy's address unless its header is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("JEMBOL_PROXIES", 0)
MFA_ADAPTER = "jembol.accounts.adapter.SealedSecondFactor"
MFA_TOTP_ISSUER = "Jembol"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 60 * 60 * environment.number("JEMBOL_SESSION_HOURS", 12)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "jembol.ui.refusing.csrf_failed"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("JEMBOL_TIME_ZONE", "Asia/Jakarta")

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "jembol.config.static_files.HashedModules"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

FILES_ROOT = STATE / "files"
UPLOAD_LIMIT_MB = environment.number("JEMBOL_UPLOAD_LIMIT_MB", 20)
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_MB * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
PHOTO_LIMIT_KB = environment.number("JEMBOL_PHOTO_LIMIT_KB", 2048)
PHOTO_ROOM_MB = environment.number("JEMBOL_PHOTO_ROOM_MB", 200)
PHOTO_PIECES_DAYS = environment.number("JEMBOL_PHOTO_PIECES_DAYS", 14)
CARRY_PEOPLE = environment.number("JEMBOL_CARRY_PEOPLE", 5000)
CARRY_DAYS = environment.number("JEMBOL_CARRY_DAYS", 7)
HOLD_HOURS = environment.number("JEMBOL_HOLD_HOURS", 72)
JOB_LEASE_SECONDS = environment.number("JEMBOL_JOB_LEASE_SECONDS", 30)
FONTS_FOLDER = STATE / "fonts"
MESSAGES_FOLDER = STATE / "messages"
MESSAGES_KEPT_DAYS = environment.number("JEMBOL_MESSAGES_KEPT_DAYS", 400)

# Links in messages and papers; a worker has no request that could tell the address.
PUBLIC_ADDRESS = ADDRESS or "http://127.0.0.1:8000"

# Ways out of this machine. Without its key a gateway is not there, and `jembol doctor` says so.
GATEWAY_SECONDS = environment.number("JEMBOL_GATEWAY_SECONDS", 10)
SMS_URL = environment.text("JEMBOL_SMS_URL")
SMS_KEY = environment.text("JEMBOL_SMS_KEY")
SMS_SENDER = environment.text("JEMBOL_SMS_SENDER")
SMS_FIELDS = environment.words("JEMBOL_SMS_FIELDS", "to=to,text=text,id=reference,sender=from")
SMS_FORM = environment.flag("JEMBOL_SMS_FORM", default=False)
WHATSAPP_URL = environment.text("JEMBOL_WHATSAPP_URL")
WHATSAPP_KEY = environment.text("JEMBOL_WHATSAPP_KEY")
WHATSAPP_TEMPLATE = environment.text("JEMBOL_WHATSAPP_TEMPLATE")
EMAIL_HOST = environment.text("JEMBOL_SMTP_HOST")
EMAIL_PORT = environment.number("JEMBOL_SMTP_PORT", 587)
EMAIL_HOST_USER = environment.text("JEMBOL_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("JEMBOL_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("JEMBOL_SMTP_TLS", default=True)
EMAIL_TIMEOUT = GATEWAY_SECONDS
EMAIL_FROM = environment.text("JEMBOL_EMAIL_FROM")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": environment.text("JEMBOL_LOG_LEVEL", "WARNING").upper(),
    },
}
