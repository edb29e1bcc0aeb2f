"""What the web server loads."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from mosty.config.beginning import begin

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
application = get_wsgi_application()
# Beside it, so that the first to ask does not wait for what she does not need.
Thread(target=begin, daemon=True).start()
