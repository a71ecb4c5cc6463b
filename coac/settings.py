"""Django's settings. What differs between deployments comes from coac/environment.py."""

from datetime import timedelta
from typing import Any

from coac import environment, logs
from coac.environment import BASE_DIR

ENVIRONMENT = environment.read()
IS_HTTPS = ENVIRONMENT.is_https
MEGABYTE = 1024 * 1024

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
SITE_URL = ENVIRONMENT.site_url
REPORT_URL = ENVIRONMENT.report_url
BEHIND_PROXY = ENVIRONMENT.behind_proxy

INSTALLED_APPS = [
    "coac",
    "papers",
    "workgroups",
    "coac.staff.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "coac.staff.SignInAttemptsConfig",
]

# From the outside in: headers, the request's log line and the 503 page wrap everything else.
MIDDLEWARE = [
    "coac.middleware.RequestLogMiddleware",
    "coac.middleware.SecurityHeadersMiddleware",
    "coac.middleware.HeadMiddleware",
    "coac.middleware.DatabaseAwayMiddleware",
    "coac.middleware.PlainRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coac.middleware.FilesOnTheirWayMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "coac.middleware.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "coac.middleware.StaffTokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Knows who asks, and still comes before the first reader of a body: the check of the token.
    "coac.middleware.BodyLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "coac.urls"
WSGI_APPLICATION = "coac.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coac.context_processors.site",
            ],
        },
    },
]

# Database -----------------------------------------------------------------------------------

DATABASE: dict[str, Any] = {
    **ENVIRONMENT.database,
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
}
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged survives a power cut even in WAL mode.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASE["OPTIONS"] = {"connect_timeout": 5, **ENVIRONMENT.database["OPTIONS"]}
DATABASES = {"default": DATABASE}

# Words and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"  # the meetings are announced in Eastern time

# Documents that papers were read from -------------------------------------------------------

# No URL leads here: one view gives out what is published, and the admin the rest.
ORIGINALS_DIR = ENVIRONMENT.originals_dir

# Static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Headers and transport ----------------------------------------------------------------------

# Django 6's name and shape for the same thing.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
# A load balancer asks these inside the network, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
USE_X_FORWARDED_HOST = False

# A staff form may hold a paper of 500 items with some ten fields each, and long ones.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * MEGABYTE
# Whole bodies, files included, refused before a byte of them is kept: of strangers, who send no
# more than a name and a password; of signed-in staff, DATA_UPLOAD_MAX_MEMORY_SIZE; and of those who
# may add one of these models, on the page that adds it: for imports, 30 files of 25 MB with what
# separates them.
PUBLIC_BODY_MAX_SIZE = 64 * 1024
LARGE_UPLOADS = {"papers.importbatch": (30 * 25 + 1) * MEGABYTE}

# Signing in ---------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "coac.tries.Backend",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "coac.passwords.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": "coac.passwords.BlocklistValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

SESSION_ENGINE = "coac.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
# A browser takes a __Host- cookie only when it is Secure, so only where the site is https.
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.csrf_trusted_origins
# No cookie of its own for messages: they ride in the staff session.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AXES_HANDLER = "coac.tries.Handler"
AXES_FAILURE_LIMIT = 10
# An account at one address, or the address whatever the account. Never the account wherever the
# tries come from: a stranger could keep its owner out by failing ten times each quarter of an hour.
# So a guess spread over many addresses has no brake for the whole account; what bounds it is ten
# tries for each address and the passwords' own strength, 15 characters and none of a blocklist.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Tries during a lock-out do not prolong it, so nobody can keep another's account locked by them.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = False
AXES_CLIENT_IP_CALLABLE = "coac.signing_in.counted_address"
AXES_LOCKOUT_CALLABLE = "coac.signing_in.locked_out"
AXES_VERBOSE = False

# Logs ---------------------------------------------------------------------------------------

LOGGING = logs.configuration(ENVIRONMENT.log_level)
