"""Whether the libraries that read a video are installed."""

from importlib.util import find_spec

from herstel.errors import InputError, Problem, marked

LIBRARIES = {"av": "av", "ai_edge_litert": "ai-edge-litert", "cv2": "opencv-python-headless"}
"""What is imported, and the package that brings it: together the extra ``video``."""


def not_installed() -> tuple[str, ...]:
    """The packages of the extra ``video`` that are missing."""
    return tuple(package for module, package in LIBRARIES.items() if find_spec(module) is None)


def check_installed() -> None:
    """Refuse to begin what could not be done.

    Raises
    ------
    InputError
        When a package that reads videos is missing.
    """
    lacking = not_installed()
    if lacking:
        reason = marked("These packages, which read a video, are not installed here.")
        raise InputError([Problem(thing=", ".join(lacking), reason=reason, remedy=INSTALL)])


INSTALL = marked('Install them: pip install "herstel[video]"')
