"""The process in which a file is read: limits first, then libraries, then the file (S18, S19).

Run by ``sandbox.py`` as a script, with the file on standard input. It answers with one JSON object
on standard output, ``{"paper": …}`` or ``{"problem": code, "detail": words}``, and ends; whatever
else happens to it, the parent notices.
"""

import os
import resource
import signal
import sys

# Reading a paper takes well under a second and some 80 MB of address space above the libraries.
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
OPEN_FILES = 64


def _limit() -> None:
    """Before anything of the file is read. A limit that the system lacks is passed over."""
    for what, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_CPU", CPU_SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", OPEN_FILES),
        ("RLIMIT_NPROC", 0),
    ):
        number = getattr(resource, what, None)
        if number is None:
            continue
        hard = resource.getrlimit(number)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # At the softer limit of time comes a signal that tells the parent why; at the hard, none.
        later = most + 2 if what == "RLIMIT_CPU" and hard == resource.RLIM_INFINITY else most
        try:
            resource.setrlimit(number, (most, later))
        except (OSError, ValueError):
            continue


def _die_with(parent: int) -> None:
    """Ask the kernel to end this process with its parent, where it can (Linux)."""
    if sys.platform == "linux":
        import ctypes

        set_death_signal = 1
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(set_death_signal, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _answer(data: bytes, name: str) -> dict:
    from papers.importing.errors import ImportProblem
    from papers.importing.parser import parse
    from papers.importing.readers import read

    try:
        return {"paper": parse(read(data, name)).to_json()}
    except ImportProblem as problem:
        return {"problem": problem.code, "detail": problem.detail}


def main() -> None:
    """Arguments: the parent's process id, and the file's extension with its dot."""
    _die_with(int(sys.argv[1]))
    _limit()
    # -I leaves the folder of the project out; in front, so that no other "papers" is found.
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    out = os.dup(1)
    os.dup2(2, 1)  # What a library prints must not mix with the answer.
    import json

    with open(0, "rb", closefd=False) as file:
        answer = _answer(file.read(), f"paper{sys.argv[2]}")
    with open(out, "wb") as pipe:
        pipe.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
