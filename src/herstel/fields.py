"""Reads the fields of a mapping from outside, collects what is wrong with them and goes on.

Every problem names the field by its path, such as ``check_ins.3.pain_now``, the reason and the remedy.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from herstel.errors import InputError, Problem, marked

T = TypeVar("T", bound=str)


class Fields:
    """The fields of one mapping; ``path`` is where it stands in the file, "" for the file itself.

    All readers return None for a field that is missing, null or wrong; a wrong one is told as a problem.
    """

    def __init__(
        self, raw: object, known: Sequence[str], path: str = "", problems: list[Problem] | None = None
    ) -> None:
        self.path = path
        self.problems: list[Problem] = [] if problems is None else problems
        self._raw: dict[str, object] = {}
        if isinstance(raw, Mapping):
            self._raw = {str(key): value for key, value in raw.items() if value is not None}
        else:
            reason, remedy = marked("{value!r} is not a list of names with values."), marked("Use: {allowed}.")
            self.problems.append(_problem(path or "file", reason, remedy, value=raw, allowed=", ".join(known)))
        for field in self._raw:
            if field not in known:
                reason, remedy = marked("there is no field of this name."), marked("Choose from: {allowed}.")
                self.wrong(field, reason, remedy, allowed=", ".join(known))

    def __contains__(self, field: str) -> bool:
        return field in self._raw

    def get(self, field: str) -> object:
        """What stands there, unread."""
        return self._raw.get(field)

    def wrong(self, field: str, reason: str, remedy: str, /, **values: object) -> None:
        """Tell a problem with a field; ``reason`` and ``remedy`` are catalogue texts."""
        self.problems.append(_problem(self.at(field), reason, remedy, **values))

    def at(self, field: str) -> str:
        """The path of a field."""
        return f"{self.path}.{field}" if self.path else field

    def required(self, *fields: str) -> None:
        """Tell which of these are missing."""
        for field in fields:
            if field not in self._raw:
                self.wrong(field, marked("this field is missing."), marked("Add it."))

    def number(self, field: str, low: float, high: float) -> float | None:
        """A finite number in a range, both ends included."""
        value = self._raw.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            reason, remedy = marked("{value!r} is not possible here."), marked("Give a number from {low} to {high}.")
            self.wrong(field, reason, remedy, value=value, low=f"{low:g}", high=f"{high:g}")
            return None
        return float(value)

    def whole(self, field: str, low: int, high: int) -> int | None:
        """A whole number in a range, both ends included."""
        value = self.number(field, low, high)
        if value is not None and value != int(value):
            reason, remedy = marked("{value!r} is not a whole number."), marked("Give one from {low} to {high}.")
            self.wrong(field, reason, remedy, value=value, low=low, high=high)
            return None
        return None if value is None else int(value)

    def choice(self, field: str, allowed: Sequence[T]) -> T | None:
        """One of the words allowed."""
        value = self._raw.get(field)
        for one in allowed:
            if value == one and isinstance(value, str):
                return one
        if value is not None:
            reason, remedy = marked("{value!r} is not possible here."), marked("Choose from: {allowed}.")
            self.wrong(field, reason, remedy, value=value, allowed=", ".join(allowed))
        return None

    def flag(self, field: str) -> bool | None:
        """Yes or no."""
        value = self._raw.get(field)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(field, marked("{value!r} is not possible here."), marked("Write true or false."), value=value)
        return None

    def text(self, field: str, longest: int = 500) -> str:
        """A text; "" when missing."""
        value = self._raw.get(field)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > longest:
            reason, remedy = marked("this is not a text, or it is too long."), marked("At most {longest} characters.")
            self.wrong(field, reason, remedy, longest=longest)
            return ""
        return value.strip()

    def day(self, field: str, earliest: date, latest: date) -> date | None:
        """A date between two days, both included."""
        value = self._raw.get(field)
        if value is None:
            return None
        found = as_date(value)
        if found is None:
            reason = marked("{value!r} is not a date.")
        elif found > latest:
            reason = marked("{value} lies too late.")
        elif found < earliest:
            reason = marked("{value} lies too early.")
        else:
            return found
        remedy = marked("Write a day from {earliest} to {latest}, as year-month-day.")
        self.wrong(field, reason, remedy, value=str(value), earliest=earliest, latest=latest)
        return None

    def listed(self, field: str) -> Iterator[tuple[str, object]]:
        """The items of a list with the path of each."""
        value = self._raw.get(field)
        if value is not None and not isinstance(value, list | tuple):
            self.wrong(field, marked("{value!r} is not a list."), marked("Begin each item with a dash."), value=value)
            return
        for number, item in enumerate(value or (), start=1):
            yield f"{self.at(field)}.{number}", item

    def mapping(self, field: str) -> Mapping[str, object]:
        """Names with values; empty when missing."""
        value = self._raw.get(field)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            reason = marked("{value!r} is not a list of names with values.")
            remedy = marked("Write one name on a line with its value, such as 'name: value'.")
            self.wrong(field, reason, remedy, value=value)
            return {}
        return {str(key): part for key, part in value.items()}

    def words(self, field: str, allowed: Sequence[T]) -> tuple[T, ...]:
        """A list of words, each one of those allowed."""
        found: list[T] = []
        for path, item in self.listed(field):
            match = next((one for one in allowed if one == item), None)
            if match is None:
                reason, remedy = marked("{value!r} is not possible here."), marked("Choose from: {allowed}.")
                self.problems.append(_problem(path, reason, remedy, value=item, allowed=", ".join(allowed)))
            else:
                found.append(match)
        return tuple(found)

    def stop_if_wrong(self) -> None:
        """Raise every problem found so far.

        Raises
        ------
        InputError
        """
        if self.problems:
            raise InputError(self.problems)


def as_date(value: object) -> date | None:
    """A day from what YAML or JSON holds; None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _problem(thing: str, reason: str, remedy: str, /, **values: object) -> Problem:
    return Problem(thing=thing, reason=reason, remedy=remedy, values=values)
