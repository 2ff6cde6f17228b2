import pytest

from tools import examples

EXAMPLES = list(examples.examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.document.name}: {one.arguments}")
def test_every_example_in_the_documents_is_the_true_output_of_its_command(example: examples.Example) -> None:
    for needed in example.needs:
        if not needed.exists():
            pytest.skip(f"{needed.name} is not beside the project")
    assert examples.run(example.arguments) == example.output


def test_the_readme_works_three_complaints_out() -> None:
    worked = [one.arguments for one in EXAMPLES if one.document.name == "README.md" and "assess" in one.arguments]
    for complaint in ("ordinary-soreness", "grade-2-sprint-strain", "suspected-avulsion"):
        assert any(complaint in arguments for arguments in worked)
