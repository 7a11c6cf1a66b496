"""What a newcomer does: clone, one command, ask. And what a user does: install the wheel somewhere else."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def readme_command(marker: str) -> str:
    found = re.search(rf"<!-- {marker} -->\s*```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None
    return found.group(1).strip()


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment without what would let a checkout or another venv shine through."""
    dropped = ("PYTHONPATH", "VIRTUAL_ENV", "XAIKG_HOME", "XAIKG_PORT")
    return {name: value for name, value in os.environ.items() if name not in dropped} | more


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "xaikg"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def served(clone: Path) -> Iterator[str]:
    """Run the README's first command in the clone; give the address that it prints."""
    child = subprocess.Popen(
        ["bash", "-c", f"exec 2>&1; {readme_command('serve')}"],
        cwd=clone,
        env=clean_environment(XAIKG_PORT="0", HF_HUB_OFFLINE="1"),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert child.stdout is not None
        printed = []
        for line in child.stdout:
            printed.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/graphql", line):
                yield found.group(0)
                break
        else:
            raise AssertionError("no address was printed:\n" + "".join(printed))
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.communicate(timeout=60)


def asked(address: str, query: str, **variables: Any) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(address, body, {"content-type": "application/json"})
    for _ in range(120):
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer = json.load(response)
                assert "errors" not in answer, answer
                return dict(answer["data"])
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError):
                raise AssertionError(error.read().decode()) from error
            time.sleep(0.5)
    raise AssertionError("the server did not answer")


def test_first_command_ends_in_a_server_that_knows_a_paper(served: str) -> None:
    query = '{ paper(arxiv: "1610.02391") { title authors { author { name } } listings { list { key } lineStart } } }'
    paper = asked(served, query)["paper"]
    assert paper["title"] == "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization"
    assert paper["authors"][0]["author"]["name"] == "Ramprasaath R. Selvaraju"
    listings = {(each["list"]["key"], each["lineStart"]) for each in paper["listings"]}
    assert listings == {
        ("xai-papers", 40),
        ("awesome-xai", 44),
        ("interpretability-of-deep-nns", 23),
        ("awesome-deep-learning-interpretability", 137),
    }


def test_first_command_ends_in_a_server_that_searches(served: str) -> None:
    query = '{ search(text: "why is this image a cat", first: 5) { edges { score node { ... on Paper { title } } } } }'
    edges = asked(served, query)["search"]["edges"]
    assert len(edges) == 5
    assert [edge["score"] for edge in edges] == sorted((edge["score"] for edge in edges), reverse=True)


def test_first_command_ends_in_a_server_that_knows_lineages(served: str) -> None:
    root = asked(served, '{ method(name: "Grad-CAM++") { id } }')["method"]["id"]
    query = """query ($root: ID!) { lineage(root: $root) { edges {
        type source { ... on Method { name } } target { ... on Method { name } } } } }"""
    edges = asked(served, query, root=root)["lineage"]["edges"]
    found = {(edge["source"]["name"], edge["type"], edge["target"]["name"]) for edge in edges}
    assert ("Grad-CAM++", "EXTENDS", "Grad-CAM") in found
    assert any(target == "CAM" for _, _, target in found)


def test_wheel_works_outside_the_checkout(clone: Path, served: str, tmp_path: Path) -> None:
    python = str(clone / ".venv" / "bin" / "python")
    subprocess.run(
        [python, "-m", "pip", "wheel", "-q", "--no-cache-dir", "--no-deps", "-w", str(tmp_path), str(clone)], check=True
    )
    wheel = next(tmp_path.glob("xaikg-*.whl"))
    target = tmp_path / "site"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(wheel)], check=True)
    environment = clean_environment(PYTHONPATH=str(target), HF_HUB_OFFLINE="1")
    script = "import xaikg, sys; from xaikg import resources; print(xaikg.__file__); print(resources.graph_dir())"
    where = subprocess.run(
        [python, "-c", script], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert all(str(target) in line for line in where.stdout.splitlines())
    for command in (["build", "--out", "home"], ["verify", "home"]):
        ended = subprocess.run(
            [python, "-m", "xaikg", *command, "--json"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["triples"] > 5000


def test_first_command_leaves_nothing_outside_the_checkout(clone: Path, served: str) -> None:
    inside = subprocess.run(["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True, text=True)
    assert inside.stdout == ""
    assert (clone / ".xaikg" / "current").is_file()
