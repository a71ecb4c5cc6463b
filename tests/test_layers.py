"""No module imports against the grain, and pure modules know no Django."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each may import what stands after it, never what stands before.
GRAIN = ["coac", "papers", "workgroups"]
IMPORTING = ROOT / "papers" / "importing"
# What runs in the process that reads a file, where no database is (S19).
READERS = [*sorted((IMPORTING / "readers").glob("*.py")), IMPORTING / "child.py"]
# Pure is what says so in its docstring; these at least have to.
PURE_AT_LEAST = {
    "papers/comparison.py",
    "papers/content.py",
    "papers/importing/document.py",
    "papers/importing/parser.py",
    "papers/importing/sandbox.py",
    "papers/threads.py",
    "workgroups/dates.py",
    "workgroups/history.py",
}


def modules(package):
    return sorted((ROOT / package).rglob("*.py"))


MODULES = [path for package in GRAIN for path in modules(package)]


def name_of(path):
    return str(path.relative_to(ROOT))


def is_pure(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(), str(path)))
    return re.search(r"\bPure\b", docstring or "") is not None


def file_of(module):
    """A module of the project, or None."""
    base = ROOT / module.replace(".", "/")
    found = (base.with_suffix(".py"), base / "__init__.py")
    return next((path for path in found if path.exists()), None)


def statements(tree, *, all_of_them):
    """Every node, or only those that run when the module is imported."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        if all_of_them or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            todo += ast.iter_child_nodes(node)


def imported_by(path, *, all_of_them=True):
    """The full names of the modules that a file imports; by default, wherever in it."""
    names = set()
    tree = ast.parse(path.read_text(), str(path))
    for node in statements(tree, all_of_them=all_of_them):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports by dots; name the module"
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {node.module} | {name for name in below if file_of(name)}
    return names


def reached_from(path):
    """Each module outside the project that comes with a file, and the way to it."""
    outside, seen = {}, set()
    todo = [(path, True, name_of(path))]
    while todo:
        file, all_of_them, way = todo.pop()
        if (file, all_of_them) in seen:
            continue
        seen.add((file, all_of_them))
        for name in imported_by(file, all_of_them=all_of_them):
            if found := file_of(name):
                todo.append((found, found.name != "__init__.py", f"{way} -> {name}"))
            else:
                outside.setdefault(name.partition(".")[0], way)
        # What contains a module is imported before it.
        folders = [folder for folder in file.parents if folder != ROOT and ROOT in folder.parents]
        todo += [(folder / "__init__.py", False, f"{way} <- {folder.name}") for folder in folders]
    return outside


PURE = [path for path in MODULES if is_pure(path)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    forbidden = {"tests", *GRAIN[: GRAIN.index(package)]}

    roots = {name.partition(".")[0] for name in imported_by(path)}

    assert not roots & forbidden


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_pure_modules_bring_nothing_along_but_the_standard_library(path):
    outside = reached_from(path)

    assert {root: way for root, way in outside.items() if root not in sys.stdlib_module_names} == {}


@pytest.mark.parametrize("path", READERS, ids=name_of)
def test_readers_bring_no_django_along(path):
    """Each may know the library of its format."""
    assert reached_from(path).get("django") is None


def test_pure_modules_and_readers_run_without_django():
    paths = [*PURE, *READERS]
    names = [name_of(path).removesuffix(".py").removesuffix("/__init__") for path in paths]
    imports = ", ".join(name.replace("/", ".") for name in names)
    command = f"import {imports}, sys; print('django' in sys.modules)"

    told = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout == "False\n"


def test_the_modules_that_have_to_be_pure_say_so():
    assert {name_of(path) for path in PURE} >= PURE_AT_LEAST


def test_the_committee_has_no_pages():
    assert not list((ROOT / "workgroups").rglob("*views*.py"))
    assert not list((ROOT / "workgroups").rglob("urls.py"))


def test_the_layers_are_read_from_the_files_that_are_there():
    models = ROOT / "papers" / "models" / "__init__.py"

    assert all(len(modules(package)) > 5 for package in GRAIN)
    assert "django.db" in imported_by(ROOT / "papers" / "querysets.py")
    assert "papers.importing.batches" in imported_by(ROOT / "papers" / "admin" / "imports.py")
    assert "django" in reached_from(models)
    assert "lxml" in reached_from(IMPORTING / "readers" / "docx.py")
