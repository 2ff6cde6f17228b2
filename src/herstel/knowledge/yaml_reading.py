"""YAML that may not say a thing twice: in plain YAML the second of two equal keys silently wins."""

from typing import Any

import yaml


class _StrictLoader(yaml.CSafeLoader):
    """Refuses a mapping with the same key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        scalars = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]  # other keys PyYAML refuses itself
        keys = [key.value for key in scalars if key.tag != "tag:yaml.org,2002:merge"]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice!r} occurs twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """The text as plain lists and mappings.

    Raises
    ------
    yaml.YAMLError
        When it is not YAML, or a key occurs twice in one mapping.
    """
    try:
        return yaml.load(text, _StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # how PyYAML fails on the 32nd of a month
        raise yaml.YAMLError(f"a value cannot be read: {error}") from error
