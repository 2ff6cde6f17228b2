"""Every reason for refusing has a picture of what to do differently."""

import xml.etree.ElementTree as ET

import pytest

from herstel.movement.model import CODES, Code
from herstel.movement.remedy_picture import remedy_svg, remedy_symbols


@pytest.mark.parametrize("code", CODES)
def test_every_reason_has_a_picture_of_its_own(code: Code) -> None:
    picture = ET.fromstring(remedy_svg(code))
    assert picture.tag.endswith("svg")
    assert len(picture) > 2
    assert remedy_svg(code) != remedy_svg(next(other for other in CODES if other != code))


def test_all_of_them_stand_in_one_file_for_a_page() -> None:
    symbols = ET.fromstring(remedy_symbols())
    assert {one.attrib["id"] for one in symbols} == {f"remedy-{code}" for code in CODES}


def test_a_reason_without_a_picture_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match=r"there is no picture for hiccups; draw it in remedies\.svg"):
        remedy_svg("hiccups")  # type: ignore[arg-type]
