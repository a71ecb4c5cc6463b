"""What every stored text obeys, whoever typed or imported it."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from workgroups.cleaning import BIDI_CONTROLS, INVISIBLE, NAME_CONTROLS, clean_text

validate_web_address = URLValidator(
    schemes=["http", "https"],
    message="Enter a full web address that begins with https:// or http://.",
)


def validate_name(value: str) -> None:
    """Refuse names that are blank, only invisible, or that hold control or bidi characters.

    Raises ValidationError with a sentence for the person who typed the name.
    """
    if NAME_CONTROLS.search(value) or BIDI_CONTROLS.search(value):
        raise ValidationError(
            "This name holds an invisible control character. Type it anew instead of pasting it."
        )
    if not INVISIBLE.sub("", value):
        raise ValidationError("A name needs at least one visible character.")


class CleanTextMixin:
    """Fields whose values are stored as ``clean_text`` gives them."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return clean_text(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return clean_text(value) if isinstance(value, str) else value


class CleanCharField(CleanTextMixin, models.CharField):
    """One line of text in NFC without control characters.

    ``to_python`` keeps these, so that ``validate_name`` sees and refuses them.
    """

    def to_python(self, value: Any) -> Any:
        value = models.CharField.to_python(self, value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class CleanTextField(CleanTextMixin, models.TextField):
    """Text in NFC without control characters."""


def is_filled(field: str, name: str, message: str) -> models.CheckConstraint:
    """A constraint: ``field`` is not empty."""
    return models.CheckConstraint(
        condition=~models.Q(**{field: ""}), name=name, violation_error_message=message
    )
