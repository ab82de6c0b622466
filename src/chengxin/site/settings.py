"""Settings of the one Django project; what differs between installations comes from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from chengxin.database.connection import database_settings

HOME = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
VAR = Path(os.environ.get("CHENGXIN_VAR", HOME / "var"))

DEBUG = False
SECRET_KEY = os.environ.get("CHENGXIN_SECRET_KEY", "")
SECRET_KEY_FALLBACKS = [part for part in os.environ.get("CHENGXIN_SECRET_KEYS_BEFORE", "").split(",") if part]
DEMO = os.environ.get("CHENGXIN_DEMO") == "1"
ALLOWED_HOSTS = os.environ.get("CHENGXIN_HOSTS", "127.0.0.1,localhost").split(",")
LAW_PACK = os.environ.get("CHENGXIN_LAW_PACK", "jiangsu")
CATALOGUE_FOLDERS = [Path(part) for part in os.environ.get("CHENGXIN_CATALOGUE_FOLDERS", "").split(os.pathsep) if part]
# How messages reach their recipients: kind of delivery and what carries it.
OUTBOX_KINDS = {"inbox": "chengxin.jobs.kinds.inbox", "webhook": "chengxin.jobs.webhooks.call"}
# Recipients are called at public addresses, and in networks named here; their certificates may be of a CA of our own.
WEBHOOK_NETWORKS = os.environ.get("CHENGXIN_WEBHOOK_NETWORKS", "")
WEBHOOK_CA = os.environ.get("CHENGXIN_WEBHOOK_CA", "")
# The verifiable log: the name its checkpoints are known by, and whether writers sign how far they are.
LOG_ORIGIN = os.environ.get("CHENGXIN_LOG_ORIGIN", "chengxin.demo" if DEMO else "chengxin.local")
LOG_HEARTBEATS = True
# Decisions that take the course of a determination (told, heard, signed, served): what each is about, by procedure.
DECISION_FORMS = {
    "listing": "chengxin.lists.papers.form_of",
    "measure": "chengxin.measures.papers.form_of",
    "commitment_breach": "chengxin.commitments.papers.form_of",
}
# Integrity points (诚信积分) are off unless an installation asks for them.
POINTS = os.environ.get("CHENGXIN_POINTS", "1" if DEMO else "") == "1"
# How many comments or tips one network may send in an hour, without an account.
COMMENTS_AN_HOUR = int(os.environ.get("CHENGXIN_COMMENTS_AN_HOUR", "20"))
FILES_ROOT = Path(os.environ.get("CHENGXIN_FILES", VAR / "files"))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "chengxin.database",
    "chengxin.jobs",
    "chengxin.subjects",
    "chengxin.ui",
    "chengxin.access",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "chengxin.notices",
    "chengxin.exports",
    "chengxin.retention",
    "chengxin.casework",
    "chengxin.accounts",
    "chengxin.catalogue",
    "chengxin.audit",
    "chengxin.amendments",
    "chengxin.complaints",
    "chengxin.disputes",
    "chengxin.inspections",
    "chengxin.consents",
    "chengxin.representation",
    "chengxin.records",
    "chengxin.intake",
    "chengxin.archives",
    "chengxin.repair",
    "chengxin.inquiries",
    "chengxin.objections",
    "chengxin.determinations",
    "chengxin.lists",
    "chengxin.commitments",
    "chengxin.honours",
    "chengxin.measures",
    "chengxin.market",
    "chengxin.reviews",
    "chengxin.leads",
    "chengxin.duties",
    "chengxin.associations",
    "chengxin.couriers",
    "chengxin.standards",
    "chengxin.matching",
    "chengxin.matters",
    "chengxin.watches",
    "chengxin.misuse",
    "chengxin.emergency",
    "chengxin.looks",
    "chengxin.breaches",
    "chengxin.incentives",
    "chengxin.presentations",
    "chengxin.credentials",
    "chengxin.portals",
]
AUTH_USER_MODEL = "access.Account"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chengxin.access.middleware.IdleMiddleware",
    "chengxin.access.middleware.OneTimePasswordMiddleware",
    "chengxin.access.middleware.ActorMiddleware",
    "chengxin.access.middleware.PaceMiddleware",
    "chengxin.access.middleware.SecondFactorMiddleware",
    "chengxin.audit.middleware.ReceiptMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chengxin.representation.middleware.RepresentationMiddleware",
    "chengxin.ui.middleware.RefusalMiddleware",
    "chengxin.access.proving.ProofMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "chengxin.site.urls"
DATABASES = database_settings(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# What people see: words, pages, styles. Chinese is the source language, so a text is its own msgid.
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [VAR / "locale"]
LANGUAGE_COOKIE_NAME = "chengxin_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SITE = {
    "name": os.environ.get("CHENGXIN_SITE_NAME", "云汀省公共信用信息平台" if DEMO else "公共信用信息平台"),
    "name_en": os.environ.get("CHENGXIN_SITE_NAME_EN", "Yunting Public Credit" if DEMO else "Public Credit"),
    "operator": os.environ.get("CHENGXIN_SITE_OPERATOR", "云汀省信用办公室（演示）" if DEMO else ""),
    "operator_en": os.environ.get("CHENGXIN_SITE_OPERATOR_EN", "Yunting Credit Office (demo)" if DEMO else ""),
    "phone": os.environ.get("CHENGXIN_SITE_PHONE", "101-0000-0000" if DEMO else ""),
    "code": os.environ.get("CHENGXIN_SITE_CODE", "3900000001" if DEMO else ""),
    "icp": os.environ.get("CHENGXIN_SITE_ICP", "云ICP备39000000号" if DEMO else ""),
    "police": os.environ.get("CHENGXIN_SITE_POLICE", "39000000000000" if DEMO else ""),
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "chengxin.ui.display.context"],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                *(f"chengxin.ui.templatetags.{name}" for name in ("words", "parts", "slots", "fields", "frame")),
            ],
        },
    }
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
CSRF_FAILURE_VIEW = "chengxin.ui.pages.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# What other packages add to the page of a shop: (facts, now) -> Panel.
SHOP_PANELS = [
    "chengxin.inspections.panel.of_shop",
    "chengxin.disputes.panel.of_shop",
    "chengxin.reviews.panel.of_shop",
    "chengxin.market.graph_display.of_shop",
]
# What packages know of the way of a trade, from platform to complaint: parts of one graph.
TRADE_GRAPH = [
    "chengxin.market.graph.PART",
    "chengxin.inspections.graph.PART",
    "chengxin.couriers.graph.PART",
    "chengxin.disputes.graph.PART",
]
# What other packages add to the public page of an operator: (uscc, now) -> Panel.
SUBJECT_PANELS = ["chengxin.market.graph_display.of_operator"]
# What other packages add to the page of a company of the register: (company, now) -> Panel.
COMPANY_PANELS = ["chengxin.disputes.company_panel.of_company"]
# Whose names on waybills are a registered company's: () -> names; nothing is said of any other.
COURIER_NAMES = "chengxin.couriers.facade.names_on_waybills"
# Products of institutions on the shelf for enterprises: a YAML file of the installation, or none.
PRODUCTS = os.environ.get(
    "CHENGXIN_PRODUCTS", str(Path(__file__).parents[1] / "demo/data/products.yaml") if DEMO else ""
)
# What changes by amendment beside catalogue items: beginning of the code -> Kind.
AMENDED = {"standard": "chengxin.standards.amending.KIND"}
# What packages say on a merchant's one page, per shop: (actor, facts, now) -> OwnPart.
MERCHANT_PARTS = [
    "chengxin.market.own.part_of",
    "chengxin.disputes.own.part_of",
    "chengxin.reviews.own.part_of",
    "chengxin.duties.own.part_of",
    "chengxin.incentives.usage_display.part_of",
    "chengxin.inspections.panel.part_of",
]
# What other packages add to the public page of a platform: (platform, now) -> Panel.
PLATFORM_PANELS = [
    "chengxin.duties.panel.of_platform",
    "chengxin.incentives.usage_display.of_platform",
    "chengxin.market.graph_display.of_platform",
]
SECURE_REFERRER_POLICY = "same-origin"

# Sign-in: accounts are opened by an administrator; five wrong answers close the door for half an hour.
HTTPS = os.environ.get("CHENGXIN_HTTPS", "0" if DEMO else "1") == "1"
CAST = "chengxin.demo.cast.sign_ins"
LOGIN_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
IDLE_SECONDS = 30 * 60
SESSION_ENGINE = "chengxin.access.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
ACCOUNT_ADAPTER = "chengxin.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/30m/key"}
# Wrong codes, used codes and tries without an account are counted in the database, for all processes together; how many
# requests a program makes is counted by each process, which is quick and near enough.
CACHES = {
    "default": {"BACKEND": "chengxin.access.tallies.TallyCache", "OPTIONS": {"least": 90}},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# A second factor before any post (ADR 0045); how old a proof may be before what matters most.
FRESH_SECONDS = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = FRESH_SECONDS
MFA_ADAPTER = "chengxin.access.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "chengxin.access.forms.CodeForm",
    "reauthenticate": "chengxin.access.forms.CodeAgainForm",
    "activate_totp": "chengxin.access.forms.ActivateForm",
    "add_webauthn": "chengxin.access.forms.PasskeyForm",
}
MFA_TOTP_ISSUER = SITE["name"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "chengxin.access.pages.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "chengxin.access.lockout.username_of"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Only the unexpected reaches the error log: no values of a request, a refusal is no error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "chengxin": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
