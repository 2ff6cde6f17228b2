"""A line of a report: nothing that the domain writes in it may be missing on a page."""

import pytest
from django.template.loader import render_to_string

from herstel.assessment.report import Line, Section
from herstel_web.reporting import shown_section

WHOLE = {"mark": "The name.", "text": "The text.", "detail": "The reason.", "sources": ("The source.",)}


@pytest.mark.parametrize("heading", [False, True], ids=["a line", "a heading"])
@pytest.mark.parametrize("missing", [None, "mark", "detail", "sources"])
@pytest.mark.parametrize("section", ["act", "findings"])
def test_everything_in_a_line_is_on_the_page(heading: bool, missing: str | None, section: str) -> None:
    told = {name: value for name, value in WHOLE.items() if name != missing}
    line = Line(heading=heading, **told)  # type: ignore[arg-type]
    shown = shown_section(Section(id=section, title="Title", lines=(line,)))
    page = render_to_string("report/section.html", {"shown": shown})
    for value in told.values():
        assert (value if isinstance(value, str) else value[0]) in page
