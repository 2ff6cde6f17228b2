import gc
import socket
import stat
from pathlib import Path

import pytest

from herstel.errors import HerstelError
from herstel.text import say_problem
from herstel_web import server
from herstel_web.database_url import database_settings
from herstel_web.state import secret_key, state_folder
from tests.web import visitor

assert visitor  # sets the site up


def test_a_busy_port_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(HerstelError) as refused:
            server.make_server("127.0.0.1", port)
    (problem,) = refused.value.problems
    assert f"127.0.0.1:{port}: something else already uses port {port}" in str(problem)
    assert "herstel serve --port" in str(problem)
    assert say_problem("en", problem)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("192.0.2.1", 0)])
def test_an_address_that_is_not_ours_is_refused_with_what_to_do(host: str, port: int) -> None:
    with pytest.raises(HerstelError) as refused:
        server.make_server(host, port)
    assert "give an address of this machine" in str(refused.value)


def test_a_port_for_others_only_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("socket.create_server", forbidden)
    with pytest.raises(HerstelError, match="above 1024"):
        server.make_server("127.0.0.1", 80)


def test_what_is_there_before_the_first_answer_is_not_looked_through_again() -> None:
    gc.unfreeze()
    try:
        server.application()
        assert gc.get_freeze_count() > 100_000, "the knowledge is among it"
    finally:
        gc.unfreeze()


def test_the_secret_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    environment = {"HERSTEL_STATE": str(tmp_path / "state")}
    key = secret_key(environment)
    file = tmp_path / "state" / "secret_key"
    assert len(key) >= 50
    assert secret_key(environment) == key == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_given_secret_key_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    assert secret_key({"HERSTEL_SECRET_KEY": "given", "HERSTEL_STATE": str(tmp_path / "state")}) == "given"
    assert not (tmp_path / "state").exists()


def test_a_secret_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(HerstelError, match="Remove the file"):
        secret_key({"HERSTEL_STATE": str(tmp_path)})


def test_another_process_that_was_first_with_the_key_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret_key").write_text("k" * 60)
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path, **_: path.name != "secret_key" and exists(path))
    assert secret_key({"HERSTEL_STATE": str(tmp_path)}) == "k" * 60


def test_a_state_folder_that_cannot_be_made_gives_a_key_for_this_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    key = secret_key({"HERSTEL_STATE": str(tmp_path / "state")})
    assert len(key) >= 50
    assert "made anew at every start" in capsys.readouterr().err


def test_the_state_folder_is_the_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder({}) == tmp_path / ".local" / "state" / "herstel"
    assert state_folder({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "herstel"


def test_postgresql_compiles_no_queries_unless_its_address_asks_for_other_options() -> None:
    url = "postgresql://me@localhost/herstel"
    assert database_settings({"HERSTEL_DATABASE_URL": url})["OPTIONS"]["options"] == "-c jit=off"
    own = database_settings({"HERSTEL_DATABASE_URL": f"{url}?options=-c%20jit%3Don"})
    assert own["OPTIONS"]["options"] == "-c jit=on"
