"""What people write and send around a case."""

import re
import unicodedata
import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herstel_web.correspondence.models import LONGEST_TEXT
from herstel_web.correspondence.sniffing import ENDINGS, HEAD_BYTES, kind_of

LARGEST_FILE_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100
SHORTEST_REASON = 5


class TextForm(forms.Form):
    """A text of one's own; ``key`` makes sending it twice the same as sending it once."""

    text = forms.CharField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("There is nothing written yet.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)

    def __init__(self, label: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label  # type: ignore[assignment]


class FileForm(forms.Form):
    """A file, checked by its bytes."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("A PDF or a photo (JPEG, PNG, WebP, HEIC) of at most 10 MB."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ",".join((*ENDINGS.values(), ".jpeg", ".heif"))}),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty. Choose another.")},
    )
    kind: str = ""

    def clean_file(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["file"]
        if (given.size or 0) > LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB. Make it smaller, or send a part of it."))
        given.seek(0)
        kind = kind_of(given.read(HEAD_BYTES))
        given.seek(0)
        if kind is None:
            raise forms.ValidationError(
                _("This is not a PDF or a photo that Herstel takes. Save it as PDF or JPEG first.")
            )
        self.kind = kind
        return given


def harmless_name(name: str, kind: str) -> str:
    """A name without paths and signs that computers trip over, with the ending of what the file is."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    stem = re.sub(r"[^\w .()-]", "", plain.rpartition(".")[0] or plain, flags=re.UNICODE).strip(" .")
    return (stem[:LONGEST_NAME] or gettext("file")) + ENDINGS[kind]


class RemoveForm(forms.Form):
    """Why a file must go."""

    because = forms.CharField(
        label=_("Why it must go"),
        min_length=SHORTEST_REASON,
        max_length=300,
        error_messages={
            "required": _("Write down why, such as: it belongs to somebody else."),
            "min_length": _("Write down why, such as: it belongs to somebody else."),
        },
    )
