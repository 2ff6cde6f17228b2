"""What a password must be: long enough. Length protects more than odd signs, and is easier to remember."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """Refuses short passwords, in words of our own: those of Django are not there in Dutch."""

    def get_error_message(self) -> str:
        return gettext("This password is too short. Use at least {number} characters.").format(number=self.min_length)

    def get_help_text(self) -> str:
        return gettext("At least {number} characters. A few words in a row are easy to remember.").format(
            number=self.min_length
        )
