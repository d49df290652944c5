"""The write gate of the SQLite backend, on database files of its own."""

import fcntl
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from jembol.config.sqlite_gate.gate import Gate, GateShut
from processes import wait_until

HOLD = """
import sys, time
from pathlib import Path
from jembol.config.sqlite_gate.gate import Gate
gate = Gate(Path(sys.argv[1]), patience_s=5)
gate.take()
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "city.sqlite3"


@pytest.fixture
def door(file, django_db_blocker):
    """Connect as alias `door` to a database file of its own with the gate."""
    of = {
        **connections.settings["default"],
        "ENGINE": "jembol.config.sqlite_gate",
        "NAME": file,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0.2},
    }
    connections.settings["door"] = of
    connection = connections["door"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE city (id INTEGER PRIMARY KEY)")
            cursor.execute(
                "CREATE TABLE visit (city_id INT REFERENCES city(id) DEFERRABLE INITIALLY DEFERRED)"
            )
        yield connection
        connection.close()
    del connections["door"]
    del connections.settings["door"]


def waiting_at(path):
    """Count who waits for a lock on this file, as the kernel lists them."""
    inode = f":{Path(path).stat().st_ino} "
    locks = Path("/proc/locks").read_text().splitlines()
    return sum("->" in line and inode in line for line in locks)


def is_free(file):
    with closing(Gate(file, patience_s=0)) as gate:
        try:
            gate.take()
        except GateShut:
            return False
    return True


def write(connection):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO city DEFAULT VALUES")


def write_in_a_transaction(connection):
    with transaction.atomic(using="door"):
        write(connection)


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_writers_enter_in_the_order_in_which_they_came(file):
    holder = Gate(file, patience_s=60)
    holder.take()
    order = []

    def enter(place):
        with closing(Gate(file, patience_s=60)) as gate:
            gate.take()
            order.append(place)
            gate.release()

    writers = [threading.Thread(target=enter, args=(place,)) for place in range(12)]
    for place, writer in enumerate(writers):
        writer.start()
        # The first of the queue holds the turnstile and looks at the gate; the others wait.
        if place == 0:
            wait_until(lambda: not turnstile_is_free(file), what="the first in the queue")
        wait_until(lambda p=place: waiting_at(f"{file}-turnstile") == p, what="the next in queue")
    holder.release()
    for writer in writers:
        writer.join()

    assert order == list(range(12))


def turnstile_is_free(file):
    with Path(f"{file}-turnstile").open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_one_who_leaves_and_comes_back_stands_behind_those_who_wait(file):
    order = []
    gate = Gate(file, patience_s=60)
    gate.take()

    def enter():
        with closing(Gate(file, patience_s=60)) as other:
            other.take()
            order.append("waited")

    writer = threading.Thread(target=enter)
    writer.start()
    wait_until(lambda: not turnstile_is_free(file), what="the waiting writer")
    gate.release()
    gate.take()
    order.append("came back")
    gate.close()
    writer.join()

    assert order == ["waited", "came back"]


def test_the_kernel_opens_the_gate_when_its_holder_is_killed(file):
    words = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        assert not is_free(file)

        holder.send_signal(signal.SIGKILL)
        holder.wait(30)

    assert is_free(file)


def test_a_transaction_holds_the_gate_until_its_commit(file, door):
    with transaction.atomic(using="door"):
        write(door)
        held = not is_free(file)

    assert held
    assert is_free(file)


def test_a_nested_block_does_not_open_the_gate(file, door):
    with transaction.atomic(using="door"):
        with transaction.atomic(using="door"):
            write(door)

        assert not is_free(file)


def test_an_exception_opens_the_gate(file, door):
    def write_and_fail():
        with transaction.atomic(using="door"):
            write(door)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    assert is_free(file)


def test_a_refused_commit_opens_the_gate(file, door):
    def visit_no_city():
        with transaction.atomic(using="door"), door.cursor() as cursor:
            cursor.execute("INSERT INTO visit VALUES (99)")

    with pytest.raises(IntegrityError):
        visit_no_city()

    assert is_free(file)


def test_closing_in_the_middle_of_a_transaction_opens_the_gate(file, door):
    def close_too_early():
        with transaction.atomic(using="door"):
            write(door)
            door.close()
            assert is_free(file)

    close_too_early()

    assert is_free(file)


def test_a_single_write_outside_a_transaction_waits_at_the_gate_too(file, door):
    with closing(Gate(file, patience_s=1)) as other:
        other.take()

        with pytest.raises(OperationalError, match="database is locked"):
            write(door)

    write(door)
    assert is_free(file)


def test_a_transaction_gives_up_at_a_shut_gate_as_it_would_at_a_locked_file(file, door):
    with closing(Gate(file, patience_s=1)) as other:
        other.take()

        with pytest.raises(OperationalError, match="database is locked"):
            write_in_a_transaction(door)

    write_in_a_transaction(door)
    assert is_free(file)


def test_readers_never_wait_at_the_gate(file, door):
    with closing(Gate(file, patience_s=1)) as other, door.cursor() as cursor:
        other.take()

        cursor.execute("SELECT count(*) FROM city")

        assert cursor.fetchone() == (0,)


def test_the_gate_can_be_switched_off_for_comparison(file, door):
    door.close()
    door.settings_dict["OPTIONS"]["gate"] = False
    with closing(Gate(file, patience_s=1)) as other:
        other.take()

        write(door)

    assert door.gate is None


def test_a_connection_leaves_no_open_files_behind(door):
    door.ensure_connection()
    before = open_files()

    for _time in range(5):
        door.close()
        door.ensure_connection()

    assert open_files() == before
