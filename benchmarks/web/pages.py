"""Every page that can be opened, by walking the addresses of the site; who opens it, and what stands in its address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from herstel_web.access import access_of
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case

PARTS: Mapping[str, str] = {
    "question_id": "age",
    "article_id": "grades",
    "exercise_id": "glute_bridge",
    "language": "nl",
    "kind": "morning",
    "subject": "urgency",
}
"""What stands in an address beside the id of the case. Pages about another record are left out."""
OF_PERSON, OF_MEMBER = ("own_case", "person"), ("practice_case", "member")
NEVER = ("language", "start_over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address, and the kind of visitor it is for: nobody, the person, or a member of the practice."""

    name: str
    parts: tuple[str, ...]
    kind: str

    @property
    def visitor(self) -> str:
        return "person" if self.kind in OF_PERSON else "member" if self.kind in OF_MEMBER else "visitor"

    @property
    def of_a_case(self) -> bool:
        """Whether the page is about one case, so that its history can be long or short."""
        return self.kind in ("own_case", "practice_case")

    def address(self, case: Case) -> str:
        known = {**PARTS, "case_id": str(case.pk)}
        return reverse(self.name, kwargs={part: known[part] for part in self.parts})


def routes() -> tuple[list[Route], dict[str, str]]:
    """The addresses to measure, and those that are left out with the reason."""
    wanted, left_out = [], {}
    for one in _below(get_resolver(), "", ()):
        missing = set(one.parts) - {*PARTS, "case_id"}
        if missing:
            left_out[one.name] = f"its address names another record ({', '.join(sorted(missing))})"
        elif one.name not in NEVER:
            wanted.append(one)
    return wanted, left_out


def _below(resolver: URLResolver, prefix: str, parts: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        names = (*parts, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _below(one, prefix + (f"{one.namespace}:" if one.namespace else ""), names)
        elif isinstance(one, URLPattern) and (access := access_of(one.callback)) is not None:
            yield Route(name=prefix + (one.name or "?"), parts=names, kind=access.kind)


def session_of(user: User) -> str:
    """A session in which this user is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def queries_of(address: str, session: str | None) -> tuple[int, int]:
    """The status that a page answers, and how many queries it asks."""
    client = InProcess(SERVER_NAME="localhost")
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with CaptureQueriesContext(connection) as asked:
        status = client.get(address).status_code
    return status, len(asked)
