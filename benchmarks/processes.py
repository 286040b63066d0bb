"""Memory of running processes, as Linux counts it."""

import os
from pathlib import Path

PROC = Path("/proc")


def tree(pid: int) -> list[int]:
    """The process and all that it has started, and they in turn."""
    parents = {int(entry.name): _parent(entry) for entry in PROC.iterdir() if entry.name.isdigit()}
    found = [pid]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found


def pss_mib(pids: list[int]) -> float:
    """Memory in MiB, what processes share counted once in all (proportional set size)."""
    return sum(_field(PROC / str(pid) / "smaps_rollup", "Pss:") for pid in pids) / 1024


def resident_mib(pid: int) -> float:
    """Memory in MiB that stands in RAM, shared libraries counted whole."""
    return _field(PROC / str(pid) / "status", "VmRSS:") / 1024


def processor_seconds(pid: int) -> float:
    """Time that a process has spent on a processor, of its own and for it in the kernel."""
    user, kernel = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(kernel)) / os.sysconf("SC_CLK_TCK")


def command(pid: int) -> str:
    """The command line, to tell which part a process is."""
    return (PROC / str(pid) / "cmdline").read_text().replace("\0", " ")


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has ended meanwhile
        return 0


def _field(file: Path, name: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
