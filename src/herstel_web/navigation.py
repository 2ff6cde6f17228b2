"""What stands in the menus. An app that adds a page adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from herstel_web.practice.rights import Right

Label = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a menu: where it leads, and for members of a practice the right it needs.

    ``icon`` is the id of a symbol in ``templates/icons.html``; ``section`` are the first letters of the names of the
    pages during which it is marked as where you are.
    """

    label: Label
    url_name: str
    icon: str
    section: str | tuple[str, ...]
    right: Right | None = None


PERSON: tuple[Entry, ...] = (
    Entry(
        label=_("Today"),
        url_name="today",
        icon="today",
        section=("today", "act", "session", "week", "exercise", "check_in"),
    ),
    Entry(label=_("Progress"), url_name="progress", icon="progress", section="progress"),
    Entry(label=_("My chain"), url_name="chain", icon="chain", section="chain"),
    Entry(label=_("Learn"), url_name="learn", icon="learn", section="learn"),
    Entry(label=_("More"), url_name="more", icon="more", section="more"),
)
MORE: tuple[Entry, ...] = (
    Entry(label=_("My goal and my week"), url_name="goal", icon="today", section="goal"),
    Entry(label=_("Messages"), url_name="my_messages", icon="messages", section="my_messages"),
    Entry(label=_("Appointments"), url_name="appointments", icon="agenda", section="appointment"),
    Entry(label=_("My letters"), url_name="my_letters", icon="learn", section="my_letters"),
    Entry(label=_("My data"), url_name="my_data", icon="data", section="my_data"),
    Entry(label=_("My account"), url_name="account", icon="person", section="account"),
)
"""What a person does not use every day, on a page of its own."""
PRACTICE: tuple[Entry, ...] = (
    Entry(
        label=_("Work list"), url_name="work_list", icon="list", section=("work_list", "case"), right=Right.READ_RECORDS
    ),
    Entry(label=_("Agenda"), url_name="agenda", icon="agenda", section="agenda", right=Right.SEE_AGENDA),
    Entry(label=_("Outcomes"), url_name="outcomes", icon="outcomes", section="outcomes", right=Right.SEE_OUTCOMES),
    Entry(
        label=_("Practice"),
        url_name="practice",
        icon="practice",
        section=("practice", "members", "location", "text_template", "trail", "leave_practice", "invite"),
        right=Right.MANAGE_PRACTICE,
    ),
    Entry(label=_("My account"), url_name="account", icon="person", section="account"),
)
