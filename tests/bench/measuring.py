"""A figure with its limit, and the ways to measure one."""

import gc
import re
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Figure:
    """One line of the benchmark: ``value`` and ``limit`` in seconds, bytes, or times something.

    Without a limit it is only told.
    """

    words: str
    value: float
    limit: float | None = None
    unit: str = "seconds"

    @property
    def is_exceeded(self):
        return self.limit is not None and self.value > self.limit

    def __str__(self):
        line = f"{self.words}: {printed(self.value, self.unit)}"
        if self.limit is not None:
            line += f" (limit {printed(self.limit, self.unit)})"
        return f"{line}  EXCEEDED" if self.is_exceeded else line


def printed(value, unit):
    """Three digits, in milliseconds, seconds, MB or times."""
    if unit == "times":
        return f"{value:.2f} times"
    if unit == "bytes":
        return f"{_short(value / MEGABYTE)} MB"
    return f"{_short(value)} s" if value >= 0.9995 else f"{_short(value * 1_000)} ms"


def _short(number):
    return f"{number:.3g}" if number < 999.5 else f"{number:,.0f}"


def nothing():
    """What comes before a run that needs no preparation."""


def runs(act, times, before=nothing, clock=time.perf_counter):
    """Seconds of each of so many runs, by the wall unless another clock is given."""
    taken = []
    for _ in range(times):
        before()
        gc.collect()
        begun = clock()
        act()
        taken.append(clock() - begun)
    return taken


def wall(act, times, before=nothing):
    """The median of so many runs, in seconds by the wall."""
    return statistics.median(runs(act, times, before))


def cpu(act, times, before=nothing):
    """The median of so many runs, in seconds of this process's processor time."""
    return statistics.median(runs(act, times, before, time.process_time))


def best_cpu(acts, times, before=nothing):
    """The median of several acts, each at the best of so many runs, in seconds of processor time.

    For acts of a few milliseconds: what else the machine does only ever adds to those.
    """
    return statistics.median(min(runs(act, times, before, time.process_time)) for act in acts)


def cpu_of_children(act, times):
    """The median of so many runs, in seconds of processor time of the processes they waited for."""
    return statistics.median(runs(act, times, clock=_children))


def _children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_growth(act):
    """By how many bytes of memory this process grew at the peak of ``act``.

    On Linux from the memory in use before to the peak since, else by how much the peak of the
    whole life of the process rose.
    """
    gc.collect()
    before = _memory_in_use()
    act()
    return max(_peak_memory() - before, 0)


def _memory_in_use():
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew from here
        return _memory("VmRSS")
    except OSError:
        return _peak_memory()


def _peak_memory():
    try:
        return _memory("VmHWM")
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def _memory(field):
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{field}:\s+(\d+) kB", status)[1]) * 1024


def forget():
    """Empty every cache that the project keeps in memory: as after the start of the process."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("papers", "workgroups", "coac"):
            for value in list(vars(module).values()):
                # What lru_cache makes, and what is kept by papers.kept.
                if hasattr(value, "cache_clear") and not isinstance(value, type):
                    value.cache_clear()
