"""No module imports against the grain."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each may import what stands after it, never what stands before.
GRAIN = ["coac", "papers", "workgroups"]
PURE = {
    "workgroups/dates.py": set(),
    "workgroups/history.py": {"workgroups.dates"},
    "workgroups/reporting.py": {"workgroups.history"},
    "papers/content.py": set(),
}


def modules(package):
    return sorted(path for path in (ROOT / package).rglob("*.py"))


def imported_by(path):
    """The full names of the modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)} imports by dots; name the module"
            names.add(node.module)
    return names


@pytest.mark.parametrize(
    "path",
    [path for package in GRAIN for path in modules(package)],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_imports_run_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    forbidden = {"tests", *GRAIN[: GRAIN.index(package)]}

    roots = {name.partition(".")[0] for name in imported_by(path)}

    assert not roots & forbidden


@pytest.mark.parametrize("path", PURE)
def test_pure_modules_know_the_standard_library_and_one_another(path):
    outside = {
        name
        for name in imported_by(ROOT / path)
        if name.partition(".")[0] not in sys.stdlib_module_names
    }

    assert outside == PURE[path]


def test_the_committee_has_no_pages():
    assert not list((ROOT / "workgroups").rglob("*views*.py"))
    assert not list((ROOT / "workgroups").rglob("urls.py"))


def test_the_layers_are_read_from_the_files_that_are_there():
    assert all(len(modules(package)) > 5 for package in GRAIN)
    assert "django.db" in imported_by(ROOT / "papers" / "querysets.py")
