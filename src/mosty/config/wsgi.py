"""What the web server loads."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from mosty.engines.search.keys import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
application = get_wsgi_application()
# Dictionaries of the search, so that the first to ask does not wait for them.
Thread(target=warm, daemon=True).start()
