"""Letters of a case, for the practice; and the signed ones, for the person they are about."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_own_case, for_practice_case
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing, with_whole_history
from herstel_web.language import current_language
from herstel_web.letters import actions, bridge, queries
from herstel_web.letters.actions import Changed, ChangedMeanwhileError
from herstel_web.letters.models import Letter, LetterVersion
from herstel_web.practice.models import TextTemplate
from herstel_web.practice.queries import text_templates, with_own_text
from herstel_web.practice.rights import Right

CHARACTERS_A_LINE, COLLISION = 75, 409


@for_practice_case(Right.READ_RECORDS)
@require_safe
def case_letters(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The letters of a case, and a new one."""
    now = standing(case, timezone.localdate())
    context = {
        "header": case_header(request, member, case, now),
        "letters": queries.listed(case),
        "kinds": Letter.Kind.choices,
        "language": case.person.language,
    }
    return render(request, "letters/letters.html", context)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def begin(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Composes a letter, then opens it."""
    kind, language = request.POST.get("kind", ""), request.POST.get("language", "")
    if kind not in Letter.Kind.values or language not in ("nl", "en"):
        messages.error(request, gettext("Choose which letter, and in which language."))
        return redirect("case_letters", case_id=case.pk)
    today = timezone.localdate()
    recovery = with_whole_history(case, standing(case, today).recovery, today)
    letter = actions.begin(case=case, kind=kind, language=language, recovery=recovery, by=member.user)
    return redirect("case_letters_one", case_id=case.pk, letter_id=letter.pk)


@for_practice_case(Right.READ_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def case_letter(request: HttpRequest, member: Member, case: Case, letter_id: UUID) -> HttpResponse:
    """A letter to read or change. Saving makes a version; a signed one is only read."""
    letter = queries.letter_of(case, letter_id)
    version = queries.newest(letter)
    if request.method == "POST" and member.may(Right.WRITE_RECORDS) and not version.signed:
        return _save(request, member, letter, version)
    return _show(request, member, letter, version)


def _save(request: HttpRequest, member: Member, letter: Letter, version: LetterVersion) -> HttpResponse:
    draft = bridge.draft_of(version)
    made = Changed(
        subject=request.POST.get("subject", draft.subject).strip(),
        addressee=request.POST.get("addressee", "").strip(),
        texts={one.id: request.POST.get(f"section-{one.id}", one.text) for one in draft.sections},
        pictures=request.POST.getlist("pictures"),
    )
    if "insert" in request.POST:
        status = 200 if _seen(request) == version.number else COLLISION
        return _show(request, member, letter, version, typed=_with_own_text(request, member, made), status=status)
    try:
        actions.save(letter=letter, seen=_seen(request), made=made, by=member.user)
    except ChangedMeanwhileError:
        return _show(request, member, letter, version, typed=made, status=COLLISION)
    messages.success(request, gettext("Saved as a new version."))
    return redirect("case_letters_one", case_id=letter.case_id, letter_id=letter.pk)


def _with_own_text(request: HttpRequest, member: Member, made: Changed) -> Changed:
    """What was typed, with a text of the practice at the end of the chosen part; nothing is saved."""
    place, chosen = request.POST.get("own_text_place", ""), request.POST.get("own_text", "")
    if place not in made.texts:
        return made
    text = with_own_text(member.practice, TextTemplate.Kind.LETTER, chosen, made.texts[place])
    return replace(made, texts={**made.texts, place: text})


def _show(  # noqa: PLR0913 - the page of a letter, with what was typed when it could not be saved
    request: HttpRequest,
    member: Member,
    letter: Letter,
    version: LetterVersion,
    *,
    typed: Changed | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = bridge.draft_of(version)
    texts = {one.id: one.text for one in draft.sections} | (typed.texts if typed else {})
    chosen = typed.pictures if typed else draft.pictures
    context = {
        "header": case_header(request, member, letter.case, standing(letter.case, timezone.localdate())),
        "letter": letter,
        "version": version,
        "draft": draft,
        "subject": typed.subject if typed else draft.subject,
        "addressee": typed.addressee if typed else version.addressee,
        "sections": [
            {"id": one.id, "heading": one.heading, "text": texts[one.id], "lines": _lines(texts[one.id])}
            for one in draft.sections
        ],
        "pictures": [one | {"chosen": one["name"] in chosen} for one in letter.pictures],
        "own_texts": text_templates(member.practice, TextTemplate.Kind.LETTER, letter.language),
        "versions": queries.versions(letter),
        "ways": Letter.Way.choices,
        "may_write": member.may(Right.WRITE_RECORDS),
        "collision": status == COLLISION,
    }
    return render(request, "letters/letter.html", context, status=status)


def _lines(text: str) -> int:
    """How high a field must be to show all of a text, and one line more to write on."""
    return 1 + sum(1 + len(line) // CHARACTERS_A_LINE for line in text.splitlines() or [""])


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdigit() else 0


@for_practice_case(Right.READ_RECORDS)
@require_safe
def case_letters_pdf(request: HttpRequest, member: Member, case: Case, letter_id: UUID) -> HttpResponse:
    """The last version as PDF: as it was signed, or as a draft that says so."""
    letter = queries.letter_of(case, letter_id)
    version = queries.newest(letter)
    try:
        content = version.pdf or bridge.pdf(version, member.practice, case.person, ())
    except InputError as error:
        return _cannot_be_set(request, letter, error)
    return _as_pdf(bytes(content))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def sign(request: HttpRequest, member: Member, case: Case, letter_id: UUID) -> HttpResponse:
    """Makes a letter final."""
    letter = queries.letter_of(case, letter_id)
    try:
        actions.sign(letter=letter, seen=_seen(request), member=member)
    except ChangedMeanwhileError:
        messages.error(request, gettext("Somebody saved a newer version in the meantime. Read it, then sign."))
    except InputError as error:
        return _cannot_be_set(request, letter, error)
    else:
        messages.success(request, gettext("The letter is signed. It can now be sent."))
    return redirect("case_letters_one", case_id=case.pk, letter_id=letter.pk)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def sent(request: HttpRequest, member: Member, case: Case, letter_id: UUID) -> HttpResponse:
    """Writes down that a signed letter went out."""
    letter, way = queries.letter_of(case, letter_id), request.POST.get("way", "")
    if way in Letter.Way.values and queries.newest(letter).signed:
        actions.mark_sent(letter=letter, way=way, by=member.user)
        messages.success(request, gettext("Written down as sent."))
    return redirect("case_letters_one", case_id=case.pk, letter_id=letter.pk)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def reopen(request: HttpRequest, member: Member, case: Case, letter_id: UUID) -> HttpResponse:
    """Goes on with a signed letter as a new draft; the signed version stays."""
    letter = queries.letter_of(case, letter_id)
    version = queries.newest(letter)
    draft = bridge.draft_of(version)
    made = Changed(subject=draft.subject, addressee=version.addressee, pictures=draft.pictures)
    try:
        actions.save(letter=letter, seen=_seen(request), made=made, by=member.user)
    except ChangedMeanwhileError:
        messages.error(request, gettext("Somebody saved a newer version in the meantime."))
    return redirect("case_letters_one", case_id=case.pk, letter_id=letter.pk)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def withdraw(request: HttpRequest, member: Member, case: Case, letter_id: UUID) -> HttpResponse:
    """Throws a draft away, or brings it back; what was signed stays."""
    letter, back = queries.letter_of(case, letter_id), request.POST.get("back") == "yes"
    if back or not letter.versions.filter(signed=True).exists():
        actions.withdraw(letter=letter, back=back, by=member.user)
    return redirect("case_letters", case_id=case.pk)


def _cannot_be_set(request: HttpRequest, letter: Letter, error: InputError) -> HttpResponse:
    for problem in error.problems:
        messages.error(request, say_problem(current_language(), problem))
    return redirect("case_letters_one", case_id=letter.case_id, letter_id=letter.pk)


def _as_pdf(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="herstel-brief.pdf"'
    return response


# --- the person -----------------------------------------------------------------------------------


@for_own_case
@require_safe
def my_letters(request: HttpRequest, case: Case) -> HttpResponse:
    """The letters about the person, as they were signed."""
    return render(request, "letters/my_letters.html", {"letters": queries.signed_for_the_person(case)})


@for_own_case
@require_safe
def my_letter(request: HttpRequest, case: Case, version_id: int) -> HttpResponse:
    """A signed letter about the person."""
    version = queries.signed_for_the_person(case).defer(None).filter(pk=version_id).first()
    if version is None or version.pdf is None:
        raise Http404
    audit.record(
        action=Event.Action.EXPORT,
        what="letter",
        by=cast("User", request.user),
        person_id=case.person_id,
        case_id=case.pk,
    )
    return _as_pdf(bytes(version.pdf))
