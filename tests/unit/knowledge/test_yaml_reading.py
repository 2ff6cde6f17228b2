from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from herstel.knowledge.yaml_reading import read_yaml


def test_yaml_is_read_as_plain_values() -> None:
    assert read_yaml("age: 34\nplaces: [left.calf]\npop: yes\n") == {"age": 34, "places": ["left.calf"], "pop": True}
    assert read_yaml("") is None


@pytest.mark.parametrize("text", ["pop: yes\npop: no\n", "a: {limp: 1, b: 2, limp: 3}", "- {x: 1, x: 1}"])
def test_a_key_that_is_given_twice_is_refused_and_named(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match=r"the key '(pop|limp|x)' occurs twice"):
        read_yaml(text)


def test_the_same_key_in_different_mappings_is_fine() -> None:
    assert read_yaml("- {id: a}\n- {id: b}\n") == [{"id": "a"}, {"id": "b"}]


def test_a_mapping_may_take_over_another_and_change_a_part() -> None:
    assert read_yaml("- &first {a: 1, b: 2}\n- {<<: *first, b: 3}\n") == [{"a": 1, "b": 2}, {"a": 1, "b": 3}]


@pytest.mark.parametrize(
    "text", ["{[a, b]: c}", "? {a: 1}\n: b\n", "&a {*a : b}", "{a: ", "!!python/object:os.system {}"]
)
def test_what_is_no_plain_yaml_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(text)


@pytest.mark.parametrize("text", ["date: 2026-13-45", "!!timestamp x", "!!bool x", "!!int x"])
def test_a_value_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="a value cannot be read"):
        read_yaml(text)


@given(st.text(alphabet="ab:{}[],&*!?'\"-# \n<1", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(yaml.YAMLError):
        read_yaml(text)
