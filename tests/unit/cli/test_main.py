import io
import runpy
import subprocess
import sys
from types import SimpleNamespace

import pytest

from herstel import __version__
from herstel_cli import assess, main
from tests.unit.cli.conftest import Run

HEAVY = ("numpy", "scipy", "ortools", "icalendar", "tqdm", "yaml", "pydantic", "django", "herstel_web")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, timeout=60)


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    show = "import sys, herstel_cli.main as m; m.make_parser().print_help()"
    output = python("-c", f"{show}; print([name for name in {HEAVY} if name in sys.modules])").stdout
    steps = ("check", "assess", "chain", "plan", "progress", "forecast", "tour")
    for command in (*steps, "learn", "serve", "knowledge", "evaluate", "simulate"):
        assert f"\n    {command}" in output
    assert output.strip().endswith("[]")


def test_importing_the_package_loads_nothing_heavy() -> None:
    output = python("-c", f"import sys, herstel; print([n for n in {HEAVY} if n in sys.modules])").stdout
    assert output.strip() == "[]"


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    code, out, _ = run()
    assert code == main.WRONG_INPUT
    assert out.startswith("usage: herstel")


def test_the_version_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--version")
    assert ended.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_an_error_is_a_line_for_each_problem_and_no_traceback(run: Run) -> None:
    code, out, err = run("assess", "-", "--lang", "en", stdin=b"{age_years: 3, sex: x}")
    assert (code, out) == (main.WRONG_INPUT, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["age_years", "sex"]


def test_the_package_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["herstel", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("herstel_cli", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"herstel {__version__}\n"


def test_ctrl_c_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(assess, "run", interrupted)
    code, _, err = run("assess", "-", "--lang", "en")
    assert (code, err) == (main.INTERRUPTED, "\nStopped.\n")


def test_a_reader_that_goes_away_is_no_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(options: object) -> int:
        raise BrokenPipeError

    closed: list[tuple[int, int]] = []
    monkeypatch.setattr(assess, "run", gone)
    nowhere = SimpleNamespace(open=lambda *_: 7, dup2=lambda *ends: closed.append(ends), devnull="", O_WRONLY=0)
    monkeypatch.setattr(main, "os", nowhere)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    code, _, err = run("assess", "-")
    assert (code, err, closed) == (main.READER_GONE, "", [(7, 1)])


def test_a_pipe_that_is_closed_early_leaves_no_traceback() -> None:
    command = [sys.executable, "-m", "herstel_cli", "knowledge", "show", "proximal_avulsion"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == main.READER_GONE


def test_a_terminal_without_the_right_characters_still_works(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", ascii_only)
    assert main.main(["knowledge", "show", "doms"]) == 0
    ascii_only.seek(0)
    assert "doms" in ascii_only.read()


def test_a_stream_that_cannot_be_reconfigured_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main.main(["knowledge", "check"]) == 0
