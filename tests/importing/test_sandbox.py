"""The process in which files are read: what it may use, and that nothing comes of its death."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from papers.importing import sandbox
from papers.importing.errors import ImportProblem
from papers.importing.parsed import ParsedPaper
from papers.importing.parser import parse
from papers.importing.readers import read
from papers.importing.sandbox import read_in_child
from tests.importing.making import make_docx, make_html, make_pdf, make_txt, sample

ROOT = Path(__file__).resolve().parents[2]
CHILD = ROOT / "papers" / "importing" / "child.py"

# Loads the real child's limits into another script, made smaller where a test would be slow.
LIMITS = f"""
import importlib.util, os, signal, sys, time
spec = importlib.util.spec_from_file_location("child", {str(CHILD)!r})
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child._die_with(int(sys.argv[1]))
child.CPU_SECONDS = 1
child._limit()
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "slots").mkdir()
    return tmp_path


@pytest.fixture
def reading(folder):
    """Reads bytes through a child: ``reading(data, name)``."""

    def read_bytes(data, name="paper.txt"):
        path = folder / "original"
        path.write_bytes(data)
        return read_in_child(path, name, folder / "slots")

    return read_bytes


@pytest.fixture
def strange_child(folder, monkeypatch):
    """Puts another script in the place of the child."""

    def put(code):
        script = folder / "strange.py"
        script.write_text(LIMITS + code)
        monkeypatch.setattr(sandbox, "CHILD", script)

    return put


def code_of(reading, data=b"Background:", name="paper.txt"):
    with pytest.raises(ImportProblem) as problem:
        reading(data, name)
    return problem.value.code


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def waits_until(is_so, seconds=5):
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.txt", make_txt), ("a.html", make_html), ("a.docx", make_docx), ("a.pdf", make_pdf)],
)
def test_a_paper_read_in_a_child_is_the_paper_read_here(reading, name, make):
    data = make(sample())

    assert reading(data, name) == parse(read(data, name))


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"\x89PNG\r\n" + bytes(90), "a.pdf", "wrong_type"),
        (make_pdf(sample(), password="x"), "a.pdf", "encrypted"),
        (b"%PDF-1.4\nno more", "a.pdf", "unreadable"),
        (b"A letter to a friend.\n", "a.txt", "not_an_issue_paper"),
        (b"The group met again. " * 250_000, "a.txt", "too_long"),
        (b"The group met again. " * 1_200_000, "a.txt", "too_long"),
        (make_txt(sample()), "a.tar.gz; touch x", "wrong_type"),
        (make_txt(sample()), "", "wrong_type"),
    ],
)
def test_what_the_child_refuses_is_refused_with_the_files_own_name(reading, data, name, code):
    # S18, S21
    with pytest.raises(ImportProblem) as problem:
        reading(data, name)

    assert (problem.value.code, problem.value.file_name) == (code, name)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "x" * 300 + ".txt", "-I.txt", "a\x00.txt"]
)
def test_a_name_never_reaches_the_child_but_for_its_extension(reading, name):
    # S20
    assert reading(make_txt(sample()), name).content.group == "Sample Working Group"


def test_only_an_ordinary_file_of_a_bearable_size_is_opened(folder, monkeypatch):
    # S18
    os.mkfifo(folder / "pipe")
    (folder / "large").write_bytes(b"Background:")
    slots = folder / "slots"

    for path, limit, code in [
        (folder / "pipe", 100, "no_file"),
        (folder, 100, "no_file"),
        (folder / "missing", 100, "unreadable"),
        (folder / "large", 5, "too_large"),
    ]:
        monkeypatch.setattr(sandbox, "MAX_BYTES", limit)
        with pytest.raises(ImportProblem) as problem:
            read_in_child(path, "a.txt", slots)
        assert problem.value.code == code


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("while True: pass", "took_too_long"),
        ("bytearray(1 << 30)", "reader_died"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "reader_died"),
        ("os._exit(3)", "reader_died"),
        ("raise ValueError('a fault of ours')", "reader_died"),
        ("os.write(1, b'x' * 100)", "reader_died"),
        ("os.close(1)", "reader_died"),
        ("os.write(1, b'[]')", "reader_died"),
        ("os.write(1, b'[' * 100_000)", "reader_died"),
        ("os.write(1, b'{\"paper\": {}}')", "reader_died"),
        ("os.write(1, b'{\"problem\": \"a new one\", \"detail\": \"\"}')", "reader_died"),
        ("os.write(1, b'{\"problem\": [], \"detail\": 1}')", "reader_died"),
    ],
)  # fmt: skip
def test_a_child_that_fails_is_an_ordinary_failed_import(reading, strange_child, code, outcome):
    # S19
    strange_child(code)

    assert code_of(reading) == outcome


