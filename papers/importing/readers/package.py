"""The zip container of a DOCX, opened with care: sizes first, parts counted, no DTDs (S18)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote

from lxml import etree

from papers.importing.errors import ImportProblem

MAX_UNPACKED = 50 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_MAIN_PART = 10 * 1024 * 1024
_CHUNK = 1 << 16
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The attribute of that name in whichever namespace; empty without."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


class Package:
    """The parts of an Office file, each read at most once and into memory only.

    Raises ImportProblem: unreadable, encrypted, unpacks_too_large, forbidden_content, wrong_type.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            members = self.zip.infolist()
        except _DAMAGED as error:
            raise ImportProblem("unreadable") from error
        if len(members) > MAX_MEMBERS or sum(each.file_size for each in members) > MAX_UNPACKED:
            raise ImportProblem("unpacks_too_large")
        if any(each.flag_bits & 1 for each in members):
            raise ImportProblem("encrypted")
        self.members = {each.filename.lstrip("/").lower(): each for each in members}
        if "[content_types].xml" not in self.members:
            raise ImportProblem("wrong_type")
        self.room = MAX_UNPACKED
        self.parts: dict[str, bytes] = {}
        for name in self.members:
            if name.endswith((".xml", ".rels")) and _DTD.search(
                self._read(name).replace(b"\0", b"")
            ):
                raise ImportProblem("forbidden_content")

    def _read(self, name: str) -> bytes:
        """One member, counted while it is unpacked: the directory may lie about its size."""
        if name in self.parts:
            return self.parts[name]
        member = self.members[name]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ImportProblem("unreadable")
        chunks = []
        try:
            with self.zip.open(member) as file:
                while chunk := file.read(_CHUNK):
                    self.room -= len(chunk)
                    if self.room < 0:
                        raise ImportProblem("unpacks_too_large")
                    chunks.append(chunk)
        except (*_DAMAGED, RuntimeError) as error:
            raise ImportProblem("unreadable") from error
        self.parts[name] = b"".join(chunks)
        return self.parts[name]

    def xml(self, name: str, limit: int = MAX_UNPACKED) -> Any:
        """The root of a part, or None where there is no such part."""
        name = name.lstrip("/").lower()
        if name not in self.members:
            return None
        data = self._read(name)
        if len(data) > limit:
            raise ImportProblem("unpacks_too_large")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ImportProblem("unreadable") from error
        # An encoding that hid the declaration from the search of the bytes.
        if root is not None and root.getroottree().docinfo.doctype:
            raise ImportProblem("forbidden_content")
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> (last word of the type, target) of what a part points to; nothing is followed.

        Targets inside the package are names of parts, targets outside stand as written.
        """
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        for each in root if root is not None else ():
            target = each.get("Target") or ""
            if each.get("TargetMode") != "External":
                target = target if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(unquote(target)).lstrip("/")
            kind = (each.get("Type") or "").rpartition("/")[2]
            found[each.get("Id") or ""] = (kind, target)
        return found

    def main_part(self) -> str:
        """The name of the document's own part."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"
