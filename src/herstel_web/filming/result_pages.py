"""One recording: how far it is, what was measured, and what a therapist says of it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from herstel.errors import InputError
from herstel_web.cases.queries import standing
from herstel_web.correspondence import storage
from herstel_web.filming import actions, bridge, engine, queries
from herstel_web.filming.forms import RejectForm
from herstel_web.filming.length import length_of
from herstel_web.filming.models import Recording
from herstel_web.filming.place import Place
from herstel_web.filming.player import as_drawn
from herstel_web.filming.serving import served
from herstel_web.language import current_language


def _recording(place: Place, recording_id: UUID) -> Recording:
    found = queries.recording(place.case, recording_id)
    if found is None:
        raise Http404
    return found


def result(place: Place, recording_id: UUID, form: RejectForm | None = None, *, same_day: bool = False) -> HttpResponse:
    """What was measured; until then how far it is."""
    recording, language = _recording(place, recording_id), current_language()
    now = standing(place.case, timezone.localdate())
    page = bridge.result_page(recording, language)
    return render(
        place.request,
        "filming/result.html",
        {
            "place": place, "base": place.base, "case": place.case, "header": place.header(now),
            "recording": recording, "page": page, "length": length_of(recording, language),
            "title": bridge.task_name(recording.movement, language), "reject_form": form or RejectForm(),
            "problems": bridge.problems_in_words(recording.problems, language), "same_day": same_day,
            "people": range(1, 1 + recording.people_most) if recording.may_choose_person else (),
            "nobody_measures": recording.under_way and queries.nobody_measures(),
            "remedies": bridge.remedy_pictures(),
        },
    )  # fmt: skip


def progress(place: Place, recording_id: UUID) -> HttpResponse:
    """How far it is, for a page that waits; when it is done the page is shown anew."""
    recording = _recording(place, recording_id)
    if not recording.under_way:
        response = HttpResponse()
        response.headers["HX-Refresh"] = "true"
        return response
    context = {"place": place, "recording": recording, "nobody_measures": queries.nobody_measures()}
    return render(place.request, "filming/progress.html", context)


def again(place: Place, recording_id: UUID) -> HttpResponse:
    """Measures once more, perhaps somebody else in the picture."""
    recording = _recording(place, recording_id)
    chosen = place.request.POST.get("person", "")
    number = int(chosen) if chosen.isdigit() and 1 <= int(chosen) <= MOST_PEOPLE else None
    if not actions.measure_again(recording=recording, by=place.user, person_number=number):
        messages.error(place.request, gettext("This cannot be measured again now. Film once more if it is needed."))
    return redirect(place.url("result", recording_id=recording.pk))


MOST_PEOPLE = 9


def video(place: Place, recording_id: UUID) -> HttpResponse:
    """The video, while it is kept."""
    recording = _recording(place, recording_id)
    if not recording.stored_as:
        raise Http404
    return cast("HttpResponse", served(place.request, storage.path_of(recording.stored_as), recording.kind))


def people(place: Place, recording_id: UUID) -> HttpResponse:
    """A frame with everybody numbered, while it is kept."""
    recording = _recording(place, recording_id)
    kept = storage.read(recording.people_as) if recording.people_as else None
    if kept is None:
        raise Http404
    return HttpResponse(kept, content_type="image/png")


def points(place: Place, recording_id: UUID) -> HttpResponse:
    """What the player draws."""
    recording = _recording(place, recording_id)
    kept = queries.landmarks(recording)
    if kept is None:
        raise Http404
    return JsonResponse(as_drawn(engine.pose_of(kept), bridge.report_of(recording)))


def remove(place: Place, recording_id: UUID) -> HttpResponse:
    """Takes a recording away, or only its video."""
    recording = _recording(place, recording_id)
    if "video" in place.request.POST:
        actions.remove_video(recording=recording, by=place.user)
        messages.success(place.request, gettext("The video is gone. What was measured stays."))
        return redirect(place.url("result", recording_id=recording.pk))
    if actions.remove(recording=recording, by=place.user):
        messages.success(place.request, gettext("The recording is gone."))
    else:
        messages.error(place.request, gettext("This recording is a result of the chain. Correct the test instead."))
    return redirect(place.url())


def judge(place: Place, recording_id: UUID) -> HttpResponse:
    """A therapist accepts what was measured into the chain, or rejects it with the reason."""
    recording, post = _recording(place, recording_id), place.request.POST
    here = place.url("result", recording_id=recording.pk)
    if "reject" in post:
        form = RejectForm(post)
        if not form.is_valid():
            return result(place, recording_id, form)
        done = actions.reject(recording=recording, because=form.cleaned_data["because"], by=place.user)
        told = gettext("Rejected. The person sees the reason.")
    else:
        try:
            done = actions.accept(
                recording=recording, replace="replace" in post, by=place.user, today=timezone.localdate()
            )
        except InputError as error:
            if not any(one.reason == SAME_DAY for one in error.problems):
                raise
            return result(place, recording_id, same_day=True)
        told = gettext("Accepted. The chain and the plan take it into account.")
    if done:
        messages.success(place.request, told)
    else:
        messages.error(place.request, gettext("Somebody judged this recording in the meantime. Look at it again."))
    return redirect(here)


SAME_DAY = "this was measured on the same day already."
