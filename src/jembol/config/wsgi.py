"""The web application; plain WSGI, so that the server stays a one-line choice."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from jembol.methods.linkage.compare import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jembol.config.settings")

application = get_wsgi_application()

# Until this is done, whoever is entered is compared with others in plain Python.
Thread(target=warm, daemon=True).start()
