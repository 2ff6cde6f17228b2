"""What is sent in the background: a neutral e-mail that says that there is a message, and nothing of what it says."""

from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django_tasks import task

from herstel_web.correspondence.actions import recipient
from herstel_web.correspondence.models import Message


@task()
def let_know(message_id: int, address: str) -> None:
    """Tell the other side by e-mail that a message waits, unless it was read meanwhile."""
    message = Message.objects.select_related("case__person__user", "case__therapist").filter(pk=message_id).first()
    if message is None or message.read_at is not None:
        return
    to, language = recipient(message.case, from_person=message.from_person)
    message.notice = Message.Notice.SENT if to and _send(to, language, address) else Message.Notice.FAILED
    message.save(update_fields=["notice"])


def _send(to: str, language: str, address: str) -> bool:
    with translation.override(language):
        text = render_to_string("correspondence/let_know.txt", {"address": address})
        try:
            return bool(send_mail(gettext("There is a message for you"), text, None, [to]))
        except (SMTPException, OSError):
            return False
