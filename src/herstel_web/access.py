"""Who may open which page. Every view says it with one of these decorators; a test fails for one that does not.

What somebody may not open does not exist for them: the answer is 404, whether or not there is such a record. Every look
at a record, allowed by a view of a case, leaves a line in the trail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.models import Case
from herstel_web.people.models import Person
from herstel_web.practice.models import Membership, Practice
from herstel_web.practice.rights import RIGHTS, Right

View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)
Kind = Literal["public", "signed_in", "person", "own_case", "member", "practice_case"]
CHOSEN_PRACTICE, CHOSEN_CASE = "practice", "case"
SECOND_STEP_FOR = "second_step_for"
"""In the session: the page that a member wanted when they had to set up a second step first."""
SUCCESS = range(200, 300)
FROM_THE_BEGINNING = "bytes 0-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may open a view: the kind of visitor, and for members of a practice the right they need."""

    kind: Kind
    right: Right | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The signed-in user as a member of the practice that they work for now."""

    user: User
    membership: Membership

    @property
    def practice(self) -> Practice:
        return self.membership.practice

    def may(self, right: Right) -> bool:
        """Whether the role of this member includes a right."""
        return right in RIGHTS[self.membership.role]


def access_of(view: View) -> Access | None:
    """What a view says about who may open it."""
    return getattr(view, "access", None)


def _marked(view: View, kind: Kind, right: Right | None = None) -> View:
    view.access = Access(kind=kind, right=right)  # type: ignore[attr-defined]
    return view


def public(view: V) -> V:
    """Everybody, without an account."""
    return cast("V", _marked(view, "public"))


def signed_in(view: View) -> View:
    """Everybody with an account; the view gets ``request.user``."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        return view(request, **parts) if request.user.is_authenticated else _sign_in(request)

    return _marked(guarded, "signed_in")


def for_person(view: View) -> View:
    """The person with the complaint: ``view(request, person)``. Who has no record yet is led to the self-check."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in(request)
        person = Person.objects.filter(user=request.user).first()
        if person is None:
            return redirect("start")
        _tell_simulated(request, person)
        return view(request, person, **parts)

    return _marked(guarded, "person")


def for_own_case(view: View) -> View:
    """The person's own complaint: ``view(request, case)``, the one they chose or else the latest that is open."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in(request)
        case = own_case(request)
        if case is None:
            return redirect("start")
        _tell_simulated(request, case.person)
        return _audited(view(request, case, **parts), request, case)

    return _marked(guarded, "own_case")


def own_case(request: HttpRequest) -> Case | None:
    """The complaint the signed-in person is busy with."""
    cases = Case.objects.filter(person__user=cast("User", request.user)).select_related("person", "practice")
    chosen = request.session.get(CHOSEN_CASE)
    own = cases.filter(pk=chosen).first() if chosen else None
    return own or cases.order_by(F("closed_on").asc(nulls_first=True), "-opened_at").first()


def for_member(right: Right) -> Callable[[View], View]:
    """A member of a practice with a right: ``view(request, member)``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            member = member_of(request)
            if isinstance(member, HttpResponse):
                return member
            if not member.may(right):
                raise Http404
            return view(request, member, **parts)

        return _marked(guarded, "member", right)

    return decorate


def for_practice_case(right: Right) -> Callable[[View], View]:
    """A member with a right, and a case that is shared with their practice: ``view(request, member, case)``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, case_id: UUID, **parts: Any) -> HttpResponse:
            member = member_of(request)
            if isinstance(member, HttpResponse):
                return member
            cases = Case.objects.select_related("person", "practice", "therapist").filter(practice=member.practice)
            case = cases.filter(pk=case_id).first() if member.may(right) else None
            if case is None:
                audit.record(
                    action=Event.Action.REFUSED, what=_name(request), by=member.user, practice_id=member.practice.pk
                )
                raise Http404
            _tell_simulated(request, case.person)
            return _audited(view(request, member, case, **parts), request, case)

        return _marked(guarded, "practice_case", right)

    return decorate


def member_of(request: HttpRequest) -> Member | HttpResponse:
    """The signed-in member, or what to answer instead: sign in, or set up a second step first."""
    if not request.user.is_authenticated:
        return _sign_in(request)
    user = request.user
    memberships = Membership.objects.filter(user=user, ended_at=None).select_related("practice").order_by("since")
    chosen = request.session.get(CHOSEN_PRACTICE)
    membership = (memberships.filter(practice=chosen).first() if chosen else None) or memberships.first()
    if membership is None:
        raise Http404
    if settings.HERSTEL_SECOND_STEP:
        if not is_mfa_enabled(user):
            request.session[SECOND_STEP_FOR] = request.get_full_path()
            return redirect("mfa_index")
        request.session.pop(SECOND_STEP_FOR, None)
    member = Member(user=user, membership=membership)
    request.member = member  # type: ignore[attr-defined]  # the menu shows what this member may do
    _tell_simulated(request, member.practice)
    return member


def recently_signed_in(view: V) -> V:
    """Asks once more for the password or passkey when that was more than five minutes ago; stands below the others.

    For what cannot be undone or gives much away: export, erase, roles. A form that was sent meanwhile is kept and goes
    through after the confirmation. Files are not kept: ask on the page before the one that takes them.
    """
    return cast("V", reauthentication_required(view))


def _tell_simulated(request: HttpRequest, about: Person | Practice) -> None:
    """Let every page about somebody or a practice that is made up say so at the top."""
    if about.simulated:
        request.simulated = True  # type: ignore[attr-defined]


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Afterwards back to the page that was asked for, or to the page with the form that was sent."""
    page = request.get_full_path()
    if request.method == "POST":
        sent_from = request.headers.get("Referer", "")
        known = url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure())
        page = urlsplit(sent_from)._replace(scheme="", netloc="").geturl() if known else reverse("home")
    return redirect_to_login(page)


def _audited(response: HttpResponse, request: HttpRequest, case: Case) -> HttpResponse:
    """Adds a look at a record to the trail; what was written is added by the action that wrote it.

    A video is asked for in pieces: only its beginning is a look.
    """
    further = not response.headers.get("Content-Range", FROM_THE_BEGINNING).startswith(FROM_THE_BEGINNING)
    if request.method in ("GET", "HEAD") and response.status_code in SUCCESS and not further:
        audit.record(
            action=Event.Action.READ,
            what=_name(request),
            by=cast("User", request.user),
            practice_id=case.practice_id,
            person_id=case.person_id,
            case_id=case.pk,
        )
    return response


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
