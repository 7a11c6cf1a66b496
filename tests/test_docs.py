"""The pages say what is there: links lead somewhere, commands exist, errors are named."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from xaikg import cli, errors

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    links = re.findall(r"(?<!`)\[[^\]]*\]\(([^)#\s]+)[^)]*\)", text)
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing


def test_every_command_that_the_pages_name_exists() -> None:
    known = {command.name or command.callback.__name__ for command in cli.app.registered_commands if command.callback}
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL):
            named = set(re.findall(r"(?:^|&& |bin/|\| )xaikg ([a-z]+)", block, re.MULTILINE))
            assert named <= known, page.name


def test_every_error_is_drawn_in_the_tree() -> None:
    drawn = set(re.findall(r"\b\w+Error\b", errors.__doc__ or ""))
    assert drawn == set(errors.__all__)


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{3}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_the_project_speaks_of_itself_alone() -> None:
    """No file names a folder of the machine that it was written on."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    private = re.compile("|".join(("/ro" + "ot/", "/ho" + "me/[a-z]", "/wo" + "rk/")))
    texts = (
        ROOT / name
        for name in names
        if Path(name).suffix in {".py", ".md", ".toml", ".ttl", ".sh", ".json", ".graphql"}
    )
    found = [path.name for path in texts if path.exists() and private.search(path.read_text(errors="replace"))]
    assert not found
