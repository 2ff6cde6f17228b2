"""What is kept of a visit in the visitor's own cookie: answers, and nothing concluded from them."""

from collections.abc import Mapping

from django.http import HttpRequest

from herstel_web.self_check import bridge
from herstel_web.self_check.bridge import Answers, Recheck
from herstel_web.visit_cookie import visit_of

ANSWERS, BEFORE, SEEN, NOTICE, RECHECK = "answers", "before", "seen", "notice", "recheck"


class Visit:
    """One visitor's answers, read from the session and written back to it."""

    def __init__(self, request: HttpRequest) -> None:
        self._session = visit_of(request)
        kept = self._session.get(ANSWERS)
        raw = kept if isinstance(kept, Mapping) else {}
        self.answers: Answers = bridge.still_valid(raw)
        if len(self.answers) < len(raw):  # the question bank is newer than the cookie
            self._session[ANSWERS] = self.answers
            self.leave_notice("changed")
        if self._session.lost:
            self._session.lost = False
            self.leave_notice("lost")

    @property
    def seen(self) -> list[str]:
        """Emergency rules whose call to act was shown and passed."""
        kept = self._session.get(SEEN)
        return [str(one) for one in kept] if isinstance(kept, list) else []

    @property
    def recheck(self) -> Recheck | None:
        """The re-check this visitor is in or has done."""
        kept = self._session.get(RECHECK)
        return Recheck.from_session(kept) if isinstance(kept, Mapping) else None

    def look_again(self, recheck: Recheck, answers: Answers) -> bool:
        """Begin a re-check with the answers that stand; False when the cookie would grow too large."""
        self._session[RECHECK] = recheck.for_session()
        if not self.keep(answers):
            self._session.pop(RECHECK)
            return False
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there are earlier answers to go back to."""
        return bool(self._session.get(BEFORE)) and not self.answers

    def keep(self, answers: Answers) -> bool:
        """Keep these answers; earlier ones that could still be brought back are erased for good.

        False, and nothing is changed, when a browser would not keep a cookie of that size.
        """
        self._session[ANSWERS] = answers
        self._session.pop(BEFORE, None)
        if not self._session.fits():
            self._session[ANSWERS] = self.answers
            return False
        self.answers = answers
        return True

    def keep_seen(self, flags: list[str]) -> None:
        if flags != self.seen:
            self._session[SEEN] = flags

    def start_over(self) -> None:
        """Begin without answers; the old ones can be brought back until the first new answer."""
        if self.answers:
            self._session[BEFORE] = self.answers
        for key in (ANSWERS, SEEN, RECHECK):
            self._session.pop(key, None)
        self.answers = {}

    def undo(self) -> bool:
        """Bring back the answers from before starting over."""
        before = self._session.get(BEFORE)
        return self.can_undo and isinstance(before, Mapping) and self.keep(bridge.still_valid(before))

    def erase(self) -> None:
        """Erase everything; nothing can be brought back."""
        self._session.flush()
        self.answers = {}

    def leave_notice(self, notice: str) -> None:
        """Something to say on the next page that is shown."""
        self._session[NOTICE] = notice

    def take_notice(self) -> str:
        """What was to be said, once."""
        notice = str(self._session.pop(NOTICE, ""))
        if notice and not self._session.keys():
            self._session.flush()  # no cookie is better than an empty one
        return notice
