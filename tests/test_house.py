"""The rules of the house, as far as a machine can see to them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSES = {"index": {"index"}, "qa": {"qa", "index"}, "ui": {"ui", "qa", "index"}}
"""What each house may import from among them."""
FOLDERS = ("index", "qa", "ui", "tests", "bench", "training")


def _code(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def _imports(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield (module, name) of every import in a file, also within functions; the name is None for a whole module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield from ((node.module or "", alias.name) for alias in node.names)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_code_to_look_at() -> None:
    assert {folder for folder in HOUSES if len(_code(folder)) > 5} == set(HOUSES)


@pytest.mark.parametrize("house", HOUSES)
def test_imports_go_one_way_from_ui_to_qa_to_index(house: str) -> None:
    others = (set(HOUSES) | {"tests", "bench", "training"}) - HOUSES[house]
    wrong = [
        f"{_name(path)} imports {module}"
        for path in _code(house)
        for module, _ in _imports(path)
        if module.split(".")[0] in others
    ]
    assert wrong == []


def test_names_are_imported_from_their_modules_and_no_house_as_a_whole() -> None:
    wrong = [
        f"{_name(path)} imports {module}"
        for path in _code(*HOUSES, "bench", "training")
        for module, name in _imports(path)
        if module == "index" or (module in HOUSES and name is None)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("library", "file"),
    [
        ("chromadb", "index/chroma.py"),
        ("bm25s", "index/lexical.py"),
        ("tiktoken", "index/tokens.py"),
        ("onnxruntime", "index/onnx.py"),
        ("ir_measures", "qa/ranking.py"),
        ("matplotlib", "ui/plot.py"),
        ("xllamacpp", "qa/local.py"),
        ("watchfiles", "ui/watch.py"),
        ("pypdf", "index/pdf.py"),
        ("trafilatura", "index/webpage.py"),
        ("lxml", "index/webpage.py"),
        ("yaml", "index/masthead.py"),
    ],
)
def test_each_library_that_may_be_replaced_is_imported_by_one_file(library: str, file: str) -> None:
    users = {
        _name(path) for path in _code(*HOUSES) if library in {module.split(".")[0] for module, _ in _imports(path)}
    }
    assert users == {file}


def test_no_file_of_code_is_over_300_lines() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".js", ".css"}]
    assert len(files) > 100
    assert [_name(path) for path in files if len(path.read_text("utf-8").splitlines()) > 300] == []


def test_no_function_is_over_50_lines() -> None:
    long = [
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in _code(*FOLDERS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 50
    ]
    assert long == []


def test_the_global_settings_of_llama_index_are_never_touched() -> None:
    """They resolve OpenAI on first use, and would make one library's choice that of the whole process."""
    imported = [
        f"{_name(path)} imports {module}.{name}"
        for path in _code(*FOLDERS)
        for module, name in _imports(path)
        if module.startswith("llama_index") and (name == "Settings" or module.endswith("settings"))
    ]
    touched = [
        f"{_name(path)}:{node.lineno}"
        for path in _code(*FOLDERS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "llama_index.core.Settings"
    ]
    assert imported + touched == []


def test_no_text_file_names_a_place_on_the_machine_where_it_was_written() -> None:
    texts = [path for path in ROOT.iterdir() if path.is_file() and path.name not in {"uv.lock", ".git"}]
    texts += [path for folder in (*FOLDERS, ".ci", "seeds") for path in (ROOT / folder).rglob("*") if path.is_file()]
    place = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home|Users)(?:/|\b(?=[\s\"'`,.;:)]))")
    wrong = []
    for path in texts:
        if path.suffix in {".onnx", ".pyc", ".png", ".json", ".jsonl"}:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if place.search(line):
                wrong.append(f"{_name(path)}:{number} {line.strip()[:80]}")
    assert wrong == []


def test_the_lock_file_names_the_public_registry_only() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
