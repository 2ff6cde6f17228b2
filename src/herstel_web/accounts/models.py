"""A user: somebody who can sign in. Whether that is a person with a complaint or a therapist is said elsewhere."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Users(UserManager["User"]):
    """Makes users by their e-mail address; there are no user names."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":  # type: ignore[override]
        """A new user; without a password one cannot be signed in with."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Signs in with an e-mail address and a passkey, or a password with a second step."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Users] = Users()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return f"user {self.pk}"  # never a name or an address: this is what ends up in logs

    @property
    def shown_name(self) -> str:
        """The name as others see it; the address until a name was given."""
        return self.name or self.email
