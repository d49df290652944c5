"""The product's settings with one page: the door of a class, for the load test."""

import os

from jembol.config.settings import *  # noqa: F403

ROOT_URLCONF = "door_app"
MIDDLEWARE = []
# The door has no sign-in; its apps insist on their middleware.
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("allauth")]  # noqa: F405

# What Django does with SQLite when nobody chooses anything: the negative control.
if path := os.environ.get("DOOR_DJANGO_DEFAULTS"):
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}}
if os.environ.get("DOOR_WITHOUT_GATE"):
    DATABASES["default"]["OPTIONS"]["gate"] = False
