import pytest

from tests.unit.cli.conftest import Run


def test_the_pages_are_served_where_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[object, ...]] = []
    monkeypatch.setattr("herstel_web.server.serve", lambda *where: served.append(where))
    assert run("serve")[0] == 0
    assert run("serve", "--host", "0.0.0.0", "--port", "8010", "--lang", "en")[0] == 0
    assert served == [("127.0.0.1", 8000, "nl"), ("0.0.0.0", 8010, "en")]


def test_an_impossible_port_is_explained(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("serve", "--port", "99999")
    assert "from 0 to 65535" in capsys.readouterr().err
