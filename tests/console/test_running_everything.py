"""`jembol run`: one command prepares, serves, works, and leaves nothing behind."""

import os
import signal
import socket

import pytest
from deployments import Deployment, is_alive

from jembol.accounts.choices import Role
from jembol.console.demo.sign_ins import DEMO_OFFICERS
from processes import wait_until

pytestmark = pytest.mark.server
COUNTRY_LOADED = "SELECT COUNT(*) FROM journal_fact WHERE event = 'places.country.loaded'"


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    """A deployment after its first start, without a demo city."""
    made = Deployment(tmp_path_factory.mktemp("deployment"))
    made.first = made.start("--no-demo")
    made.first.stop()
    yield made
    made.end()


@pytest.fixture
def running(deployment):
    run = deployment.start("--no-demo")
    yield run
    run.kill_all()


def test_the_first_start_loads_the_country_and_tells_the_address(deployment):
    areas = int(deployment.ask("SELECT COUNT(*) FROM places_area"))

    assert deployment.first.address in deployment.first.output
    assert areas > 80_000
    assert (deployment.state / "static/staticfiles.json").exists()


def test_a_second_start_keeps_the_data_and_repeats_no_load(deployment):
    manifest = deployment.state / "static/staticfiles.json"
    before = (manifest.stat().st_mtime_ns, deployment.ask(COUNTRY_LOADED))

    run = deployment.start("--no-demo")
    run.stop()

    assert (manifest.stat().st_mtime_ns, deployment.ask(COUNTRY_LOADED)) == before
    assert before[1] == "1"
    assert "Applying" not in run.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_starts_answers_and_stops_with_all_its_processes(deployment, number):
    run = deployment.start("--no-demo")
    status = run.status()
    family = run.family()

    code = run.stop(number)

    assert status < 500
    assert len(family) >= 4, "the server, its two processes, and the worker"
    assert code == 0, run.output
    assert [pid for pid in family if is_alive(pid)] == []


def test_a_port_in_use_is_refused_in_one_line_before_anything_is_made(tmp_path):
    untouched = Deployment(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = untouched.call("run", "--port", port, check=False)
    untouched.end()

    assert done.returncode == 1
    assert str(port) in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert not (untouched.state / "jembol.sqlite3").exists()


def test_a_second_jembol_on_the_same_port_is_refused(running, deployment):
    done = deployment.call("run", "--no-demo", "--port", running.port, check=False)

    assert done.returncode == 1
    assert running.status() < 500


@pytest.mark.parametrize("word", ["worker", "gunicorn"])
def test_a_killed_child_is_started_again(running, word):
    first = running.child(word)

    os.kill(first, signal.SIGKILL)

    def another():
        # A killed process is there for a moment yet.
        return (found := running.child(word)) != first and found

    assert wait_until(another, what=f"a new {word}")
    assert running.status() < 500
    assert "SIGKILL" in running.output


def test_a_killed_supervisor_leaves_no_process_and_no_port_behind(running, deployment):
    family = running.family()

    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait(30)

    wait_until(lambda: not any(map(is_alive, family)), what="the end of every child")
    again = deployment.start("--no-demo", port=running.port)
    assert again.status() < 500
    again.stop()


def test_an_unreachable_database_is_told_in_one_line(deployment):
    if deployment.database is None:
        # SQLite opens any path that it may write: a folder in its place cannot be opened.
        blocked = deployment.state.parent / "blocked"
        (blocked / "jembol.sqlite3").mkdir(parents=True)
        environment = {"JEMBOL_STATE": str(blocked)}
    else:
        environment = {"JEMBOL_DATABASE_URL": "postgresql://nobody:x@127.0.0.1:9/none"}
    done = deployment.call("setup", check=False, **environment)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_demo_tells_one_sign_in_for_each_role(deployment):
    run = deployment.start()
    run.stop()

    by_name = {officer.username: officer.role for officer in DEMO_OFFICERS}
    lines = run.output.partition(run.address)[2].splitlines()
    told = [line.split()[0] for line in lines if line.startswith("  ")]
    assert [by_name[name] for name in told] == list(Role)
