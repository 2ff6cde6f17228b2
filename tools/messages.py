"""Collect the interface texts, bring the Dutch catalogues up to date and compile them. Run it with `make messages`.

Babel does the work in pure Python, so no gettext programs are needed; it only has to be told how to read a Django
template. The texts in the source are English, the catalogues hold the Dutch.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
LANGUAGE = "nl"
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(gettext|ngettext|pgettext|npgettext|_)\(({_STRING}(?:,\s*{_STRING})*)", re.DOTALL)

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def read_template(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """Yield every text of the translation tags the way Babel wants it: line, function, texts, comments."""
    source = templatize(fileobj.read().decode())
    for call in _CALL.finditer(source):
        texts = ast.literal_eval(f"({call[2]},)")
        yield source.count("\n", 0, call.start()) + 1, call[1], texts[0] if len(texts) == 1 else texts, []


@dataclass(frozen=True, kw_only=True)
class Texts:
    """One catalogue: where its texts stand, by which calls they are known, and where it is kept."""

    domain: str
    source: Path
    keywords: Mapping[str, object]
    methods: tuple[tuple[str, str | Callable[..., Iterator[Found]]], ...]
    locale: Path

    @property
    def path(self) -> Path:
        return self.locale / LANGUAGE / "LC_MESSAGES" / f"{self.domain}.po"

    def collect(self) -> Catalog:
        """The texts as they stand in the source now, untranslated."""
        catalogue = Catalog(charset="utf-8")
        found = extract_from_dir(self.source, list(self.methods), keywords=self.keywords, strip_comment_tags=True)
        for _file, _line, texts, _comments, context in found:
            catalogue.add(texts, context=context)
        return catalogue

    def read(self) -> Catalog:
        """The catalogue as it was kept, or a new one."""
        if self.path.exists():
            with self.path.open("rb") as file:
                return read_po(file, locale=LANGUAGE, domain=self.domain)
        return Catalog(
            locale=LANGUAGE,
            domain=self.domain,
            header_comment="# The Dutch interface texts of Herstel.",
            project="herstel",
            version="0.1",
            msgid_bugs_address="see CONTRIBUTING.md",
            last_translator="the Herstel contributors",
            language_team="Dutch",
            revision_date=datetime.now(tz=UTC),
            fuzzy=False,
        )


WEB = ROOT / "src" / "herstel_web"


PAGES = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}


def _catalogues_of_the_pages() -> Iterator[Texts]:
    """One catalogue for what all pages share, and one for each app."""
    apps = sorted(path.parent for path in WEB.glob("*/apps.py"))
    templates = tuple((pattern, read_template) for pattern in ("**/templates/**.html", "**/templates/**.txt"))
    for folder in (WEB, *apps):
        left_out = tuple((f"{path.name}/**", "ignore") for path in apps if folder == WEB)
        yield Texts(
            domain="django",
            source=folder,
            keywords=PAGES,
            methods=(*left_out, ("**.py", "python"), *templates, ("templates/**", read_template)),
            locale=folder / "locale",
        )


# What the domain and the command line say, and what the pages say in Django's own way.
CATALOGUES = (
    Texts(
        domain="herstel",
        source=ROOT / "src",
        keywords={"marked": None, "say": (2,), "tell": None},
        methods=(("**.py", "python"),),
        locale=ROOT / "src" / "herstel" / "locale",
    ),
    *_catalogues_of_the_pages(),
)


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts without a Dutch one."""
    return [str(message.id) for message in catalogue if message.id and not _translated(message)]


def _translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings) and not message.fuzzy


def update(one: Texts) -> Catalog | None:
    """Bring one catalogue up to date and compile it; None when there are no texts for it."""
    now = one.collect()
    if not len(now):
        return None
    catalogue = one.read()
    catalogue.update(now, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    one.path.parent.mkdir(parents=True, exist_ok=True)
    with one.path.open("wb") as file:
        write_po(file, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    with one.path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return catalogue


def main() -> None:
    """Update every catalogue and say what still has to be translated."""
    for one in CATALOGUES:
        catalogue = update(one)
        if catalogue is None:
            continue
        missing = untranslated(catalogue)
        print(f"{one.path.relative_to(ROOT)}: {len(catalogue)} texts, {len(missing)} still to be translated")
        for text in missing:
            print(f"    {text}")


if __name__ == "__main__":
    main()
