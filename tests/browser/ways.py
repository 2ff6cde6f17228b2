"""How every address of the site is opened in a browser, and what the others are for.

An address whose parts and access say enough needs no line here. The test fails for one that does not open that way.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from herstel_web.practice.models import Role
from herstel_web.practice.rights import RIGHTS
from tests.browser.person import Person
from tests.browser.records import Records
from tests.web.actors import PASSWORD, client_of, confirmed_client_of
from tests.web.addresses import PARTS, Route
from tests.web.agenda import at, workday
from tests.web.visitor import Value, Visitor, finished

By = Callable[[Records], Client]
Do = Callable[[Page], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A state in which a page is met: who opens it, what stands in its address, and what is done there first."""

    state: str = ""
    by: By | None = None
    """None: whoever may, by what the view says of itself."""
    parts: Mapping[str, Callable[[Records], object]] = field(default_factory=dict)
    asked: Callable[[Records], str] = lambda _: ""
    then: Do | None = None
    language: str = "nl"


# --- who opens it ----------------------------------------------------------------------------------------------------


def visitor(_: Records) -> Client:
    return client_of(None)


def has_answered(_: Records, story: str = "sprint") -> Client:
    return finished(story=story).client


def alarmed(_: Records) -> Client:
    person = Visitor()
    person.answer("age", 40)
    person.answer("rf_now", ["bladder_bowel"])
    return person.client


def signed_in(name: str) -> By:
    return lambda records: confirmed_client_of(records.users[name])


def with_answers(name: str) -> By:
    """Signed in, with the answers of a self-check that is not kept yet."""

    def client(records: Records) -> Client:
        made = confirmed_client_of(records.users[name])
        made.cookies.update(finished().client.cookies)
        return made

    return client


def keyless(records: Records) -> Client:
    """Somebody with a passkey and no password."""
    return confirmed_client_of(records.users["keyless"], method="mfa")


def after(address: str, by: By = visitor, **fields: str) -> By:
    """Who has just sent a form."""

    def client(records: Records) -> Client:
        made = by(records)
        assert made.post(reverse(address), fields).status_code == 302
        return made

    return client


def with_code(address: str, asked: By) -> By:
    """Who has also sent the code that stands in the e-mail about it."""

    def client(records: Records) -> Client:
        made = asked(records)
        code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(mail.outbox[-1].body))
        assert code
        assert made.post(reverse(address), {"code": code[0]}).status_code == 302
        return made

    return client


def may_open(route: Route) -> By:
    """Somebody whom the view lets in."""
    assert route.access, f"say in WAYS who opens {route}"
    if route.access.kind == "public":
        return visitor
    if route.access.right is None:
        return signed_in("patient")
    return signed_in("treats" if route.access.right in RIGHTS[Role.THERAPIST] else "owner")


# --- what is done there ----------------------------------------------------------------------------------------------


def answers(*values: Value) -> Do:
    def do(page: Page) -> None:
        for value in values:
            Person(page, "nl").answers(value)

    return do


def presses(selector: str) -> Do:
    return lambda page: page.locator(selector).first.click()


def types(selector: str, text: str) -> Do:
    def do(page: Page) -> None:
        page.locator(selector).first.fill(text)
        page.wait_for_load_state("networkidle")  # what is typed is judged by the server

    return do


def sends_nothing(selector: str) -> Do:
    """Sends a form as it is, also when the browser itself would refuse it: it comes back with what is wrong."""

    def do(page: Page) -> None:
        page.locator(selector).first.evaluate("form => { form.noValidate = true; }")
        page.locator(selector).first.locator("button:not([type=button])").last.click()

    return do


def opens_and_sends_nothing(selector: str) -> Do:
    """The same of a form that is folded away."""

    def do(page: Page) -> None:
        page.locator(f"{selector} summary").click()
        sends_nothing(f"{selector} form")(page)

    return do


# --- the ways --------------------------------------------------------------------------------------------------------


def own(part: str, value: Callable[[Records], object]) -> dict[str, Callable[[Records], object]]:
    return {part: value}


