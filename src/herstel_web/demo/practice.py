"""The practice of the demonstration: its members, one of each role."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from herstel_web.accounts.models import User
from herstel_web.practice.models import Location, Membership, Practice, Role, TextTemplate

NAME = "Praktijk Voorbeeld"
PASSWORD = "herstel-demo"  # noqa: S105 - told to everybody who starts the demonstration; it opens only what is made up
MEMBERS = (
    (Role.OWNER, "owner", "Robin Voorbeeld"),
    (Role.THERAPIST, "therapist", "Alex Voorbeeld"),
    (Role.THERAPIST, "colleague", "Charlie Voorbeeld"),
    (Role.ASSISTANT, "assistant", "Jamie Voorbeeld"),
    (Role.READ_ONLY, "reader", "Kim Voorbeeld"),
)
DOMAIN = "example.org"
OWN_TEXTS = (
    (
        TextTemplate.Kind.MESSAGE,
        "Vraag beantwoord",
        "Fijn dat je het vraagt. Lukt het zo niet, schrijf dan gerust nog een keer.",
    ),
    (
        TextTemplate.Kind.NOTE,
        "Controle na belasting",
        "Reactie na 24 uur besproken. Pijn: .. Stijfheid: .. Afspraak: ..",
    ),
    (TextTemplate.Kind.LETTER, "Overleg", "Graag overleg ik met u over het vervolg. Ik ben op werkdagen bereikbaar."),
)


def make_practice() -> Practice:
    """A simulated practice, with its members."""
    practice = Practice.objects.create(name=NAME, email=f"praktijk@{DOMAIN}", phone="000 000 0000", simulated=True)
    Location.objects.create(practice=practice, name="Voorbeeldplein", address="Voorbeeldplein 1")
    for kind, title, text in OWN_TEXTS:
        TextTemplate.objects.create(practice=practice, kind=kind, title=title, text=text)
    for role, address, name in MEMBERS:
        Membership.objects.create(practice=practice, user=make_user(f"{address}@{DOMAIN}", name), role=role)
    return practice


_hashed: list[str] = []


def make_user(email: str, name: str) -> User:
    """Somebody who can sign in with the password of the demonstration."""
    if not _hashed:
        _hashed.append(make_password(PASSWORD))  # slow on purpose; everybody has the same one
    user = User.objects.create(email=email, name=name, password=_hashed[0])
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
