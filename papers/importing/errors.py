"""Why a file cannot be imported: one clear sentence, and a code that tests and logs go by."""

from __future__ import annotations

from papers.importing.limits import MAX_BYTES, MEGABYTE

# Code -> the sentence that follows the name of the file. Each says what is wrong and what helps.
SENTENCES = {
    "empty": "is empty: there is nothing to read. Ask for the file again.",
    "unreadable": "cannot be read: it is damaged or cut off. Open it, save it anew and try again.",
    "no_file": "is no ordinary file and was not opened. Save what it holds as a file.",
    "encrypted": "is protected with a password. Save a copy without the protection and try that.",
    "no_text": "holds no text, only pictures of pages. Run text recognition on it first.",
    "wrong_type": "is not a PDF, DOCX, TXT, MD or HTML file, or its content is not what its name "
    "says. Save it in one of these forms.",
    "not_an_issue_paper": "is not a Government Issue Paper of the Commercial Customs Operations "
    "Advisory Committee: neither its title block nor its headings are there.",
    "several_papers": "holds more than one issue paper. Split it, and import each by itself.",
    "too_large": f"is larger than {MAX_BYTES // MEGABYTE} MB. Save it smaller, without pictures, "
    "and try again.",
    "unpacks_too_large": "unpacks to far more than an issue paper holds. It was not opened.",
    "too_many_pages": "has more than 500 pages, an issue paper one or two. It was not read.",
    "too_long": "holds far more text than an issue paper. It was not read further.",
    "forbidden_content": "holds a document type definition or an external entity, which papers do "
    "not need and attackers do. Save it anew and try again.",
    "took_too_long": "took too long to read and was given up. Save it in another form and try "
    "again.",
    "not_covered": "was read, but part of its text would have been lost in the record. Nothing was "
    "stored. Please report this file.",
    "refused": "was read, but the record cannot hold what it says. Nothing was stored. Please "
    "report this file.",
    "not_kept": "could not be stored: the disk is full or may not be written to. Nothing was "
    "stored. Try again when there is room.",
    "changed": "was changed while it was read. Try again.",
    "reader_died": "could not be read: the reading was stopped when it needed too much memory or "
    "failed. Save the file in another form and try again.",
}


class ImportProblem(Exception):
    """A file that is not imported, with its code and the sentence for the person.

    ``detail`` is appended where it helps: "page 3", "2 title blocks".
    """

    def __init__(self, code: str, file_name: str = "", detail: str = "") -> None:
        if code not in SENTENCES:
            raise ValueError(f"Unknown import problem: {code}")
        self.code = code
        self.file_name = file_name
        self.detail = detail
        super().__init__(self.sentence())

    def sentence(self, file_name: str = "") -> str:
        """The whole sentence, with the file's name (cut to 120 characters) in front."""
        name = (file_name or self.file_name or "The file")[:120]
        more = f" ({self.detail})" if self.detail else ""
        return f"{name} {SENTENCES[self.code]}{more}"
