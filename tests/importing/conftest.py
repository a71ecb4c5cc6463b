"""Stored originals go to a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def originals_dir(settings, tmp_path):
    settings.ORIGINALS_DIR = tmp_path / "originals"
    return settings.ORIGINALS_DIR


@pytest.fixture
def in_process(monkeypatch):
    """Read documents in this process: what storing does is the same, and the test is quick."""
    from papers.importing import reading
    from papers.importing.parser import parse
    from papers.importing.readers import read

    def read_here(path, name):
        return parse(read(path.read_bytes(), name))

    monkeypatch.setattr(reading, "read_in_child", read_here)
