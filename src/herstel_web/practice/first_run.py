"""The first start: a link in the terminal, good for one use, makes the owner of the first practice."""

import hashlib
import json
import os
import secrets
import time
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.practice.models import Membership, Practice, Role
from herstel_web.state import state_folder

GOOD_FOR_S = 24 * 60 * 60
_OWNER_ONLY = 0o600


def first_run_link(base: str = "") -> str | None:
    """The address of the page that makes the first owner, new at every start; None when there are users.

    ``base`` is put before it, such as ``http://localhost:8000``. Only a hash of the token is kept, in the state folder.
    """
    if User.objects.exists():
        _file().unlink(missing_ok=True)
        return None
    token = secrets.token_urlsafe(32)
    _keep({"sha256": _hash(token), "until": time.time() + GOOD_FOR_S})
    return base + reverse("first_run", kwargs={"token": token})


def is_good(token: str) -> bool:
    """Whether this is the token of the last link, not used and not too old."""
    try:
        kept = json.loads(_file().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    fits = secrets.compare_digest(kept["sha256"], _hash(token))
    return fits and time.time() < kept["until"] and not User.objects.exists()


def make_owner(*, token: str, practice_name: str, name: str, email: str, password: str) -> User | None:
    """Use the link up and make the practice with its owner; None when somebody else was first."""
    if not is_good(token):
        return None
    try:
        _file().unlink()  # of two at the same moment only one can remove it
    except FileNotFoundError:
        return None
    with transaction.atomic():
        practice = Practice.objects.create(name=practice_name)
        user = User.objects.create_user(email=email, password=password, name=name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        Membership.objects.create(practice=practice, user=user, role=Role.OWNER)
        audit.record(action=Event.Action.MANAGE, what="practice:first_run", by=user, practice_id=practice.pk)
    return user


def _file() -> Path:
    return state_folder(os.environ) / "first_run"


def _keep(content: dict[str, object]) -> None:
    file = _file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w", encoding="ascii") as opened:
        json.dump(content, opened)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
