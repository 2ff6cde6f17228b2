"""What is written in the demonstration: letters, a note, and messages between person and therapist."""

from herstel_web.access import Member
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.correspondence.actions import Written, send_message, write_note
from herstel_web.demo.model import Demo
from herstel_web.letters import actions as letters
from herstel_web.practice.models import Membership

LETTERS = 2
"""So many people get a signed letter; as many others get a draft."""
QUESTION = "Mag ik zaterdag al meedoen met de warming-up?"
ANSWER = "Ja, als het de ochtend erna rustig blijft. Vul de check-in in, dan kijk ik mee."
NOTE = "Besproken: eerst twee rustige ochtenden, dan pas een stap verder met lopen."


def add_letters(demo: Demo) -> None:
    """A few letters of the therapist who treats, signed or still to be changed."""
    for number, case in enumerate(_treated(demo)[: 2 * LETTERS]):
        by = _therapist(case)
        recovery = standing(case, demo.today).recovery
        kind = "gp_referral" if recovery.progress.position.on_hold else "progress"
        letter = letters.begin(case=case, kind=kind, language="nl", recovery=recovery, by=by)
        if number < LETTERS:
            membership = Membership.objects.get(user=by, practice=demo.practice)
            letters.sign(letter=letter, seen=1, member=Member(user=by, membership=membership))


def add_messages(demo: Demo) -> None:
    """A question with its answer, a question that waits, and a note."""
    treated = _treated(demo)[:2]
    for case in treated:
        person = case.person.user
        if person is not None:
            send_message(case=case, written=Written(text=QUESTION, by=person), from_person=True, address="")
    if not treated:
        return
    answered, by = treated[0], _therapist(treated[0])
    send_message(case=answered, written=Written(text=ANSWER, by=by), from_person=False, address="")
    write_note(case=answered, written=Written(text=NOTE, by=by))


def _treated(demo: Demo) -> list[Case]:
    """The cases that somebody treats, the same ones first every time."""
    cases = Case.objects.filter(practice=demo.practice, therapist__isnull=False).select_related(
        "person__user", "therapist"
    )
    return list(cases.order_by("person__user__email"))


def _therapist(case: Case) -> User:
    if case.therapist is None:
        raise ValueError("only cases that somebody treats")
    return case.therapist