OF_UNWELL = own("case_id", lambda records: records.unwell.pk)
OF_NEW = own("case_id", lambda records: records.new.pk)
OF_ENTERED = own("case_id", lambda records: records.entered.pk)
RECORD_INVITATION = own("token", lambda records: records.record_invitation)
USUAL = Way()
IN_ENGLISH = Way(state="English", language="en")
UNWELL, NEW = Way(state="warning sign", by=signed_in("unwell")), Way(state="new", by=signed_in("new"))
CASE_NEW, CASE_UNWELL = Way(state="new", parts=OF_NEW), Way(state="warning sign", parts=OF_UNWELL)
SECURED = Way(state="set up", by=signed_in("secured"))
KEYED = Way(state="with a key", by=signed_in("keyed"))
VISITOR = (Way(by=visitor),)
SIGNED_IN = (Way(by=signed_in("patient")),)
KEY = (Way(by=signed_in("keyed"), parts=own("pk", lambda _: Authenticator.objects.get(type="webauthn").pk)),)


def asks(question: str, by: By = has_answered) -> Way:
    return Way(state=question, by=by, parts=own("question_id", lambda _: question))


def film(state: str) -> Way:
    return Way(state=state, parts=own("recording_id", lambda records: records.films[state]))


def asked_for_password() -> By:
    return after("account_reset_password", email="nobody@example.org")


def signing_up_by_passkey() -> By:
    asked = after("account_signup_by_passkey", email="key@example.org")
    return with_code("account_email_verification_sent", asked)


