"""Password rules beside Django's own: an upper limit, and the words a guesser tries here first."""

import re

from django.core.exceptions import ValidationError

BLOCKED_WORDS = (
    "advisory", "agency", "administrator", "admin", "border", "broker", "cargo", "cbp", "coac",
    "commerce", "commercial", "committee", "compliance", "customs", "department", "dhs",
    "enforcement", "facilitation", "federal", "forced", "government", "homeland", "import",
    "importer", "issue", "issuepaper", "labor", "letmein", "meeting", "office", "operations",
    "paper", "passphrase", "password", "protection", "public", "quarterly", "secret", "security",
    "staff", "statusboard", "subcommittee", "tariff", "timeline", "tracker", "trade", "treasury",
    "trusted", "trader", "update", "welcome", "washington", "website", "working", "workgroup",
    "group", "groups", "and", "for", "of", "the", "us", "usa",
)  # fmt: skip
# Longest first, so that "importer" is not left as "er".
BLOCKED = re.compile("|".join(sorted(BLOCKED_WORDS, key=len, reverse=True)))
LOOKALIKES = str.maketrans("034578@$!", "oeastbasi")
FEWEST_OTHER_LETTERS = 6
FEWEST_CHARACTERS = 5  # different ones


class MaximumLengthValidator:
    """Refuses passwords so long that hashing them would cost the server time."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                f"This password is too long. It must have at most {self.max_length} characters.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return f"Your password must have at most {self.max_length} characters."


class BlocklistValidator:
    """Refuses passwords made of the agency's and the site's words, or of a few characters repeated.

    Digits and signs read as the letters they stand for, and what is left when the words are
    taken out must still be worth guessing.
    """

    def validate(self, password: str, user: object = None) -> None:
        if len(set(password)) < FEWEST_CHARACTERS:
            raise ValidationError(
                "This password repeats a few characters.", code="password_repeats"
            )
        for letters in {_letters(password, "1l"), _letters(password, "1i"), _letters(password)}:
            rest, found = BLOCKED.subn("", letters)
            if found and len(rest) < FEWEST_OTHER_LETTERS:
                raise ValidationError(
                    "This password is made of words that anyone would try here first, such as "
                    "those of the agency or of this site.",
                    code="password_blocked",
                )

    def get_help_text(self) -> str:
        return "Your password can’t be made of the agency’s or this site’s own words."


def _letters(password: str, one: str = "") -> str:
    """The letters of `password`; with `one`, of its digits and signs too (1 is an l or an i)."""
    text = password.lower()
    if one:
        text = text.replace(*one).translate(LOOKALIKES)
    return re.sub(r"[\W\d_]", "", text)
