"""``herstel doctor``: says what is wrong with an installation, and how to mend it."""

import argparse
import json
from typing import TYPE_CHECKING

from herstel.text import Language, say
from herstel_cli.options import add_language

if TYPE_CHECKING:
    from herstel_cli.options import Commands
    from herstel_web.operation.finding import Finding

SOMETHING_WRONG = 1


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("doctor", help="say what is wrong with this installation, and how to mend it")
    parser.add_argument("--json", action="store_true", help="print what is found as data")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_web.operation.doctor import examine

    found = []
    for finding in examine():
        found.append(finding)
        if not options.json:
            print(_line(finding, options.lang))
    wrong = sum(one.state == "wrong" for one in found)
    if options.json:
        print(json.dumps([one.in_words(options.lang) for one in found], ensure_ascii=False, indent=1))
    elif wrong:
        print(say(options.lang, "Wrong: {count}.", count=wrong))
    else:
        print(say(options.lang, "Nothing is wrong."))
    return SOMETHING_WRONG if wrong else 0


def _line(finding: "Finding", language: Language) -> str:
    from herstel_web.operation.finding import WORDS

    told = finding.in_words(language)
    word = say(language, WORDS[finding.state])
    return f"[{word}] {told['subject']}: {told['seen']} {told['remedy']}".rstrip()
