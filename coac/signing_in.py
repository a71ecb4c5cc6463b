"""Signing in: where a request comes from, what a locked-out person is told, what is logged."""

import logging
import time
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import signals
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coac.sessions import SIGNED_IN_AT

logger = logging.getLogger(__name__)
LONGEST_NAME = 150  # of Django's username; more than that was never a user's


def client_address(request: HttpRequest) -> str:
    """Where a request comes from.

    Only the last X-Forwarded-For was written by our own proxy; a client can send the rest.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    if not settings.BEHIND_PROXY:
        return direct
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(forwarded))
    except ValueError:
        return direct


def counted_address(request: HttpRequest) -> str:
    """The address that failed sign-ins are counted for: of IPv6, the first of its /64 network.

    One line has a whole /64, so each of its 2**64 addresses would get ten tries of its own.
    """
    address = client_address(request)
    if ":" not in address:
        return address
    number = IPv6Address(address)
    if number.ipv4_mapped:
        return str(number.ipv4_mapped)
    return str(IPv6Network((int(number), 64), strict=False).network_address)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """The 429 page. It does not say whether the account exists."""
    page = render(request, "429.html", status=429)
    page.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return page


def connect() -> None:
    """Hear of each sign-in and sign-out; called once, when the apps are ready."""
    from axes.signals import user_locked_out

    signals.user_logged_in.connect(_signed_in, dispatch_uid="coac.signed_in")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="coac.signed_out")
    signals.user_login_failed.connect(_refused, dispatch_uid="coac.refused")
    user_locked_out.connect(_locked, dispatch_uid="coac.locked")


def _signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = int(time.time())
    _log(logging.INFO, "Signed in", "signed_in", request, user.get_username())


def _signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        _log(logging.INFO, "Signed out", "signed_out", request, user.get_username())


def _refused(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    _log(logging.WARNING, "Sign-in failed", "sign_in_failed", request, credentials.get("username"))


def _locked(sender: Any, request: HttpRequest, username: Any = None, **kwargs: Any) -> None:
    _log(logging.WARNING, "Sign-in locked for a while", "sign_in_locked", request, username)


def _log(level: int, message: str, event: str, request: HttpRequest | None, username: Any) -> None:
    address = client_address(request) if request is not None else ""
    name = str(username or "")[:LONGEST_NAME]
    logger.log(level, message, extra={"event": event, "address": address, "username": name})
