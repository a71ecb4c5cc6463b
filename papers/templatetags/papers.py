"""The few display helpers that templates need."""

from __future__ import annotations

from django import template
from django.forms.boundfield import BoundField, BoundWidget
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
def worth_offering(field: BoundField, counts: dict) -> list[BoundWidget]:
    """The choices that would show something, those chosen, and the one that stands for all.

    None where the one that stands for all is alone: there is nothing to choose.
    """
    kept = [
        choice
        for choice in field
        if (value := choice.data["value"]) == "" or counts.get(value) or choice.data["selected"]
    ]
    return kept if any(choice.data["value"] for choice in kept) else []


@register.filter
def breakable(words: str) -> SafeString:
    """The same words, and after each slash a place where a line may end."""
    *parts, last = words.split("/")
    return format_html("{}{}", format_html_join("", "{}/<wbr>", ((it,) for it in parts)), last)
