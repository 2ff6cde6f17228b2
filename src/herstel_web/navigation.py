"""What stands in the menus. An app that adds a page adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise

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
    section: str
    right: Right | None = None


PERSON: tuple[Entry, ...] = ()
PRACTICE: tuple[Entry, ...] = ()
