"""What is not read, each with one clear sentence (S18, S20)."""

import pytest

from papers.importing.errors import ImportProblem
from papers.importing.readers import read
from tests.importing.making import make_docx, make_html, make_pdf, make_txt, sample

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300)


def problem_with(data, name):
    with pytest.raises(ImportProblem) as problem:
        read(data, name)
    return problem.value


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"", "a.pdf", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "a.txt", "empty"),
        (b"\xff\xfe\n\x00", "a.md", "empty"),
        (b"\x00" * 50, "a.docx", "empty"),
        (b"----\n\n-\n", "a.txt", "empty"),
        (b"<html><body><script>1</script></body></html>", "a.html", "empty"),
        (PNG, "a.pdf", "wrong_type"),
        (PNG, "a.txt", "wrong_type"),
        (PNG, "a.html", "wrong_type"),
        (make_pdf(sample()), "a.docx", "wrong_type"),
        (make_pdf(sample()), "a.txt", "wrong_type"),
        (make_docx(sample()), "a.pdf", "wrong_type"),
        (make_docx(sample()), "a.md", "wrong_type"),
        (make_txt(sample()), "a.pdf", "wrong_type"),
        (make_txt(sample()), "a.docx", "wrong_type"),
        (make_txt(sample()), "a.html", "wrong_type"),
        (make_html(sample()), "a.txt", "wrong_type"),
        (make_txt(sample()), "a.exe", "wrong_type"),
        (make_txt(sample()), "paper", "wrong_type"),
        (make_txt(sample()), "", "wrong_type"),
        (b"{\\rtf1 Background:}", "a.txt", "wrong_type"),
        (bytes(range(1, 32)) * 40, "a.txt", "wrong_type"),
        (b"%PDF-1.7\n" + bytes(300), "a.pdf", "unreadable"),
        (make_docx(sample())[:2000], "a.docx", "unreadable"),
        (b"Background:\n" + b"The group met again. " * 260_000, "a.txt", "too_long"),
        (b"a\n" * 70_000, "a.txt", "too_long"),
        (b"<p>" + b"The group met again. " * 260_000, "a.html", "too_long"),
        (b"x" * (25 * 1024 * 1024 + 1), "a.txt", "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, name, code):
    # S18, S21
    assert problem_with(data, name).code == code


@pytest.mark.parametrize(
    "name",
    ["x" * 300 + ".txt", "../../etc/passwd.txt", "a\x00b.txt", "a\nb.TXT", "‮txt.exe.txt", "a.txt "],
)
def test_a_name_is_only_shown_and_cut(name):
    # S20
    assert read(b"Background:\n", name).text == "Background:\n"
    problem = problem_with(b"", name)
    assert problem.file_name == name
    assert str(problem).startswith(name[:120])
    assert len(str(problem)) < 300
