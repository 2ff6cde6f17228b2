"""``herstel assess FILE``: one complaint from a file, assessed."""

import argparse
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from herstel.assessment.report_parts import SectionId
from herstel_cli.options import add_language, iso_date, number_between

if TYPE_CHECKING:
    from herstel_cli.options import Commands

MOST_DRAWS = 20_000
SECTIONS: tuple[str, ...] = get_args(SectionId)


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("assess", help="assess the complaint in a YAML or JSON file")
    parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")
    add_language(parser)
    parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="default: text")
    parser.add_argument("--short", action="store_true", help="text only: leave out the reasons and the sources")
    parser.add_argument(
        "--sections", nargs="+", choices=SECTIONS, metavar="SECTION", help=f"text only these: {', '.join(SECTIONS)}"
    )
    parser.add_argument("--seed", type=number_between(0, 2**31), help="seed of the uncertainty draws")
    parser.add_argument("--draws", type=number_between(1, MOST_DRAWS), help="number of draws (default: 1000)")
    parser.add_argument("--today", type=iso_date, help="count days since onset_date up to this date (default: today)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.assessment.assess import assess
    from herstel.assessment.matrix import compiled
    from herstel.assessment.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED, Draws
    from herstel.complaint.complaint_file import complaint_from_mapping
    from herstel.knowledge.load import load_knowledge
    from herstel_cli.files import read_document

    knowledge = load_knowledge()
    today = options.today or date.today()  # noqa: DTZ011 - the person's own day
    complaint = complaint_from_mapping(read_document(options.file), knowledge, today)
    count = DEFAULT_DRAWS if options.draws is None else options.draws
    seed = DEFAULT_SEED if options.seed is None else options.seed
    result = assess(complaint, knowledge, draws=Draws(compiled(knowledge), count=count, seed=seed))
    if options.format == "json":
        from herstel_cli.data import as_json

        print(as_json(result, knowledge, options.lang))
        return 0
    from herstel.assessment.report import write_report

    report = write_report(result, knowledge, options.lang)
    if options.format == "html":
        from herstel_cli.page import as_page

        print(as_page(report))
    else:
        from herstel_cli.render import as_text, terminal_width

        if options.sections:
            chosen = tuple(section for section in report.sections if section.id in options.sections)
            report = replace(report, sections=chosen)
        print(as_text(report, terminal_width(), short=options.short))
    return 0
