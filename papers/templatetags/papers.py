"""The few display helpers that templates need."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A symbol of the sprite, hidden from screen readers: the word beside it has the meaning."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>',
        f" {extra}" if extra else "",
        name,
    )


@register.filter
def get(mapping: dict, key: object) -> object:
    """``{{ mapping|get:key }}``; 0 where the key is missing."""
    return mapping.get(key, 0)
