"""Whose an e-mail address is."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from herstel_web.accounts.models import User


def has_address(user: User | AnonymousUser, address: str) -> bool:
    """Whether somebody who is signed in has shown that an address is theirs."""
    if isinstance(user, AnonymousUser):
        return False
    return bool(EmailAddress.objects.filter(user=user, verified=True, email__iexact=address).exists())
