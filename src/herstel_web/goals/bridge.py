"""The one place where the goal reaches the domain: what may be chosen, with its words."""

from herstel.plan.goal_file import WEEKDAYS
from herstel.plan.model import EVENT_KINDS, FEARS, GOAL_KINDS, MANAGED, SPORT_KINDS, SPORT_LEVELS
from herstel.text import Language
from herstel_web.knowledge import knowledge

__all__ = ["EVENT_KINDS", "FEARS", "GOAL_KINDS", "MANAGED", "SPORT_KINDS", "SPORT_LEVELS", "WEEKDAYS"]


def equipment(language: Language) -> list[tuple[str, str]]:
    """What not everybody has at home, by id and name."""
    return [(one.id, one.name[language]) for one in knowledge().exercises.equipment.values() if not one.household]


def reasons_to_name(language: Language) -> list[tuple[str, str]]:
    """Reasons to leave exercises out that the complaint does not show, so that somebody has to name them."""
    found = knowledge().exercises.contraindications.values()
    return [(one.id, one.name[language]) for one in found if one.when is None]
