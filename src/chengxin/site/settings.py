"""Settings of the one Django project; what differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from chengxin.database.connection import database_settings

HOME = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
VAR = Path(os.environ.get("CHENGXIN_VAR", HOME / "var"))

DEBUG = False
SECRET_KEY = os.environ.get("CHENGXIN_SECRET_KEY", "")
DEMO = os.environ.get("CHENGXIN_DEMO") == "1"
LAW_PACK = os.environ.get("CHENGXIN_LAW_PACK", "jiangsu")
CATALOGUE_FOLDERS = [Path(part) for part in os.environ.get("CHENGXIN_CATALOGUE_FOLDERS", "").split(os.pathsep) if part]
FILES_ROOT = Path(os.environ.get("CHENGXIN_FILES", VAR / "files"))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "chengxin.database",
    "chengxin.subjects",
    "chengxin.ui",
    "chengxin.access",
    "chengxin.notices",
    "chengxin.casework",
    "chengxin.catalogue",
    "chengxin.audit",
    "chengxin.records",
    "chengxin.intake",
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
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chengxin.ui.middleware.RefusalMiddleware",
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
    "operator": os.environ.get("CHENGXIN_SITE_OPERATOR", "云汀省信用办公室（演示）"),
    "phone": os.environ.get("CHENGXIN_SITE_PHONE", "101-0000-12345（演示）"),
    "code": os.environ.get("CHENGXIN_SITE_CODE", "3900000001（演示）"),
    "icp": os.environ.get("CHENGXIN_SITE_ICP", "云ICP备00000000号（演示）"),
    "police": os.environ.get("CHENGXIN_SITE_POLICE", "云公网安备 39000000000000号（演示）"),
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
SECURE_REFERRER_POLICY = "same-origin"
