"""Makes the walkthrough in docs/walkthrough: real pages of a demonstration, in a real browser. Run `make walkthrough`.

The people on it are simulated, by a seed, so that a second run shows the same ones; dates follow the day of the run.
"""

import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "docs" / "walkthrough"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
CHROMIUM = os.environ.get("HERSTEL_CHROMIUM") or shutil.which("chromium") or "chromium"
PEOPLE, SEED = 16, 7
STATE = "HERSTEL_STATE"
DRAWN = {"right": "knee_to_wall/near", "left": "knee_to_wall/facing_left"}
"""What the camera sees, by the leg that is filmed."""
PATIENCE_MS = 180_000
"""A slow machine measures a recording in so much time."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: who is signed in, which page, and what the text above it says.

    ``page`` may hold CASE, the case of the person with the most check-ins, LETTER, a letter about it, and SIDE, the
    leg that hurts. ``press`` is what is clicked first, one after the other. ``whole`` takes the page down to its end
    instead of one screen; ``top`` is what stands at the top of that screen.
    """

    name: str
    who: str
    page: str
    title: str
    text: str
    press: tuple[str, ...] = ()
    dark: bool = False
    whole: bool = False
    top: str = "html"


VISITOR = "visitor"


def shots(journey: str) -> list[Shot]:
    """The pictures of the person's or the therapist's journey."""
    listed = yaml.safe_load((ROOT / "tools" / "walkthrough.yaml").read_text(encoding="utf-8"))
    return [Shot(**one) for one in listed[journey]]


PERSON, THERAPIST = shots("person"), shots("therapist")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Who and what the pictures show: ids of a case and a letter, the leg, and the e-mail address of the person."""

    case: str
    letter: str
    side: str
    person: str

    def within(self, text: str) -> str:
        """A text of a picture with these in it."""
        return text.replace("CASE", self.case).replace("LETTER", self.letter).replace("SIDE", self.side)


def main() -> None:
    """Fill a demonstration in a folder of its own, take the pictures, write the page."""
    with tempfile.TemporaryDirectory(prefix="herstel-walkthrough-") as folder:
        os.environ[STATE] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "herstel_web.settings"
        from herstel_web.demo.start import demo

        demo(PEOPLE, SEED, 0, "nl", only_fill=True)
        PLACE.mkdir(parents=True, exist_ok=True)
        taken = take()
    write(taken)


def take() -> list[Shot]:
    """Take every picture whose page is there; says which were left out."""
    from playwright.sync_api import sync_playwright

    from herstel_web import server
    from herstel_web.operation.worker import Worker
    from tests.browser.camera import showing
    from tests.browser.conftest import ARGUMENTS

    running = server.make_server("127.0.0.1", 0)
    threading.Thread(target=running.run, daemon=True).start()
    threading.Thread(target=Worker().run, daemon=True).start()  # measures what is filmed
    base, shown = f"http://127.0.0.1:{running.effective_port}", who_shows_most()
    cookies = {who: {**cookie(who, shown), "url": base} for who in {shot.who for shot in (*PERSON, *THERAPIST)}}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        camera = showing(DRAWN[shown.side], Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *camera])
        done = [shot for shot in (*PERSON, *THERAPIST) if taken(shot, shown, browser, cookies[shot.who])]
        browser.close()
    return done


def taken(shot: Shot, shown: Shown, browser: "Browser", cookie: dict[str, str]) -> bool:
    """Take one picture; False when its page is not there."""
    from playwright.sync_api import TimeoutError as NotThereError

    context = browser.new_context(
        viewport=PHONE if shot in PERSON else DESK,
        base_url=cookie["url"],
        color_scheme="dark" if shot.dark else "light",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    try:
        answer = page.goto(shown.within(shot.page))
        for one in shot.press:
            page.locator(shown.within(one)).first.click()
        page.locator("img[loading=lazy]").evaluate_all("all => all.forEach(one => one.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        if answer is None or answer.status != 200:
            raise NotThereError("no such page")
        page.locator(shot.top).evaluate("one => one.scrollIntoView()")
        page.screenshot(path=PLACE / f"{shot.name}.png", full_page=shot.whole)
    except NotThereError as error:
        print(f"left out: {shot.name} ({error.message.splitlines()[0]})")
        return False
    finally:
        context.close()
    return True


def who_shows_most() -> Shown:
    """The case with the most facts of those under way, and a letter about it."""
    from django.db.models import Count
    from django.utils import timezone

    from herstel_web.accounts.models import User
    from herstel_web.cases.models import Case
    from herstel_web.cases.queries import standing
    from herstel_web.letters.actions import begin

    cases = Case.objects.filter(conclusion__on_hold=False, conclusion__discharged=False, person__user__isnull=False)
    case = cases.annotate(told=Count("facts")).order_by("-told").first()
    if case is None or case.person.user is None:
        raise SystemExit("the demonstration has nobody to show")
    recovery = standing(case, timezone.localdate()).recovery
    by = User.objects.get(email="therapist@example.org")
    letter = begin(case=case, kind="progress", language="nl", recovery=recovery, by=by)
    side = "left" if case.conclusion.side == "left" else "right"
    return Shown(case=str(case.pk), letter=str(letter.pk), side=side, person=case.person.user.email)


def cookie(who: str, shown: Shown) -> dict[str, str]:
    """The cookie of somebody who is signed in, or of a visitor who has answered."""
    from django.conf import settings
    from django.test import Client

    from herstel_web.accounts.models import User
    from tests.web.visitor import finished

    if who == VISITOR:
        return {"name": settings.VISIT_COOKIE_NAME, "value": finished().cookie}
    address = shown.person if who == "person" else f"{who}@example.org"
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=address), "allauth.account.auth_backends.AuthenticationBackend")
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def write(taken: list[Shot]) -> None:
    """The page with the pictures, in the order of the two journeys."""
    lines = [
        "# A walk through Herstel",
        "",
        "Real pages in Dutch, made by `make walkthrough` on a demonstration. Every person on them is simulated.",
        "The same pages exist in English. To walk yourself: `make demo`.",
    ]
    for heading, shots, width in (
        ("The person, on a phone", PERSON, 300),
        ("The physiotherapist and the practice, at a desk", THERAPIST, 800),
    ):
        lines += ["", f"## {heading}"]
        for shot in shots:
            if shot in taken:
                picture = f'<img src="{shot.name}.png" width="{width}" alt="{shot.title}: {shot.text}">'
                lines += ["", f"### {shot.title}", "", shot.text, "", picture]
    (PLACE / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
