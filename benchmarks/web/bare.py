"""The least that Django can do to keep something: a view without middleware writes one row. Serves it at a port."""

import sys

import django
from django.conf import settings

if __name__ == "__main__":
    django.setup()
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = __name__

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone


def write(_request: HttpRequest) -> HttpResponse:
    from herstel_web.audit.models import Event

    Event.objects.create(action=Event.Action.WRITE, what=f"bare {timezone.now():%S}", by=None)
    return HttpResponse(status=204)


urlpatterns = [path("", write)]


def main() -> None:
    from django.core.handlers.wsgi import WSGIHandler
    from waitress import serve

    from herstel_web.server import THREADS

    serve(WSGIHandler(), host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS, ident=None)


if __name__ == "__main__":
    main()
