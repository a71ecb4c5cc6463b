"""Every address: the admin, the health checks, and the public pages of papers.urls."""

from django.contrib import admin
from django.urls import include, path

from coac import health

admin.site.site_header = "COAC Working Groups"
admin.site.site_title = "COAC Working Groups"
admin.site.index_title = "Staff"
admin.site.site_url = "/"

handler400 = "coac.errors.bad_request"
handler500 = "coac.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("papers.urls")),
]
