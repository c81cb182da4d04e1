"""Settings of the office, read from the environment; the defaults suit one company on one machine."""

from pathlib import Path

from csp.constants import NONE, SELF
from environs import env

from filage_web import paths

HERE = Path(__file__).resolve().parent

# --- the installation -------------------------------------------------------------------------------------------------

FILAGE_DATA = paths.data_folder()
DEBUG = env.bool("FILAGE_DEBUG", False)
HTTPS = env.bool("FILAGE_HTTPS", False)
"""True when visitors come by https (directly or behind a proxy that says so): cookies and HSTS follow."""
FILAGE_SIGNUP = env.bool("FILAGE_SIGNUP", False)
"""True lets anyone open an account; by default one is invited."""
FILAGE_MFA = env.bool("FILAGE_MFA", True)
"""True lets each user protect the account with a second factor."""
FILAGE_FAILURES = env.int("FILAGE_FAILURES", 5)
"""Wrong passwords before an account and address are locked out for a quarter of an hour."""

SECRET_KEY = env.str("FILAGE_SECRET_KEY", "") or paths.secret_key(FILAGE_DATA)
ALLOWED_HOSTS = env.list("FILAGE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("FILAGE_ORIGINS", [])
DATABASES = {"default": paths.database(env.str("DATABASE_URL", ""), FILAGE_DATA)}
MEDIA_ROOT = env.path("FILAGE_FILES", FILAGE_DATA / "files")

# --- what it is made of -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "filage_web.apps.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    *(["allauth.mfa"] if FILAGE_MFA else []),
    "axes",
    "csp",
    "django_htmx",
    # both rewrite the template loaders unless asked not to: TEMPLATES below lists them by hand
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "filage_web.middleware.private_pages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "filage_web.urls"
WSGI_APPLICATION = "filage_web.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "filage_web.templatetags.french",
                "filage_web.templatetags.shell",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "filage_web.shell.context.shell",
            ],
        },
    }
]
COTTON_DIR = "components"

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- accounts ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "filage_web.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "filage_web.accounts.adapters.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Filage : "
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# wrong passwords are counted by axes, in the database, hence across processes
ACCOUNT_RATE_LIMITS = {"login_failed": False}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Filage"
# an address is known from its invitation: nothing more to verify before protecting the account
MFA_ALLOW_UNVERIFIED_EMAIL = True

AXES_FAILURE_LIMIT = FILAGE_FAILURES
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "filage_web.accounts.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["password", "login"]
AXES_VERBOSE = False

EMAIL_HOST = env.str("FILAGE_EMAIL_HOST", "")
EMAIL_BACKEND = env.str(
    "FILAGE_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
EMAIL_PORT = env.int("FILAGE_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("FILAGE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("FILAGE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("FILAGE_EMAIL_TLS", False)
EMAIL_USE_SSL = env.bool("FILAGE_EMAIL_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FILAGE_EMAIL_FROM", "Filage <filage@localhost>")

# --- safety -----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "filage_web.shell.views.csrf_refused"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "filage_session"
SECURE_SSL_REDIRECT = HTTPS and env.bool("FILAGE_HTTPS_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("FILAGE_PROXY", False) else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- files served with the pages --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "filage_web.static_files.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 31_536_000

# --- work done aside --------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- what is said -----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "filage_web.logs.HideSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "filage_web": {
            "handlers": ["console"],
            "level": env.str("FILAGE_LOG_LEVEL", "INFO"),
            "propagate": False,
        },
    },
}

SILENCED_SYSTEM_CHECKS = [
    # https is a setting of the installation (FILAGE_HTTPS): the default is one machine, without a certificate
    *([] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]),
    # the browsers' preload list commits a whole domain: its owner decides, not this program
    "security.W021",
]
