"""Videos whose time is over are removed; what was measured and the points of the body stay."""

from django.utils import timezone

from herstel_web.filming.actions import remove_video
from herstel_web.filming.models import Recording

AT_ONCE = 20


def remove_videos() -> bool:
    """Remove some; True when more are left."""
    due = Recording.objects.exclude(stored_as="").filter(keep_until__lte=timezone.now())
    for one in due.select_related("case")[:AT_ONCE]:
        remove_video(recording=one, by=None)
    return due.exists()
