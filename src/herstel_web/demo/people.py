"""The people of the demonstration, each at a stage that a therapist meets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from herstel.case_file import Case as CaseFile
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.demo.practice import DOMAIN, make_user
from herstel_web.demo.records import story_of, write_story
from herstel_web.demo.stages import Chosen, choose
from herstel_web.knowledge import knowledge
from herstel_web.people import actions as people_actions
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Membership, Practice, Role

FIRST_NAMES = (
    "Sam", "Noor", "Bo", "Lou", "Mika", "Jip", "Puck", "Sem", "Yara", "Luca", "Finn", "Isa", "Daan", "Roos", "Teun",
    "Liv", "Bram", "Fenna", "Joris", "Maud", "Stijn", "Evi", "Hugo", "Lotte", "Kees", "Mees", "Tess", "Guus", "Anouk",
    "Wout",
)  # fmt: skip
FAMILY_NAMES = ("Voorbeeld", "van Voorbeeld", "Voorbeelden", "de Voorbeeld")
"""Names that say in Dutch that they are an example."""


def make_people(practice: Practice, people: int, seed: int, today: date) -> Iterator[Case]:
    """Make simulated people with their records, one after the other."""
    members = Membership.objects.filter(practice=practice, role=Role.THERAPIST).order_by("pk").select_related("user")
    therapists = [one.user for one in members]
    for index, chosen in enumerate(choose(people, seed, knowledge())):
        user = _make_account(index)
        person = _make_person(user, chosen)
        therapist = therapists[index % len(therapists)] if chosen.treated else None
        story = story_of(as_of(chosen), chosen.cut.today, today, knowledge())
        case = write_story(person=person, story=story, therapist=therapist, today=today)
        people_actions.share(case=case, practice=practice, by=user)
        Case.objects.filter(pk=case.pk).update(therapist=therapist)
        yield case


def _make_account(index: int) -> User:
    """An account with a name that says it is an example."""
    first = FIRST_NAMES[index % len(FIRST_NAMES)]
    family = FAMILY_NAMES[index // len(FIRST_NAMES) % len(FAMILY_NAMES)]
    return make_user(f"person{index + 1}@{DOMAIN}", f"{first} {family}")


def _make_person(user: User, chosen: Chosen) -> Person:
    age = chosen.road.case.complaint.age_years or 30
    born = date(chosen.cut.today.year - int(age), 1 + chosen.number % 12, 1 + chosen.number % 28)
    person = Person.objects.create(user=user, name=user.name, birth_date=born, email=user.email, simulated=True)
    Consent.objects.create(person=person, kind=Consent.Kind.RECORD, text_version=people_actions.CONSENT_TEXT)
    return person


def as_of(chosen: Chosen) -> CaseFile:
    """The facts until the day that is today, without what the stage leaves out.

    Nor with the simulation's own notes: on a page they would read as written by the person or the therapist.
    """
    case, cut = chosen.road.case, chosen.cut
    return replace(
        case,
        measurements=tuple(replace(one, note="") for one in case.measurements if one.date <= cut.last_measurement),
        check_ins=tuple(replace(one, note="") for one in case.check_ins if one.date <= cut.last_check_in),
        confirmations=tuple(replace(one, note="") for one in case.confirmations if one.date <= cut.last_confirmation),
    )
