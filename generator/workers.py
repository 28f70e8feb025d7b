"""Work shared out among processes, where that pays and is safe.

A fork gives each process all that is there without a copy of it; where the system has none that is safe (macOS,
Windows, a program with threads) one process does all, to the same outcome.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Final, TypeVar

from generator.model import GeneratorError

Item = TypeVar("Item")
Made = TypeVar("Made")

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
    context = multiprocessing.get_context("fork")
    mine = partial(_taken, jobs, context.Value("l", 0))
    ends = [context.Pipe(duplex=False) for _ in range(count)]
    processes = [context.Process(target=_work, args=(mine, said)) for _, said in ends]
    for process in processes:
        process.start()
    for _, said in ends:
        said.close()
    told = list(_all_heard([heard for heard, _ in ends]))
    for process in processes:
        process.join()
    if first := next((complaint for _, complaint in told if complaint), None):
        raise GeneratorError(first)
    results = {at: result for results, _ in told for at, result in results.items()}
    return [results[at] for at in range(len(jobs))]


def _taken(jobs: Sequence[Callable[[], Any]], next_job: Synchronized[int]) -> Iterator[tuple[int, Callable[[], Any]]]:
    """The jobs that no other process has taken before, each with its number."""
    while True:
        with next_job.get_lock():
            at, next_job.value = next_job.value, next_job.value + 1
        if at >= len(jobs):
            return
        yield at, jobs[at]


_Told = tuple[dict[int, Any], str]  # what each job returned, and what went wrong


def _work(mine: Callable[[], Iterator[tuple[int, Callable[[], Any]]]], said: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        said.send(({at: job() for at, job in mine()}, ""))
    except Exception as error:  # to be told in the process that waits
        said.send(({}, str(error) or type(error).__name__))


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
        told: _Told = end.recv()
    except (EOFError, OSError):  # before it said anything, or amid it
        return {}, "a process of the build was ended from outside; perhaps there was too little memory"
    return told


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1
