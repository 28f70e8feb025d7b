"""Work shared out among processes, where that pays and is safe.

A fork gives each process all that is there without a copy of it; where the system has none that is safe (macOS,
Windows, a program with threads) one process does all, to the same outcome.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import Synchronized
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from generator.model import GeneratorError
from generator.pickled import dumps

if TYPE_CHECKING:  # it is not on every system
    from multiprocessing.context import ForkContext

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Begun(Generic[Made]):
    """Work beside what follows: call it to wait for the outcome, or ``end`` it, done or not, where nobody wants it."""

    outcome: Callable[[], Made]
    end: Callable[[], None]

    def __call__(self) -> Made:
        return self.outcome()


_Numbered = tuple[int, Callable[[], Made]]

_BEHIND: Final = 10  # in steps of the system, each of which leaves a tenth more of the processor to others
_A_JOB: Final = 500  # items: a process is begun for no fewer, and the last to end has little more to do than the others


def mapped(make: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
    """What is made of each item, in their order; see :func:`do`."""
    parts = (items[at : at + _A_JOB] for at in range(0, len(items), _A_JOB))
    return list(chain.from_iterable(do([partial(_made, make, part) for part in parts])))


def _made(make: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
    return list(map(make, items))


def do(jobs: Sequence[Callable[[], Made]]) -> list[Made]:
    """Do all jobs, whichever first; what they return, in their order, which comes back as pickles do.

    Raises :class:`GeneratorError` with what the first of them to fail said.
    """
    count = min(len(jobs), _processors())
    if count < 2 or not _may_fork():
        return [job() for job in jobs]
    # Known here for as long as they run: its place in the shared memory is given to another when nobody knows it.
    next_job = _context().Value("l", 0)
    results = _begun(partial(_taken, jobs, next_job), count)()
    return [results[at] for at in range(len(jobs))]


def begun(job: Callable[[], Made]) -> Begun[Made]:
    """Begin a job beside what follows, in what time that leaves: others may wait to be shared out after it.

    Where no process can be begun, it is done when its outcome is asked for.
    """
    if _processors() < 2 or not _may_fork():
        return Begun(job, lambda: None)
    work = _begun(partial(_beside, job), 1)
    return Begun(lambda: work()[0], work.end)


def _beside(job: Callable[[], Made]) -> Iterator[_Numbered[Made]]:
    os.nice(_BEHIND)
    yield 0, job


def program(command: Sequence[str]) -> Begun[None]:
    """Begin a program that may go on for longer than anybody waits for it."""
    running = subprocess.Popen(command)  # noqa: S603  (no part of it comes from outside)

    def end() -> None:
        running.kill()
        running.wait()

    return Begun(lambda: None, end)


def _begun(mine: Callable[[], Iterator[_Numbered[Made]]], count: int) -> Begun[dict[int, Made]]:
    """Begin so many processes, each of which does its jobs; their outcome is what all jobs returned."""
    ends = [_context().Pipe(duplex=False) for _ in range(count)]
    processes = [_context().Process(target=_work, args=(mine, said), daemon=True) for _, said in ends]
    for process in processes:
        process.start()
    for _, said in ends:
        said.close()

    def outcome() -> dict[int, Made]:
        told = list(_all_heard([heard for heard, _ in ends]))
        for process in processes:
            process.join()
        if first := next((complaint for _, complaint in told if complaint), None):
            raise GeneratorError(first)
        return {at: result for results, _ in told for at, result in results.items()}

    def end() -> None:
        for process in processes:
            process.kill()
            process.join()

    return Begun(outcome, end)


def _taken(jobs: Sequence[Callable[[], Made]], next_job: Synchronized[int]) -> Iterator[_Numbered[Made]]:
    """The jobs that no other process has taken before, each with its number."""
    while True:
        with next_job.get_lock():
            at, next_job.value = next_job.value, next_job.value + 1
        if at >= len(jobs):
            return
        yield at, jobs[at]


_Told = tuple[dict[int, Any], str]  # what each job returned, and what went wrong


def _work(mine: Callable[[], Iterator[_Numbered[Any]]], said: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        told = dumps(({at: job() for at, job in mine()}, ""))
    except Exception as error:  # to be told in the process that waits
        told = dumps(({}, str(error) or type(error).__name__))
    said.send_bytes(told)


def _end_with_parent() -> None:
    """A build that is killed is not to go on writing."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _all_heard(ends: Sequence[Connection]) -> Iterator[_Told]:
    """What all processes say, as soon as they say it: one with much to say ends only when it has been heard."""
    waiting = list(ends)
    while waiting:
        ready = wait(waiting)
        yield from (_heard(end) for end in waiting if end in ready)
        waiting = [end for end in waiting if end not in ready]


def _heard(end: Connection) -> _Told:
    try:
        told: _Told = pickle.loads(end.recv_bytes())  # noqa: S301  (of a process that this one has begun)
    except (EOFError, OSError):  # before it said anything, or amid it
        return {}, "a process of the build was ended from outside; perhaps there was too little memory"
    return told


def _context() -> ForkContext:
    return multiprocessing.get_context("fork")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1
