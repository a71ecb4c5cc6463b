"""The site's addresses, and some that fail, each in its own way."""

import sqlite3

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.urls import include, path

handler400 = "coac.errors.bad_request"
handler500 = "coac.errors.server_error"


def raises(error):
    def view(request):
        raise error

    return view


def too_large(request):
    try:
        sqlite3.connect(":memory:").execute("SELECT " + "1+" * 2000 + "1")
    except sqlite3.OperationalError as error:
        raise OperationalError(str(error)) from error


def plain(request):
    return HttpResponse("A public page. " * 50)


def sandboxed(request):
    return HttpResponse("A file.", headers={"Content-Security-Policy": "sandbox"})


def reads_the_session(request):
    return HttpResponse(str(request.session.get("anything")))


def queries(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("The database answers.")


urlpatterns = [
    path("plain/", plain),
    path("sandboxed/", sandboxed),
    path("reads-the-session/", reads_the_session),
    path("queries/", queries),
    path("broken/", raises(ValueError("a fault of the site"))),
    path("refused/", raises(PermissionDenied)),
    path("operational/", raises(OperationalError("the connection was lost"))),
    path("interface/", raises(InterfaceError("the connection is closed"))),
    path("too-large/", too_large),
    path("", include("coac.urls")),
]
