"""What to do differently when a recording is refused, as a small picture for each reason."""

import re
from functools import cache
from pathlib import Path

from herstel.movement.model import Code

SYMBOLS = Path(__file__).parent / "data" / "remedies.svg"
_OWN_FILE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="256" height="256">
<style>svg {{ fill: none; stroke: #1d2b2a; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }}
.ground {{ fill: #fdfbf4; stroke: none; }} .frame {{ stroke: #83918f; stroke-width: 2; }} .way {{ stroke: #b4532a; }}
.ray {{ stroke: #83918f; stroke-dasharray: 3 4; }}
text {{ fill: #1d2b2a; stroke: none; font: 700 17px sans-serif; }}</style>
<rect class="ground" width="64" height="64"/>
{shapes}
</svg>
"""


@cache
def remedy_symbols() -> str:
    """All of them, to stand once in a page, where ``<use href="#remedy-CODE"/>`` shows one."""
    return SYMBOLS.read_text(encoding="utf-8")


def remedy_svg(code: Code) -> str:
    """One of them, as a file of its own."""
    found = re.search(rf'<symbol id="remedy-{code}"[^>]*>(.*?)</symbol>', remedy_symbols())
    if found is None:
        raise ValueError(f"there is no picture for {code}; draw it in {SYMBOLS.name}")
    return _OWN_FILE.format(shapes=found[1])
