"""The web application; plain WSGI, so that the server stays a one-line choice."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jembol.config.settings")

application = get_wsgi_application()
