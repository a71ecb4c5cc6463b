"""The few display helpers that templates need."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
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


@register.filter
def breakable(words: str) -> SafeString:
    """The same words, and after each slash a place where a line may end."""
    *parts, last = words.split("/")
    return format_html("{}{}", format_html_join("", "{}/<wbr>", ((it,) for it in parts)), last)
