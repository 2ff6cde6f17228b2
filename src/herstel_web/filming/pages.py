"""What the pages of filming show, for the person and for the practice alike."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.cases.queries import Standing, standing
from herstel_web.filming import actions, bridge, engine, queries
from herstel_web.filming.cues import COUNT_DOWN_S, cues_of
from herstel_web.filming.forms import MB, SIDES, ChooseForm, VideoForm, wants_json
from herstel_web.filming.place import Place
from herstel_web.language import current_language
from herstel_web.middleware import CONTENT_POLICY, HEADERS

CAMERA = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
OWN_FILM = CONTENT_POLICY.replace("media-src 'self'", "media-src 'self' blob:")
"""On the page that films: the camera may be asked for, and what was filmed may be looked at before it is sent."""
REFUSED = 400


def _page(place: Place, template: str, now: Standing, **more: Any) -> HttpResponse:
    context = {"place": place, "base": place.base, "case": place.case, "header": place.header(now), **more}
    return render(place.request, f"filming/{template}", context)


def _held(now: Standing) -> bool:
    return now.recovery.chain.referral is not None or now.recovery.progress.position.on_hold


def choose(place: Place) -> HttpResponse:
    """Consent first; then which test, and what was filmed before."""
    now, language = standing(place.case, timezone.localdate()), current_language()
    posted = place.request.method == "POST"
    form = ChooseForm(place.request.POST if posted else None)
    agreed = actions.may_film(place.case.person)
    if posted and agreed and form.is_valid() and _may_be_filmed(place, now, form.cleaned_data["movement"]):
        told = form.cleaned_data
        return redirect(place.url("record", movement=told["movement"], leg=told["side"]))
    return _page(
        place, "choose.html", now, form=form, agreed=agreed, held=_held(now), missing=engine.missing(),
        tasks=bridge.tasks(now.recovery.chain, language), sides=SIDES.items(),
        recordings=[(one, bridge.task_name(one.movement, language)) for one in queries.recordings(place.case)],
    )  # fmt: skip


def _may_be_filmed(place: Place, now: Standing, movement: str) -> bool:
    """A therapist decides for themselves; a person does nothing before its time, and nothing while on hold."""
    task = bridge.task_of(movement, now.recovery.chain.phase, current_language())
    return task is not None and (not place.own or not (task.early or _held(now)))


def consent(place: Place) -> HttpResponse:
    """Writes down that the person agrees, or no longer."""
    if "withdraw" in place.request.POST:
        actions.withdraw(case=place.case, by=place.user)
        messages.success(place.request, gettext("The consent is withdrawn. The videos are gone."))
    elif place.request.POST.get("agrees") == "yes":
        actions.agree(case=place.case, by=place.user)
        messages.success(place.request, gettext("The consent is written down."))
    else:
        messages.error(place.request, gettext("Without consent nothing is filmed. Tick the box, or go back."))
    return redirect(place.url())


def record(place: Place, movement: str, leg: str, form: VideoForm | None = None) -> HttpResponse:
    """The camera with what to mind; without consent it does not exist yet."""
    now, language = standing(place.case, timezone.localdate()), current_language()
    task = bridge.task_of(movement, now.recovery.chain.phase, language)
    if task is None or leg not in bridge.sides(movement):
        raise Http404
    if not (actions.may_film(place.case.person) and _may_be_filmed(place, now, movement)):
        return redirect(place.url())
    response = _page(
        place, "record.html", now, task=task, leg=leg, side=SIDES.get(leg, ""), form=form or VideoForm(),
        cues=cues_of(movement), count_down_s=COUNT_DOWN_S, held=_held(now), missing=engine.missing(),
        most_bytes=settings.LARGEST_VIDEO_BYTES, most_mb=settings.LARGEST_VIDEO_BYTES // MB,
    )  # fmt: skip
    response.headers["Permissions-Policy"], response.headers["Content-Security-Policy"] = CAMERA, OWN_FILM
    return response


def send(place: Place, movement: str, leg: str) -> HttpResponse:
    """Takes a video in and lets it be measured."""
    now = standing(place.case, timezone.localdate())
    if leg not in bridge.sides(movement) or not _may_be_filmed(place, now, movement):
        raise Http404
    if not actions.may_film(place.case.person):
        return redirect(place.url())
    form = VideoForm(place.request.POST, place.request.FILES)
    if form.is_valid():
        told, language = form.cleaned_data, current_language()
        film = actions.Film(
            movement=movement, side="" if leg == bridge.NO_SIDE else leg, keep=told["keep"], kind=form.kind,
            chunks=told["video"].chunks(), key=told["key"],
        )  # fmt: skip
        try:
            kept = actions.take_in(
                case=place.case, film=film, from_person=place.own, by=place.user, today=timezone.localdate()
            )
        except InputError as error:
            for problem in error.problems:
                form.add_error("video", say_problem(language, problem).partition(": ")[2])
        except OSError:
            form.add_error("video", gettext("There is no room for this video. Tell who looks after this installation."))
        else:
            return _sent(place.request, place.url("result", recording_id=kept.pk))
    if wants_json(place.request):
        return JsonResponse({"problems": [one for errors in form.errors.values() for one in errors]}, status=REFUSED)
    return record(place, movement, leg, form)


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    return JsonResponse({"to": address}) if wants_json(request) else redirect(address)
