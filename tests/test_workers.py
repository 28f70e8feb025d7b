"""Jobs are done whichever process does them, and the first that fails is told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from functools import partial

import pytest

from generator import workers
from generator.model import GeneratorError


def note(folder, number):
    (folder / str(number)).write_text(str(os.getpid()))


def fail(number):
    raise ValueError(f"job {number} has no luck")


def noted(folder):
    return {int(path.name) for path in folder.iterdir()}


def several(monkeypatch, processors):
    """So many processors, and no threads, though what runs the tests has some."""
    monkeypatch.setattr(workers, "_processors", lambda: processors)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)


@pytest.mark.parametrize("processors", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_every_job_is_done_once(tmp_path, monkeypatch, processors, count):
    several(monkeypatch, processors)
    workers.do([partial(note, tmp_path, number) for number in range(count)])
    assert noted(tmp_path) == set(range(count))


def test_where_a_fork_is_not_to_be_had_one_process_does_all(tmp_path, monkeypatch):
    several(monkeypatch, 2)
    monkeypatch.setattr(workers.sys, "platform", "darwin")
    workers.do([partial(note, tmp_path, number) for number in range(5)])
    assert {path.read_text() for path in tmp_path.iterdir()} == {str(os.getpid())}


def test_a_program_with_threads_is_not_forked(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        workers.do([partial(note, tmp_path, number) for number in range(5)])
    finally:
        done.set()
        thread.join()
    assert {path.read_text() for path in tmp_path.iterdir()} == {str(os.getpid())}


@pytest.mark.parametrize("processors", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 2000])
def test_what_is_made_of_items_comes_back_in_their_order(monkeypatch, processors, count):
    several(monkeypatch, processors)
    assert workers.mapped(lambda number: (number, str(number)), range(count)) == [(at, str(at)) for at in range(count)]


@pytest.mark.parametrize("processors", [1, 2, 3])
def test_results_that_no_pipe_holds_come_back_whole(monkeypatch, processors):
    """Each process can end only when what it has to say was heard."""
    several(monkeypatch, processors)
    made = workers.do([partial(bytes, 3_000_000 + at) for at in range(4)])
    assert list(map(len, made)) == [3_000_000, 3_000_001, 3_000_002, 3_000_003]


def test_a_result_that_cannot_come_back_is_told(monkeypatch):
    several(monkeypatch, 2)
    with pytest.raises(GeneratorError, match="pickle"):
        workers.do([threading.Lock, int])


def test_a_process_that_ends_while_another_has_much_to_say_is_told(monkeypatch):
    """Its end shows only when the other has ended, and that one has to be heard first."""
    several(monkeypatch, 2)
    with pytest.raises(GeneratorError, match="ended from outside"):
        workers.do([partial(os._exit, 9), partial(bytes, 3_000_000)])


@pytest.mark.parametrize("processors", [1, 2])
def test_a_job_that_fails_is_told_by_its_words(monkeypatch, processors):
    several(monkeypatch, processors)
    with pytest.raises((GeneratorError, ValueError), match="job 3 has no luck"):
        workers.do([int, partial(fail, 3), int])


def test_a_process_that_is_ended_from_outside_is_told(monkeypatch):
    several(monkeypatch, 2)
    with pytest.raises(GeneratorError, match="ended from outside"):
        workers.do([partial(os._exit, 9), int])


@pytest.mark.parametrize("processors", [1, 2])
def test_a_job_is_begun_beside_what_follows_and_its_outcome_waits(monkeypatch, processors):
    several(monkeypatch, processors)
    one, other = workers.begun(lambda: bytes(3_000_000)), workers.begun(os.getpid)
    assert workers.do([partial(int, "1"), partial(int, "2")]) == [1, 2]
    assert (other() == os.getpid()) == (processors == 1)
    assert len(one()) == 3_000_000


@pytest.mark.parametrize("processors", [1, 2])
def test_a_job_begun_that_fails_is_told_when_it_is_asked_for(monkeypatch, processors):
    several(monkeypatch, processors)
    begun = workers.begun(partial(fail, 3))
    with pytest.raises((GeneratorError, ValueError), match="job 3 has no luck"):
        begun()


def test_what_was_begun_can_be_ended(monkeypatch, tmp_path):
    """Done or not; it writes nothing after that."""
    several(monkeypatch, 2)
    for begin in (
        lambda seconds, file: workers.begun(lambda: (time.sleep(seconds), file.touch())),
        lambda seconds, file: workers.program(
            [sys.executable, "-c", f"import time, pathlib; time.sleep({seconds}); pathlib.Path({str(file)!r}).touch()"]
        ),
    ):
        file = tmp_path / str(len(list(tmp_path.iterdir())))
        begun = begin(2, file)
        begun.end()
        begun.end()
        time.sleep(2.5)
        assert not file.exists()
        done = begin(0, file)
        until = time.monotonic() + 30
        while not file.exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        done.end()


def test_nobody_waits_for_a_job_that_nobody_asks_for():
    program = """
import time
from generator import workers
workers._processors = lambda: 2
workers.begun(lambda: time.sleep(1000))
"""
    subprocess.run([sys.executable, "-c", program], timeout=60, check=True)


def test_jobs_end_with_the_program_that_began_them(tmp_path):
    program = f"""
import time
from pathlib import Path
from generator import workers

def write(name):
    while True:
        (Path({str(tmp_path)!r}) / name).write_text(str(time.time_ns()))

workers._processors = lambda: 2
workers.do([lambda: write("a"), lambda: write("b")])
"""
    run = subprocess.Popen([sys.executable, "-c", program])
    try:
        until(lambda: noted_names(tmp_path) == {"a", "b"})
    finally:
        run.kill()
        run.wait()
    until(lambda: not changing(tmp_path))


def noted_names(folder):
    return {path.name for path in folder.iterdir()}


def changing(folder):
    before = {path.name: path.read_text() for path in folder.iterdir()}
    time.sleep(0.3)
    return before != {path.name: path.read_text() for path in folder.iterdir()}


def until(true):
    """Wait for it, for a minute at most."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
