"""The server's way in. A refused environment ends the process with one sentence."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from coac.charsets import OnlyUtf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coac.settings")

try:
    application = OnlyUtf8(get_wsgi_application())
except ImproperlyConfigured as problem:
    print(problem, file=sys.stderr)
    # 3 tells gunicorn that a worker cannot start, so that it stops instead of trying for ever.
    sys.exit(3)
