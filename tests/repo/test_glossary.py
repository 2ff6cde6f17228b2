import csv
from functools import cache

import yaml

from tests.repo import markdown
from tests.repo.markdown import ROOT

GLOSSARY = markdown.rows(ROOT / "GLOSSARY.md")
DATA = ROOT / "src" / "herstel" / "knowledge" / "data"
ENGLISH, DUTCH, UNIT, MEANING, SOURCE = range(5)


@cache
def ids() -> set[str]:
    """What the glossary names in code style: the words as they stand in the data and the code."""
    return {part for row in GLOSSARY for part in row[ENGLISH].split("`")[1::2]}


def test_every_word_has_its_dutch_its_unit_its_meaning_and_its_source() -> None:
    for row in GLOSSARY:
        assert len(row) == 5, f"{row[ENGLISH]} needs five cells"
        assert all(row), f"{row[ENGLISH]} has an empty cell (a dash where there is no unit)"


def test_every_source_is_one_of_the_knowledge_or_said_to_be_none() -> None:
    files = (DATA / "sources").glob("*.yaml")
    known = {source["id"] for file in files for source in yaml.safe_load(file.read_text(encoding="utf-8"))}
    for row in GLOSSARY:
        named = row[SOURCE].split("`")[1::2]
        assert set(named) <= known, f"{row[ENGLISH]}: {row[SOURCE]} is not among the sources"
        assert named or row[SOURCE] in {"Herstel", "common use"}, f"{row[ENGLISH]}: {row[SOURCE]} is not a source"


def test_no_word_is_explained_twice() -> None:
    for column in (ENGLISH, DUTCH):
        words = [row[column].lower() for row in GLOSSARY]
        assert len(words) == len(set(words)), sorted({word for word in words if words.count(word) > 1})


def test_every_condition_is_in_the_glossary() -> None:
    conditions = yaml.safe_load((DATA / "conditions" / "conditions.yaml").read_text(encoding="utf-8"))
    listed = conditions["conditions"] if isinstance(conditions, dict) else conditions
    assert {condition["id"] for condition in listed} <= ids()


def test_every_group_and_cluster_of_findings_is_in_the_glossary() -> None:
    findings = yaml.safe_load((DATA / "findings" / "findings.yaml").read_text(encoding="utf-8"))
    groups = {finding["group"] for finding in findings["findings"] if finding.get("group")}
    assert groups | {cluster["id"] for cluster in findings["clusters"]} <= ids()


def test_every_context_and_age_band_is_in_the_glossary() -> None:
    with (DATA / "conditions" / "priors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["context"] for row in rows} | {row["age_band"] for row in rows} <= ids()


def test_every_level_of_urgency_is_in_the_glossary() -> None:
    assert {"emergency", "same_day", "gp_week", "physio", "self_care"} <= ids()
