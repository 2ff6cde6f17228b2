from tools import movement_tables


def test_the_tables_about_movement_are_those_of_the_knowledge() -> None:
    assert movement_tables.PAGE.read_text(encoding="utf-8") == movement_tables.page(), (
        "run tools/movement_tables.py to bring the page up to date"
    )
