"""Nothing that was acknowledged is lost when a process is killed (SIGKILL), and nothing is done by half."""

from random import Random

from tests.web.installation import Installation, wait_for

ROUNDS = 3


def test_every_write_that_was_acknowledged_survives_a_kill(in_use: Installation) -> None:
    random, told = Random(4), []
    for _ in range(ROUNDS):
        with in_use.program("write", "100000") as writer:
            assert writer.stdout is not None
            told += [writer.stdout.readline().strip() for _ in range(random.randrange(5, 40))]
            writer.kill()
            told += [line for line in writer.stdout.read().split("\n")[:-1] if line]
    there = in_use.lines("keys")  # it also counts the facts of every case
    assert set(told) <= set(there)
    assert len(there) <= len(set(told)) + 2 + ROUNDS, "at most one a round that was recorded but not yet told"
    in_use.lines("record", told[-1])  # sent again, because nobody knew whether it had arrived
    assert in_use.lines("keys") == there
    assert in_use.lines("rows"), "the database is whole"


def test_a_job_whose_worker_was_killed_is_done_once(in_use: Installation) -> None:
    in_use.lines("check_in")
    with in_use.program("work_slowly") as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "begun\n"
        worker.kill()
    assert in_use.lines("concluded")[0] == "2 of 3"
    assert in_use.lines("work") == ["SUCCESSFUL 2"]
    assert in_use.lines("concluded") == ["3 of 3", "1", "0"]


def test_a_server_that_was_killed_starts_again_with_everything(in_use: Installation) -> None:
    before = set(in_use.lines("keys"))
    with in_use.served() as served, in_use.program("write", "100000") as writer:
        assert writer.stdout is not None
        told = {writer.stdout.readline().strip() for _ in range(10)}
        served.process.kill()
        writer.kill()
    with in_use.served() as again:
        wait_for(lambda: again.status("/readyz") == 200)
        assert again.status("/") == 200
    assert before | told <= set(in_use.lines("keys"))
