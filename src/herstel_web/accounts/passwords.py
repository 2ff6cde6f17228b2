"""What a password must be: long enough. Length protects more than odd signs, and is easier to remember."""

import re

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """Refuses short passwords, in words of our own: those of Django are not there in Dutch."""

    def get_error_message(self) -> str:
        return gettext("This password is too short. Use at least {number} characters.").format(number=self.min_length)

    def get_help_text(self) -> str:
        return gettext("At least {number} characters. A few words in a row are easy to remember.").format(
            number=self.min_length
        )


OUR_WORDS = (
    "herstel",
    "hamstring",
    "fysiotherapie",
    "fysiotherapeut",
    "physiotherapy",
    "physiotherapist",
    "therapist",
    "praktijk",
    "practice",
    "eigenaar",
    "owner",
    "assistent",
    "assistant",
    "wachtwoord",
    "password",
)
"""What somebody who guesses tries first here."""
LEAST_OF_ONES_OWN = 8


class NotOurWords:
    """Refuses a password that is little more than the words of this site and figures."""

    def validate(self, password: str, user: object = None) -> None:
        del user
        rest = re.sub("|".join(OUR_WORDS), "", password.lower())
        if len(re.sub(r"[\W\d_]", "", rest)) < min(LEAST_OF_ONES_OWN, len(password)) and rest != password.lower():
            raise ValidationError(gettext("This password is easy to guess here. Use other words."), code="our_words")

    def get_help_text(self) -> str:
        return gettext("Not the name of this site or of your work.")
