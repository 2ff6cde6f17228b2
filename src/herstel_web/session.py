"""The session: Django's signed cookie, that also says when a cookie came in that could not be read."""

from django.conf import settings
from django.contrib.sessions.backends import signed_cookies

LARGEST_COOKIE_BYTES = 4096
"""What every browser keeps: name, value and attributes together."""
_ATTRIBUTES_BYTES = 128


class SessionStore(signed_cookies.SessionStore):
    """Signed, compressed, in the cookie itself. ``lost`` is true when what came in was altered, too old or cut off."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.lost = bool(session_key) and self.session_key is None  # too short to be one of ours

    def create(self) -> None:
        # Django calls this, and only this, when the signature of a cookie is not right.
        self.lost = True
        super().create()

    def fits(self) -> bool:
        """Whether a browser would keep the cookie as it is now."""
        value = self._get_session_key()
        return len(settings.SESSION_COOKIE_NAME) + len(value or "") + _ATTRIBUTES_BYTES <= LARGEST_COOKIE_BYTES
