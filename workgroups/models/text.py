"""What every stored text obeys, whoever typed or imported it."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.deconstruct import deconstructible

from workgroups.cleaning import BIDI_CONTROLS, NAME_CONTROLS, VISIBLE, clean_text, shows_something


# For a migration it is Django's own, whose arguments are all that it knows.
@deconstructible(path="django.core.validators.URLValidator")
class _WebAddress(URLValidator):
    """Refuses a name or password before the host too: they tell a secret, or mislead (S13)."""

    def __call__(self, value: Any) -> None:
        super().__call__(value)
        if "@" in urlsplit(value).netloc:
            raise ValidationError(
                "Leave out the name or password that stands before the @ of this address.",
                code=self.code,
                params={"value": value},
            )


validate_web_address = _WebAddress(
    schemes=["http", "https"],
    message="Enter a full web address that begins with https:// or http://.",
)


def validate_link_target(value: str) -> None:
    """Where words of a paper may lead: to a web address, or to one of mail (S13).

    Raises ValidationError. Of mail, only the address: "mailto:name@example.gov".
    """
    scheme, colon, address = value.partition(":")
    if not colon or scheme.lower() != "mailto":
        validate_web_address(value)
        return
    try:
        validate_email(address)
    except ValidationError as refused:
        raise ValidationError(
            "After mailto: write one address of mail and nothing else.", code="invalid"
        ) from refused


def validate_visible(value: str) -> None:
    """Refuse blanks and invisible characters alone, which pages would show as nothing (S38).

    Raises ValidationError. Fields that may be empty do not ask of an empty text.
    """
    if not shows_something(value):
        raise ValidationError(
            "Type at least one visible character: blanks alone say nothing.", code="invisible"
        )


def validate_name(value: str) -> None:
    """Refuse names that hold control or bidi characters; ``validate_visible`` does the rest.

    Raises ValidationError with a sentence for the person who typed the name.
    """
    if NAME_CONTROLS.search(value) or BIDI_CONTROLS.search(value):
        raise ValidationError(
            "This name holds an invisible control character. Type it anew instead of pasting it."
        )


class CleanTextMixin:
    """Fields whose values are stored as ``clean_text`` gives them, and show something."""

    default_validators: Any = (validate_visible,)

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
    """A constraint: ``field`` shows something, and is neither empty nor blank."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__regex": VISIBLE}),
        name=name,
        violation_error_message=message,
    )