WAYS: Mapping[str, tuple[Way, ...]] = {
    # the self-check
    "start": (USUAL, IN_ENGLISH, Way(state="finished", by=has_answered)),
    "question": (
        USUAL,
        Way(state="refused", then=answers("abc")),
        *(asks(one) for one in ("rf_now", "walking", "pain_at_worst", "places")),
    ),
    "act_now": (Way(by=alarmed),),
    "answers": (Way(by=has_answered),),
    "result": (
        Way(by=has_answered),
        Way(state="English", by=has_answered, language="en"),
        Way(state="urgent", by=lambda records: has_answered(records, "bladder")),
    ),
    "look_again": (Way(by=has_answered),),
    "start_over": (Way(by=has_answered),),
    # the person
    "keep": (
        Way(by=with_answers("nobody")),
        Way(state="refused", by=with_answers("nobody"), then=sends_nothing("main form")),
    ),
    "today": (USUAL, IN_ENGLISH, NEW, UNWELL),
    "act": (Way(by=signed_in("unwell")),),
    "session": (USUAL, Way(state="main", parts=own("kind", lambda _: "main"))),
    "check_in": (USUAL, IN_ENGLISH, NEW),
    "check_in_days": (USUAL, NEW),
    "progress": (USUAL, IN_ENGLISH, NEW, UNWELL),
    "chain": (USUAL, NEW),
    "chain_film": (USUAL, NEW, UNWELL, IN_ENGLISH, Way(state="refused", then=sends_nothing(".film-choose"))),
    "chain_film_record": (USUAL, IN_ENGLISH),
    "chain_film_result": (USUAL, *(film(one) for one in ("several", "busy", "failed", "accepted", "rejected"))),
    "goal": (USUAL, NEW),
    "my_messages": (USUAL, NEW),
    "my_letters": (USUAL, NEW),
    "my_data": (USUAL, NEW),
    "appointments": (
        USUAL,
        NEW,
        Way(state="calendar", then=presses(f'form[action="{reverse("appointments_calendar")}"] button')),
    ),
    "appointment_time": (Way(asked=lambda _: f"?from={workday()}"),),
    "appointment_confirm": (Way(by=signed_in("patient"), asked=lambda _: f"?at={at(14).strftime('%Y%m%dT%H%MZ')}"),),
    # the practice
    "first_run": (USUAL, Way(state="refused", then=sends_nothing("main form"))),
    "invitation": (
        Way(parts=own("token", lambda records: records.invitation)),
        Way(state="signed in", by=signed_in("nobody"), parts=own("token", lambda records: records.invitation)),
    ),
    "record_invitation": (
        Way(by=visitor, parts=RECORD_INVITATION),
        Way(state="signed in", by=signed_in("nobody"), parts=RECORD_INVITATION),
        Way(state="refused", by=signed_in("nobody"), parts=RECORD_INVITATION, then=sends_nothing("main form")),
    ),
    "case_invite": (Way(parts=OF_ENTERED),),
    "choose_practice": (Way(by=signed_in("outsider")),),
    "work_list": (USUAL, IN_ENGLISH, Way(state="of nobody else", by=signed_in("outsider"))),
    "case_new": (USUAL, Way(state="refused", then=sends_nothing("main form"))),
    "case": (USUAL, IN_ENGLISH, CASE_NEW, CASE_UNWELL),
    "case_assessment": (USUAL, CASE_UNWELL),
    "case_examination": (USUAL, CASE_UNWELL),
    "case_chain_test": (USUAL, Way(state="typed", then=types(".side input", "400"))),
    "case_chain_test_score": (
        Way(parts=own("test_id", lambda _: "s_mas")),
        Way(
            state="refused",
            parts=own("test_id", lambda _: "s_mas"),
            then=presses('button[name="save"]'),
        ),
    ),
    "case_chain_film": (USUAL, CASE_NEW),
    "case_chain_film_record": (
        USUAL,
        Way(state="front", parts={"movement": lambda _: "single_leg_squat", "leg": lambda _: "left"}),
    ),
    "case_chain_film_result": (
        USUAL,
        IN_ENGLISH,
        *(film(one) for one in ("several", "flagged", "front", "busy", "failed", "accepted", "rejected")),
        Way(state="refused", then=opens_and_sends_nothing(".judge-film details")),
    ),
    "case_plan": (
        USUAL,
        IN_ENGLISH,
        CASE_UNWELL,
        Way(state="draft", then=presses(".card[data-exercise] .move")),
    ),
    "case_progress": (USUAL, CASE_NEW, CASE_UNWELL),
    "case_letters": (USUAL, CASE_NEW),
    "case_letters_one": (USUAL, Way(state="draft", parts=own("letter_id", lambda records: records.draft))),
    "case_notes": (USUAL, CASE_NEW),
    "case_messages": (USUAL, CASE_NEW),
    "agenda": (
        Way(asked=lambda _: f"?day={workday()}"),
        Way(state="week", asked=lambda _: f"?view=week&day={workday()}"),
        Way(state="empty", asked=lambda _: f"?day={workday(60)}"),
    ),
    "agenda_book": (USUAL, Way(state="refused", then=presses('button[value="book"]'))),
    # accounts: the library guards its own pages
    "account_login": (
        *VISITOR,
        Way(state="refused", by=visitor, then=sends_nothing("form:has([name=login])")),
    ),
    "account_signup": VISITOR,
    "account_signup_by_passkey": VISITOR,
    "account_inactive": VISITOR,
    "account_reset_password": VISITOR,
    "account_password_reset_completed": VISITOR,
    "account_email_verification_sent": (
        Way(by=after("account_signup", email="word@example.org", password1="a boat on the river")),
    ),
    "account_confirm_password_reset_code": (Way(by=asked_for_password()),),
    "account_complete_password_reset": (
        Way(by=with_code("account_confirm_password_reset_code", asked_for_password())),
    ),
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": (Way(by=keyless),),
    "usersessions_list": SIGNED_IN,
    "mfa_index": (*SIGNED_IN, SECURED, KEYED),
    "mfa_authenticate": (Way(by=after("account_login", login="secured@example.org", password=PASSWORD)),),
    "mfa_reauthenticate": (SECURED,),
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": (SECURED,),
    "mfa_generate_recovery_codes": (SECURED,),
    "mfa_view_recovery_codes": (Way(by=after("mfa_generate_recovery_codes", signed_in("secured"))),),
    "mfa_list_webauthn": (*SIGNED_IN, KEYED),
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": KEY,
    "mfa_remove_webauthn": KEY,
    "mfa_signup_webauthn": (Way(by=signing_up_by_passkey()),),
}
"""By the name of the address; what is not here is met in one way only."""


def ways_to(route: Route) -> tuple[Way, ...]:
    return WAYS.get(route.name, (USUAL,))


def address_of(route: Route, way: Way, records: Records) -> str:
    """The address with its parts filled in."""
    missing = set(route.parts) - set(PARTS) - set(way.parts)
    assert not missing, f"say in PARTS or WAYS what to put for {missing} in the address of {route}"
    parts = {
        part: way.parts[part](records) if part in way.parts else PARTS[part](records.actors) for part in route.parts
    }
    return reverse(route.name, kwargs=parts) + way.asked(records)


