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
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized

from generator.model import GeneratorError

Job = Callable[[], None]


def do(jobs: Sequence[Job]) -> None:
    """Do all jobs, in no order.  What they make has to lie on the disk: nothing else comes back.

    Raises :class:`GeneratorError` with what the first of them to fail said.
    """
    count = min(len(jobs), _processors())
    if count < 2 or not _may_fork():
        for job in jobs:
            job()
        return
    context = multiprocessing.get_context("fork")
    mine = partial(_taken, jobs, context.Value("l", 0))
    ends = [context.Pipe(duplex=False) for _ in range(count)]
    processes = [context.Process(target=_work, args=(mine, said)) for _, said in ends]
    for process in processes:
        process.start()
    for _, said in ends:
        said.close()
    complaints = [_heard(heard) for heard, _ in ends]
    for process in processes:
        process.join()
    if first := next(filter(None, complaints), None):
        raise GeneratorError(first)


def _taken(jobs: Sequence[Job], next_job: Synchronized[int]) -> Iterator[Job]:
    """The jobs that no other process has taken before."""
    while True:
        with next_job.get_lock():
            at, next_job.value = next_job.value, next_job.value + 1
        if at >= len(jobs):
            return
        yield jobs[at]


def _work(mine: Callable[[], Iterator[Job]], said: Connection) -> None:
    said.send(_complaint(mine()))


def _complaint(jobs: Iterator[Job]) -> str:
    try:
        for job in jobs:
            job()
    except Exception as error:  # to be told in the process that waits
        return str(error) or type(error).__name__
    return ""


def _heard(end: Connection) -> str:
    try:
        return str(end.recv())
    except EOFError:
        return "a process of the build was ended from outside; perhaps there was too little memory"


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1
