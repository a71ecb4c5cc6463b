"""The site's addresses, and one at which each error page can be looked at."""

from django.shortcuts import render
from django.urls import include, path

handler400 = "coac.errors.bad_request"
handler500 = "coac.errors.server_error"


def error_page(request, name):
    return render(request, f"{name}.html", status=int(name[:3]))


urlpatterns = [
    path("errors/<str:name>/", error_page),
    path("", include("coac.urls")),
]