# --- what has no page ------------------------------------------------------------------------------------------------

SENT_ONLY = (
    "undo", "invite", "withdraw_invitation", "change_role", "end_membership", "sign_out_member",
    "remove_text_template", "stop_sharing", "week_calendar", "work_list_search", "case_assign", "case_look_at",
    "case_release", "case_override", "case_chain_judge", "case_chain_test_look", "case_chain_test_save",
    "case_plan_change", "case_plan_move", "case_plan_undo", "case_plan_drop", "case_plan_keep",
    "case_plan_save", "case_progress_decide", "case_letters_begin", "case_letters_sign", "case_letters_sent",
    "case_letters_reopen", "case_letters_withdraw", "case_draft", "case_file_add", "case_file_remove",
    "my_draft", "my_file_add", "appointments_calendar", "appointment_stop_waiting", "agenda_unblock",
    "agenda_end_hours", "agenda_close_place", "agenda_stop_waiting", "agenda_move", "agenda_cancel",
    "agenda_mark", "case_invite_send", "case_invite_withdraw", "chain_film_consent", "chain_film_send",
    "chain_film_again", "chain_film_remove", "case_chain_film_consent", "case_chain_film_send",
    "case_chain_film_again", "case_chain_film_remove", "case_chain_film_judge",
)  # fmt: skip
"""Forms of other pages are sent here; to open it is refused (405)."""
HANDED_OUT: Mapping[str, tuple[str, Way]] = {
    "result_pdf": ("application/pdf", Way(by=has_answered)),
    "take_along": ("application/zip", USUAL),
    "calendar": ("text/calendar", Way(parts=own("token", lambda records: records.feed))),
    "calendar_feed": ("text/calendar", Way(parts=own("token", lambda records: records.calendar))),
    "sync": ("application/json", USUAL),
    "chain_film_video": ("video/mp4", USUAL),
    "chain_film_people": ("image/png", USUAL),
    "chain_film_points": ("application/json", USUAL),
    "chain_film_progress": ("text/html", USUAL),
    "case_chain_film_video": ("video/mp4", USUAL),
    "case_chain_film_people": ("image/png", USUAL),
    "case_chain_film_points": ("application/json", USUAL),
    "case_chain_film_progress": ("text/html", USUAL),
    "service_worker": ("text/javascript", USUAL),
    "manifest": ("application/manifest+json", USUAL),
    "case_letters_pdf": ("application/pdf", USUAL),
    "outcomes_csv": ("text/csv", USUAL),
    "my_letter": ("application/pdf", USUAL),
    "figure": ("image/svg+xml", USUAL),
    "healthz": ("text/plain", USUAL),
    "readyz": ("text/plain", USUAL),
    "robots": ("text/plain", USUAL),
    "case_file": ("application/pdf", USUAL),
    "my_file": ("application/pdf", USUAL),
    "appointment_file": ("text/calendar", USUAL),
}
"""A file or an answer to a program, of this kind: there is nothing to look at in a browser."""
LEADS_ON: Mapping[str, tuple[str, Way]] = {
    "go_on": ("the next question", USUAL),
    "home": ("where somebody who signs in has work to do", USUAL),
    "language": ("back to the page, in the other language", USUAL),
    "mfa_login_webauthn": ("signing in; only a script asks it for the key", Way(by=visitor)),
    "mfa_reauthenticate_webauthn": ("confirming; a form is sent here", SECURED),
    "account_confirm_login_code": ("signing in: codes to sign in with are turned off", Way(by=visitor)),
    "account_request_reauthentication_code": ("confirming: codes by e-mail are turned off", SIGNED_IN[0]),
    "account_confirm_reauthentication_code": ("confirming: codes by e-mail are turned off", SIGNED_IN[0]),
}
"""Nothing is shown here; it leads on to this."""
TURNED_OFF: Mapping[str, tuple[str, Way]] = {
    "mfa_download_recovery_codes": ("codes are shown once and are no file", SIGNED_IN[0]),
}
"""Pages of the library that are not used, and so are not there (404)."""
