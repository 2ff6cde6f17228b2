"""The e-mail with the link to a record. It names no practice and nothing of anybody's health."""

from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from herstel_web.mail import link
from herstel_web.sharing.models import RecordInvitation


def send(invitation: RecordInvitation, token: str) -> bool:
    """Send the link in the language of the person; False when it could not be sent."""
    with override(invitation.person.language):
        context = {
            "link": link(reverse("record_invitation", kwargs={"token": token})),
            "until": date_format(localtime(invitation.good_until), "j F Y"),
        }
        body = render_to_string("sharing/email/invitation.txt", context)
        try:
            return bool(send_mail(gettext("Somebody asks you to use Herstel"), body, None, [invitation.email]))
        except (SMTPException, OSError):
            return False
