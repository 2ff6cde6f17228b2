"""What the pages of both sides share: taking a file in, handing one out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.correspondence import actions, storage
from herstel_web.correspondence.forms import FileForm, harmless_name
from herstel_web.correspondence.models import File


def taken_in(request: HttpRequest, case: Case, *, from_person: bool, by: User) -> FileForm:
    """The form with the file that was sent; when it is right the file is kept, else the form says what is wrong."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    given = form.cleaned_data["file"]
    upload = actions.Upload(name=harmless_name(given.name or "", form.kind), kind=form.kind, chunks=given.chunks())
    try:
        actions.add_file(case=case, upload=upload, from_person=from_person, by=by)
    except actions.TooManyFilesError:
        form.add_error("file", gettext("This case holds as many files as it may. Ask your practice to remove some."))
    return form


def handed_out(file: File | None) -> HttpResponse:
    """A file to save, never to show: it is the reader's own program that opens it."""
    kept = storage.read(file.stored_as) if file else None
    if file is None or kept is None:
        raise Http404
    disposition = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return HttpResponse(kept, content_type=file.kind, headers={"Content-Disposition": disposition})
