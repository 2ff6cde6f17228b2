import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from herstel_cli.main import main
from tests.unit.cli.conftest import WHOLE, Run


def test_a_record_is_written_as_a_zip_that_the_tour_reads_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out" / "me.zip"
    code, out, err = run("export", WHOLE, "--to", file, "--lang", "en")
    assert (code, out) == (0, "")
    assert str(file) in err
    with ZipFile(file) as archive:
        archive.extract("case.json", tmp_path)
        assert json.loads(archive.read("bundle.json"))["language"] == "en"
    assert run("tour", tmp_path / "case.json")[1] == run("tour", WHOLE)[1]


def test_the_id_of_the_person_is_the_one_given_or_the_name_of_the_case(run: Run, tmp_path: Path) -> None:
    named = []
    for more in ([], ["--id", "7f3a"]):
        run("export", WHOLE, "--to", tmp_path / "me.zip", *more)
        with ZipFile(tmp_path / "me.zip") as archive:
            named.append(json.loads(archive.read("ndjson/Patient.ndjson"))["identifier"][0]["value"])
    assert named == ["A footballer, six weeks", "7f3a"]


def test_it_can_go_to_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", str(WHOLE), "--to", "-"]) == 0
    with ZipFile(io.BytesIO(capsysbinary.readouterr().out)) as archive:
        assert "bundle.json" in archive.namelist()


def test_without_a_place_to_write_to_it_says_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("export", WHOLE)
    assert stopped.value.code == 2
    assert "--to" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_or_written_is_told(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", tmp_path / "nobody.yaml", "--to", tmp_path / "me.zip", "--lang", "en")
    assert code == 2
    assert "cannot be opened" in err
    code, _, err = run("export", WHOLE, "--to", tmp_path, "--lang", "en")
    assert code == 2
    assert "cannot be written" in err
