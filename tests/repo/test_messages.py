import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tools.messages import CATALOGUES, Texts, read_template, untranslated

IN_USE = [one for one in CATALOGUES if len(one.collect())]


def texts(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


@pytest.mark.parametrize("one", IN_USE, ids=lambda one: f"{one.domain}-{one.locale.parent.name}")
def test_every_interface_text_has_a_dutch_one(one: Texts) -> None:
    assert texts(one.collect()) == texts(one.read()), "run make messages, then translate what is new"
    assert not untranslated(one.read()), "translate these, then run make messages"


@pytest.mark.parametrize("one", IN_USE, ids=lambda one: f"{one.domain}-{one.locale.parent.name}")
def test_the_compiled_catalogue_is_that_of_its_source(one: Texts) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, one.read())
    assert one.path.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run make messages"


def test_the_texts_of_a_template_are_found() -> None:
    template = b"""
    <h1>{% translate "Where does it hurt?" %}</h1> {{ _('Next') }} {% translate 'May' context "month" %}
    {% blocktranslate count n=n %}one question (left){% plural %}{{ n }} questions{% endblocktranslate %}
    """
    found = [(function, texts) for _, function, texts, _ in read_template(io.BytesIO(template), {}, (), {})]
    assert found == [
        ("gettext", "Where does it hurt?"),
        ("_", "Next"),
        ("pgettext", ("month", "May")),
        ("ngettext", ("one question (left)", "%(n)s questions")),
    ]


def test_one_english_text_has_one_dutch_text_in_all_pages() -> None:
    """The pages see all their catalogues as one, so of two different texts one would appear nowhere."""
    found: dict[tuple[object, object], set[object]] = {}
    for one in IN_USE:
        if one.domain == "django":
            for message in one.read():
                found.setdefault((message.context, message.id), set()).add(message.string)
    found.pop((None, ""))  # the heads of the catalogues
    several = {key: told for key, told in found.items() if len(told) > 1}
    assert not several, "choose one text, or give one of them a context (pgettext)"
    assert len(found) > 1000
