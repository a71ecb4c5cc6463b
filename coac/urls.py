"""Every address: the admin, the health checks, and the public pages of papers.urls."""

from django.contrib import admin
from django.urls import include, path

from coac import errors, health

admin.site.site_header = "COAC Working Groups"
admin.site.site_title = "COAC Working Groups"
admin.site.index_title = "Staff"
admin.site.site_url = "/"

handler400 = "coac.errors.bad_request"
handler500 = "coac.errors.server_error"

urlpatterns = [
    # The admin's own redirect tells any member of staff the address of any row, drafts included.
    # Links to public pages need it not: each view_on_site names the page itself. (S03, S06)
    path("admin/r/<path:rest>", admin.site.admin_view(errors.no_such_page), name="no_redirect"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("papers.urls")),
]
