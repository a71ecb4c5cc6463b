"""What every template may print. Nothing here reads the user, so public pages stay the same."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest | None = None) -> dict[str, str]:
    """SITE_URL and REPORT_URL; also called without a request by the error pages."""
    return {"SITE_URL": settings.SITE_URL, "REPORT_URL": settings.REPORT_URL}
