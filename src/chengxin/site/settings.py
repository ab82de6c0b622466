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

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "chengxin.database",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "chengxin.site.urls"
DATABASES = database_settings(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
