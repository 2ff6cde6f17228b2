import re

from tests.repo.markdown import ROOT

SETTING = re.compile(r"HERSTEL_[A-Z_]+")


def test_every_setting_is_told_to_who_runs_a_practice() -> None:
    settings = (ROOT / "src" / "herstel_web" / "settings.py").read_text(encoding="utf-8")
    listed = set(SETTING.findall(settings.split('"""')[1]))
    told = (ROOT / "docs" / "how-to" / "run-a-practice.md").read_text(encoding="utf-8")
    assert listed
    assert listed <= set(re.findall(r"^\| `(HERSTEL_[A-Z_]+)` \|", told, flags=re.MULTILINE))
