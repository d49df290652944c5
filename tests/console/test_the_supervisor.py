"""The supervisor alone, with small programs in the place of server and worker."""

import signal
import subprocess
import sys
import time
from itertools import islice

import pytest
from deployments import is_alive

from jembol.console import supervisor
from jembol.console.supervisor import Child, Program
from processes import wait_until

SUPERVISE = """
import sys
from jembol.console import supervisor
from jembol.console.supervisor import Program, Supervisor

supervisor.GRACE_S = 0.5
program = Program(name="stubborn", words=(sys.executable, "-c", sys.argv[1]))
said = lambda *words: print(*words, flush=True)
Supervisor([program], on_end=lambda *end: said("ended", *end)).run(
    is_ready=lambda: True, on_ready=lambda: said("ready")
)
"""
# Ignores SIGTERM and has a child of its own that does so too.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"])
print("pids", os.getpid(), child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def supervise():
    started = []

    def start(code):
        words = [sys.executable, "-c", SUPERVISE, code]
        started.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def pids_told(process):
    for line in process.stdout:
        if line.startswith("pids"):
            return [int(word) for word in line.split()[1:]]
    raise AssertionError("no pids were told")


@pytest.mark.server
def test_a_program_that_will_not_stop_is_killed_with_its_children(supervise):
    process = supervise(STUBBORN)
    pids = pids_told(process)

    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert [pid for pid in pids if is_alive(pid)] == []


@pytest.mark.server
def test_a_program_that_ends_at_once_is_started_again_and_again(supervise):
    process = supervise("raise SystemExit(3)")

    lines = iter(process.stdout.readline, "")
    ends = list(islice((line for line in lines if line.startswith("ended")), 3))

    assert ends == ["ended stubborn 3\n"] * 3


def ended(child):
    child.start()
    return wait_until(child.note_end, what="its end")


def test_the_pause_before_a_restart_doubles_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE_S", 1.0)
    child = Child(Program(name="x", words=("false",)))
    pauses = []
    for _time in range(3):
        assert ended(child) == "1"
        pauses.append(child._pause_s)

    assert pauses == [1.0, 1.0, 1.0]


def test_a_program_that_was_well_for_long_is_started_again_quickly(monkeypatch):
    child = Child(Program(name="x", words=("false",)))
    for _time in range(3):
        ended(child)
    tired = child._pause_s
    monkeypatch.setattr(supervisor, "WELL_AFTER_S", 0.0)

    ended(child)

    assert tired > supervisor.FIRST_PAUSE_S * 2
    assert child._pause_s == supervisor.FIRST_PAUSE_S * 2
    assert child.due_at > time.monotonic() - 60
