"""Seconds that resolution takes for made-up mentions, and how many of their works it finds again.

    python benchmarks/resolve.py                     # 1,000, 10,000 and 100,000 mentions
    python benchmarks/resolve.py 20000 1000000       # sizes of your own

The mentions are made from a seed: works with titles of common and rare words and Zipf-distributed fame, each
mention with its own slips (letters, case, hyphens, dropped subtitles, initials, years, missing identifiers).
Precision and recall are those of pairs of mentions of one work.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

from xaikg.model import Link, LinkRole, Mention, Place, ReadingList
from xaikg.resolve import Authority, load_authority, resolve
from xaikg.resources import graph_dir

_LIST_LENGTH = 500
_FIELD = tuple(
    word
    for line in (
        "deep neural networks explaining explanations interpretable learning visual attribution models saliency",
        "counterfactual concept graph attention convolutional towards understanding feature image local global robust",
    )
    for word in line.split()
)
_SMALL = ("of", "in", "for", "with", "via", "and", "the", "a", "from", "by")


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    subtitle: str
    authors: tuple[tuple[str, str], ...]
    year: int
    arxiv: str


def papers(count: int, dice: random.Random) -> list[Paper]:
    """Return made-up papers; every tenth is a sequel that differs from another in one word."""
    words = files("xaikg.resolve").joinpath("words.txt").read_text(encoding="utf-8").split()
    dice.shuffle(words)
    names = [w.capitalize() for w in words[:4000]]
    made: list[Paper] = []
    for number in range(count):
        authors = tuple((dice.choice(names), dice.choice(names)) for _ in range(dice.randint(1, 6)))
        year = dice.randint(2012, 2025)
        arxiv = f"{year % 100:02}{dice.randint(1, 12):02}.{number % 100_000:05}"
        if number % 10 == 9:
            parts = made[-1].title.split()
            parts[dice.randrange(len(parts))] = dice.choice(words[4000:]).capitalize()
            made.append(Paper(" ".join(parts), "", authors, year, arxiv))
            continue
        title = _title(dice, words)
        subtitle = _title(dice, words) if dice.random() < 0.4 else ""
        made.append(Paper(title, subtitle, authors, year, arxiv))
    return made


def _title(dice: random.Random, words: list[str]) -> str:
    parts = []
    for position in range(dice.randint(4, 8)):
        source = _SMALL if position and dice.random() < 0.2 else _FIELD if dice.random() < 0.5 else words
        parts.append(source[min(int(dice.paretovariate(0.35)) - 1, len(source) - 1)])
    return " ".join(p.capitalize() for p in parts)


def mention(paper: Paper, place: Place, dice: random.Random) -> Mention:
    """Return a mention of a paper as a list might write it."""
    title = paper.title
    if paper.subtitle and dice.random() < 0.9:
        title += f": {paper.subtitle}"
    if dice.random() < 0.3:
        title = title.lower()
    if dice.random() < 0.1:
        at = dice.randrange(3, len(title))
        title = title[:at] + title[at + 1 :]
    shown = paper.authors[:1] if dice.random() < 0.5 else paper.authors
    names = tuple(f"{g[0]}. {f}" if dice.random() < 0.3 else f"{g} {f}" for g, f in shown)
    with_id = dice.random() < 0.6
    link = (Link(LinkRole.PAPER, f"https://arxiv.org/abs/{paper.arxiv}", "pdf"),) if with_id else ()
    return Mention(
        place,
        title,
        authors=names if dice.random() < 0.6 else (),
        authors_complete=len(shown) == len(paper.authors),
        year=paper.year + dice.choice((0, 0, 0, 1)) if dice.random() < 0.8 else None,
        venue=dice.choice(("NeurIPS", "CVPR 2019", "arXiv", "ICML")) if dice.random() < 0.5 else None,
        links=link,
        identifiers=(f"arxiv:{paper.arxiv}",) if with_id else (),
    )


def lists(count: int, seed: int = 7) -> tuple[list[ReadingList], dict[str, int]]:
    """Return reading lists with that many mentions, and the number of the paper behind each."""
    dice = random.Random(seed)
    known = papers(max(count // 5, 1), dice)
    truth: dict[str, int] = {}
    made = []
    for start in range(0, count, _LIST_LENGTH):
        key = f"list-{start // _LIST_LENGTH:05}"
        mentions = []
        for line in range(1, min(_LIST_LENGTH, count - start) + 1):
            number = (
                min(int(dice.paretovariate(0.4)) - 1, len(known) - 1)
                if dice.random() < 0.3
                else dice.randrange(len(known))
            )
            place = Place(key, (), line, line)
            truth[place.ref] = number
            mentions.append(mention(known[number], place, dice))
        made.append(ReadingList(key, key, "0" * 64, _LIST_LENGTH, tuple(mentions)))
    return made, truth


def run(count: int, authority: Authority) -> str:
    made, truth = lists(count)
    start = time.perf_counter()
    found = resolve(made, authority)
    seconds = time.perf_counter() - start
    both = together = right = 0
    for size in Counter(truth.values()).values():
        both += size * (size - 1) // 2
    for work in found.works:
        together += len(work.mentions) * (len(work.mentions) - 1) // 2
        for size in Counter(truth[m.place.ref] for m in work.mentions).values():
            right += size * (size - 1) // 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{count:>9,} mentions  {seconds:8.2f} s  {count / seconds:>8,.0f}/s  {len(found.works):>7,} works of "
        f"{len(set(truth.values())):,}  precision {right / max(together, 1):.4f}  "
        f"recall {right / max(both, 1):.4f}  {peak:,.0f} MB"
    )


def main() -> None:
    authority = load_authority(graph_dir() / "curated")
    print(f"$ python benchmarks/resolve.py {' '.join(sys.argv[1:])}".rstrip())
    for count in map(int, sys.argv[1:] or ("1000", "10000", "100000")):
        print(run(count, authority), flush=True)


if __name__ == "__main__":
    main()
