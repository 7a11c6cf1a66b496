"""As many synthetic works as a test of size wants, with lists, authors, venues, methods and relations."""

from __future__ import annotations

from xaikg.model import (
    AssertionMethod,
    Authorship,
    Description,
    End,
    Evidence,
    Link,
    LinkRole,
    Mention,
    Method,
    Person,
    Place,
    ReadingList,
    Relation,
    RelationStatus,
    RelationType,
    Resolution,
    Venue,
    Work,
)

PERSONS_PER_WORK = 4
VENUES = 50
LINES = 5_000


def _mention(n: int) -> Mention:
    place = Place(f"list-{n // LINES}", ("Explanations", f"Section {n % 40}"), n % LINES + 1, n % LINES + 1)
    url = f"https://arxiv.org/abs/{_arxiv(n)}"
    return Mention(
        place,
        f"Explaining network {n} by its parts",
        authors=(f"Author {n}",),
        authors_complete=False,
        year=2000 + n % 25,
        venue=f"V{n % VENUES}",
        links=(Link(LinkRole.PAPER, url, "pdf"),),
        identifiers=(f"arxiv:{_arxiv(n)}",),
    )


def _arxiv(n: int) -> str:
    return f"{n % 25 + 1:02d}{n // 25 % 12 + 1:02d}.{n // 300 + 10_000:05d}"


def _work(n: int) -> Work:
    mention = _mention(n)
    persons = ((n * 3 + i * 7) % max(1, n) for i in range(PERSONS_PER_WORK))
    return Work(
        f"{_arxiv(n)}",
        mention.title,
        year=mention.year,
        venue=f"v{n % VENUES}",
        authorships=tuple(Authorship(i, f"Author {p}", f"author-{p}") for i, p in enumerate(persons, start=1)),
        arxiv=_arxiv(n),
        urls=(mention.links[0].url,),
        mentions=(mention,),
    )


def _relation(n: int, keys: list[str]) -> Relation:
    newer, older = sorted((n, (n * 31 + 7) % len(keys)), key=lambda i: (i % 25, i), reverse=True)
    return Relation(
        f"relation-{n}",
        (RelationType.EXTENDS, RelationType.USES, RelationType.CRITIQUES, RelationType.EVALUATES)[n % 4],
        End("paper", keys[newer]),
        End("paper", keys[older]),
        (Evidence("It says so.", f"https://arxiv.org/abs/{keys[newer]}", "abstract"),),
        0.9,
        RelationStatus.ACCEPTED,
        AssertionMethod.CURATED,
        "xaikg",
        "2026-01-31",
        f"curated/relations.toml#{n * 10 + 1}",
    )


def many(count: int) -> tuple[tuple[ReadingList, ...], Resolution, Description]:
    """Return lists, works and statements: every third work introduces a method, every second extends or judges one."""
    works = [_work(n) for n in range(count)]
    keys = [work.key for work in works]
    by_list: dict[str, list[Mention]] = {}
    for work in works:
        by_list.setdefault(work.mentions[0].place.list, []).append(work.mentions[0])
    lists = tuple(ReadingList(key, key, "0" * 64, LINES, tuple(found)) for key, found in by_list.items())
    persons = tuple(Person(f"author-{n}", f"Author {n}") for n in range(max(1, count)))
    venues = tuple(Venue(f"v{n}", f"Venue {n}", f"V{n}") for n in range(VENUES))
    methods = tuple(Method(f"method-{n}", f"Method {n}", (), (keys[n],)) for n in range(0, count, 3))
    made = (_relation(n, keys) for n in range(0, count, 2))
    relations = tuple(relation for relation in made if relation.source != relation.target)
    return lists, Resolution(tuple(works), persons, venues), Description(methods, relations)
