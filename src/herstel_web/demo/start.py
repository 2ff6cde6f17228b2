"""The demonstration: fills a practice of its own and serves it, for this machine only."""

import os
import sys
from pathlib import Path

from herstel.text import Language, say
from herstel_web.state import state_folder

FOLDER = "herstel-demo"


def own_place() -> Path:
    """A state folder apart from that of a real installation, unless somebody named one; without a second step."""
    os.environ.setdefault("HERSTEL_STATE", str(state_folder({**os.environ}).with_name(FOLDER)))
    os.environ["HERSTEL_SECOND_STEP"] = "0"
    return state_folder(os.environ)


def demo(people: int, seed: int, port: int, language: Language, *, only_fill: bool = False) -> None:
    """Fill the demonstration when it is empty, say how to sign in, and serve it.

    Raises
    ------
    HerstelError
        When there are real records, or the address or the database cannot be used.
    """
    own_place()
    from herstel_web.operation.start import set_up
    from herstel_web.server import HOST, bring_up_to_date, serve

    set_up()
    bring_up_to_date(language)
    _fill(people, seed, language)
    _tell(language)
    if not only_fill:
        serve(HOST, port, language)


def _fill(people: int, seed: int, language: Language) -> None:
    from django.db import transaction
    from tqdm import tqdm

    from herstel_web.demo.fill import fill, is_filled, refuse_real_records

    refuse_real_records()
    if is_filled():
        return
    title = say(language, "made-up people")
    with transaction.atomic(), tqdm(total=people, desc=title, disable=None, leave=False) as bar:
        for _case in fill(people, seed):
            bar.update()


def _tell(language: Language) -> None:
    from django.utils.translation import override

    from herstel_web.demo.practice import DOMAIN, MEMBERS, PASSWORD

    with override(language):
        members = [f"  {address}@{DOMAIN}".ljust(30) + f"{role.label}" for role, address, _name in MEMBERS]
    lines = [
        say(
            language,
            "A demonstration with made-up people. Do not put real ones in it: everybody here has the same password.",
        ),
        say(language, "Sign in with one of these, and the password {password}", password=PASSWORD),
        *members,
        f"  person1@{DOMAIN}".ljust(30) + say(language, "a person with a complaint; person2 and on are others"),
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
