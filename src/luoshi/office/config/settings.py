"""Django's settings: safe as they stand, and nothing in them that the environment should say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from psycopg import conninfo

from luoshi.office.config import environment, logs

ENVIRONMENT = environment.read()
OFFICE = Path(__file__).parent.parent

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "luoshi.office.config.urls"
WSGI_APPLICATION = "luoshi.office.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "luoshi.office.audit",
    "luoshi.office.accounts",
    "luoshi.office.attachments",
    "luoshi.office.connectors",
    "luoshi.office.letters",
    "luoshi.office.registry",
    "luoshi.office.editions",
    "luoshi.office.runs",
    "luoshi.office.exchange",
    "luoshi.office.worklists",
    "luoshi.office.applicants",
    "luoshi.office.treasury",
    "luoshi.office.sheets",
    "luoshi.office.notices",
    "luoshi.office.awards",
    "luoshi.office.casework",
    "luoshi.office.exchange.exports",
    "luoshi.office.desk",
    "luoshi.office.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.office.desk.speaking.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "luoshi.office.desk.gate.Gate",
    "luoshi.office.portal.gate.PublicGate",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "luoshi.office.desk.surroundings.surroundings",
                "luoshi.office.portal.surroundings.public_surroundings",
            ],
        },
    }
]

# --- Database: PostgreSQL and nothing else. Without an address nothing connects by accident. --------------------------

_database = conninfo.conninfo_to_dict(ENVIRONMENT.database or "")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.get("dbname", "luoshi"),
        "USER": _database.get("user", ""),
        "PASSWORD": _database.get("password", ""),
        "HOST": _database.get("host", ""),
        "PORT": str(_database.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "luoshi.office.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
# Half an hour is half an hour: whoever goes on trying in the meantime keeps nobody out for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Five tries belong to an account, wherever they come from. By address: an office shares one, and one person's five
# mistakes would lock out everybody in it. By account and address: a second address would give five more tries; beside
# the account alone, with the same limit, it never adds anything. So the check that asks for an address is silent.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_USERNAME_CALLABLE = "luoshi.office.accounts.lockout.counted_name"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "luoshi.office.desk.origin.address_of"
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_VERBOSE = False
# What is on record about sign-ins stands in the event log, with shortened addresses. Of a failed try nothing that
# somebody typed is kept: a wrong password is often the right one of another account.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = [
    "username", "ip_address", "old_password", "new_password1", "new_password2", "code", "csrfmiddlewaretoken",
]  # fmt: skip
TWO_FACTOR = ENVIRONMENT.two_factor
OTP_TOTP_ISSUER = "落实 Luoshi"

# --- Messages to phones ----------------------------------------------------------------------------------------------

DEMONSTRATION = ENVIRONMENT.demonstration
MESSAGE_GATEWAY, MESSAGE_TOKEN = ENVIRONMENT.message_gateway, ENVIRONMENT.message_token

# --- The browser -----------------------------------------------------------------------------------------------------

SESSION_ENGINE = "luoshi.office.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 3600
IDLE = timedelta(minutes=ENVIRONMENT.idle)
SESSION_COOKIE_HTTPONLY = True
# A browser takes a cookie of such a name only over TLS, from this host and for all of it.
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.tls else "sessionid"
CSRF_COOKIE_NAME = "__Host-token" if ENVIRONMENT.tls else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.tls
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = ENVIRONMENT.tls
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.tls
BEHIND_PROXY = ENVIRONMENT.tls
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.tls else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Files, language, time -------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = ENVIRONMENT.data / "files"
WHITENOISE_USE_FINDERS = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [OFFICE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING_CONFIG = None
logs.configure(debug=DEBUG)
