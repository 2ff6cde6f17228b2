"""What is sent when somebody films."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herstel_web.filming.bridge import NO_SIDE, sides
from herstel_web.filming.models import Recording
from herstel_web.filming.sniffing import HEAD_BYTES, video_kind

MB = 1024 * 1024
SHORTEST_REASON = 5
SIDES = {"left": _("left"), "right": _("right")}


class ChooseForm(forms.Form):
    """Which test of which leg."""

    movement = forms.CharField(error_messages={"required": _("Choose which test you film.")})
    side = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        possible = sides(told.get("movement", ""))
        if possible == (NO_SIDE,):
            told["side"] = NO_SIDE
        elif told.get("movement") and told.get("side") not in possible:
            self.add_error("side", _("Choose which leg you test."))
        return told


def _file_field(label: Any, **attributes: str) -> forms.FileField:
    """A video, from what is kept on the device or (``capture``) from its camera."""
    return forms.FileField(
        label=label,
        max_length=255,
        required=False,
        widget=forms.FileInput(attrs={"accept": "video/*", **attributes}),
        error_messages={"empty": _("This video is empty. Film once more.")},
    )


class VideoForm(forms.Form):
    """A video, checked by its bytes; ``key`` makes sending it twice the same as sending it once."""

    video = _file_field(_("A video that you have"))
    filmed = _file_field(_("Or film one now, with the camera of this device"), capture="environment")
    keep = forms.ChoiceField(
        label=_("How long the video is kept"),
        choices=Recording.Keep.choices,
        initial=Recording.Keep.UNTIL_JUDGED,
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)
    kind: str = ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        given = told.get("video") or told.get("filmed")
        if given:
            try:
                told["video"] = self._checked(given)
            except forms.ValidationError as error:
                self.add_error("video", error)
        elif not self.errors:
            self.add_error("video", _("Choose a video first, or film one."))
        return told

    def _checked(self, given: UploadedFile) -> UploadedFile:
        if (given.size or 0) > settings.LARGEST_VIDEO_BYTES:
            most = settings.LARGEST_VIDEO_BYTES // MB
            raise forms.ValidationError(
                gettext("This video is larger than {most} MB. Film a shorter piece, of one test only.").format(
                    most=most
                )
            )
        given.seek(0)
        kind = video_kind(given.read(HEAD_BYTES))
        given.seek(0)
        if kind is None:
            raise forms.ValidationError(
                _("This is not a video that can be measured. Film with the camera of your phone (MP4, MOV or WebM).")
            )
        self.kind = kind
        return given


class RejectForm(forms.Form):
    """Why a recording does not count."""

    because = forms.CharField(
        label=_("Why it does not count"),
        min_length=SHORTEST_REASON,
        max_length=300,
        error_messages={
            "required": _("Write down why, such as: the heel came off the floor."),
            "min_length": _("Write down why, such as: the heel came off the floor."),
        },
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether a script sent it, which shows the answer itself."""
    return request.headers.get("Accept", "") == "application/json"