def test_a_child_can_write_no_file(reading, strange_child, folder):
    # S19
    written = folder / "written"
    strange_child(f"open({str(written)!r}, 'w').write('x' * 9999)")

    code_of(reading)

    assert not written.exists() or written.read_bytes() == b""


def test_a_child_that_says_too_much_is_stopped(reading, strange_child, monkeypatch):
    # S19
    monkeypatch.setattr(sandbox, "MAX_OUTPUT", 100_000)
    strange_child("while True: os.write(1, b' ' * 10_000)")

    assert code_of(reading) == "too_long"


@pytest.mark.parametrize("code", ["time.sleep(60)", "os.close(1); time.sleep(60)"])
def test_a_child_that_sleeps_is_ended_with_all_that_it_started(
    reading, strange_child, monkeypatch, code
):
    # S19
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 1.5)
    strange_child(code)
    started = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        sandbox.subprocess,
        "Popen",
        lambda *args, **kw: started.append(popen(*args, **kw)) or started[0],
    )
    begin = time.monotonic()

    assert code_of(reading) == "took_too_long"

    assert time.monotonic() - begin < 6
    assert started[0].returncode == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(reading, monkeypatch, folder):
    # S19
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 1.5)
    # Before the limits of the real child forbid it, a process of its own.
    script = folder / "strange.py"
    script.write_text(
        "import os, time\n"
        "if not os.fork():\n"
        f"    open({str(folder / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "    time.sleep(60)\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(sandbox, "CHILD", script)

    assert code_of(reading) == "took_too_long"

    grandchild = int((folder / "pid").read_text())
    assert waits_until(lambda: not is_alive(grandchild))


def test_a_child_that_lies_is_not_believed(reading, strange_child):
    # S19
    paper = parse(read(make_txt(sample()), "a.txt")).to_json()
    span = {"span": [0, 10**9], "where": "furniture", "page": 1, "line": 1}
    lies = [
        {**paper, "text": 7},
        {**paper, "pages": "many"},
        {**paper, "placements": [span]},
        {**paper, "more": 1},
        {**paper, "findings": [{**FINDING, "code": "not one of ours"}]},
        {**paper, "content": {**paper["content"], "group": None}},
        {**paper, "content": {**paper["content"], "sections": "none"}},
        {key: value for key, value in paper.items() if key != "content"},
    ]

    for lie in lies:
        strange_child(f"os.write(1, {json.dumps({'paper': lie}, default=list)!r}.encode())")
        assert code_of(reading) == "reader_died"

    strange_child(f"os.write(1, {json.dumps({'paper': paper}, default=list)!r}.encode())")
    assert reading(b"Background:") == ParsedPaper.from_json(json.loads(json.dumps(paper)))


FINDING = {
    "code": "alias", "detail": "", "subject": "", "span": None, "page": 0, "line": 0,
}  # fmt: skip


def test_a_child_has_nothing_of_the_parents_surroundings(reading, strange_child, monkeypatch):
    # S19
    monkeypatch.setenv("SECRET_KEY", "do not hand on")
    strange_child(
        "names = set(os.environ) - {'LC_ALL', 'LC_CTYPE'}\n"
        "assert not names, names\n"
        "assert os.getcwd() == '/'\n"
        "assert os.getsid(0) == os.getpid()\n"
        "assert sorted(os.listdir('/proc/self/fd'))[:3] == ['0', '1', '2']\n"
        "assert len(os.listdir('/proc/self/fd')) == 4\n"
        'os.write(1, b\'{"problem": "encrypted", "detail": ""}\')'
    )

    assert code_of(reading) == "encrypted"


def test_at_most_two_files_are_read_at_once(reading, folder, monkeypatch):
    # S19
    monkeypatch.setattr(sandbox, "QUEUE_SECONDS", 0.3)
    held = [open(folder / "slots" / f"reading-{number}.lock", "w") for number in (0, 1)]  # noqa: SIM115
    for file in held:
        fcntl.flock(file, fcntl.LOCK_EX)

    assert code_of(reading) == "took_too_long"

    held.pop().close()
    assert reading(make_txt(sample())).content.pub_number == "3700-0624"
    held.pop().close()


def test_readings_beyond_two_wait_for_their_turn(strange_child, folder):
    # S19
    strange_child(
        "import json\nnow = time.monotonic()\ntime.sleep(0.3)\n"
        "os.write(1, json.dumps({'problem': 'empty', 'detail': f'{now} {time.monotonic()}'})"
        ".encode())"
    )
    path = folder / "paper"
    path.write_bytes(b"Background:")
    times = []

    def one():
        try:
            read_in_child(path, "a.txt", folder / "slots")
        except ImportProblem as problem:
            times.append(tuple(map(float, problem.detail.split())))

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(times) == 5
    assert max(sum(a <= begin < b for a, b in times) for begin, _ in times) <= 2


def test_a_folder_for_the_locks_that_somebody_else_made_is_not_used(monkeypatch, tmp_path):
    # S19
    monkeypatch.setattr(sandbox.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / f"coac-reading-{os.getuid()}").symlink_to("/")
    (tmp_path / "a.txt").write_bytes(make_txt(sample()))

    with pytest.raises(ImportProblem) as problem:
        read_in_child(tmp_path / "a.txt", "a.txt")

    assert problem.value.code == "reader_died"


def test_a_child_dies_with_its_parent_and_frees_its_place(folder):
    # S27
    script = folder / "sleeps.py"
    script.write_text(f"{LIMITS}\nwhile True: time.sleep(60)\n")
    pid = folder / "child.pid"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "from pathlib import Path\n"
            "from papers.importing import sandbox\n"
            "sandbox.CHILD = Path(sys.argv[2])\n"
            "start = sandbox.subprocess.Popen\n"
            "def popen(*args, **kw):\n"
            "    child = start(*args, **kw)\n"
            "    Path(sys.argv[3]).write_text(str(child.pid))\n"
            "    return child\n"
            "sandbox.subprocess.Popen = popen\n"
            "sandbox.read_in_child(sys.argv[2], 'a.txt', sys.argv[4])\n",
            str(ROOT), str(script), str(pid), str(folder / "slots"),
        ]
    )  # fmt: skip
    assert waits_until(lambda: pid.exists() and pid.read_text())
    child = int(pid.read_text())
    assert waits_until(lambda: "sleeps.py" in Path(f"/proc/{child}/cmdline").read_text())
    time.sleep(0.3)  # It asks for the signal once it runs.

    parent.kill()
    parent.wait()

    assert waits_until(lambda: not is_alive(child))
    with open(folder / "slots" / "reading-0.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_parent_imports_no_reading_library():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import papers.importing.sandbox\n"
        "print([name for name in ('lxml', 'docx', 'pdfplumber', 'django') if name in sys.modules])"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert printed.stdout.strip() == b"[]"


def test_a_batch_of_mixed_papers_is_read_in_time(reading):
    # Of 25 papers within 20 s on two cores: a quarter of them, one after the other, in a quarter.
    makers = [
        ("a.txt", make_txt),
        ("a.html", make_html),
        ("a.docx", make_docx),
        ("a.pdf", make_pdf),
    ]
    begin = os.times()

    for number in range(6):
        name, make = makers[number % 4]
        reading(make(sample(group=f"Sample {number} Working Group")), name)

    end = os.times()
    spent = end.children_user + end.children_system - begin.children_user - begin.children_system
    assert spent < 10
