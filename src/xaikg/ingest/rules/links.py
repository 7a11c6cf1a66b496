"""Links: their address made whole, and what they lead to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from xaikg.ids import arxiv, doi, host
from xaikg.ingest.rules.text import clean, words
from xaikg.ingest.rules.venue import is_named
from xaikg.ingest.rules.vocabulary import in_order, table, word_set
from xaikg.model import LinkRole

__all__ = ["address", "hints_at_role", "is_paper_address", "is_repository", "label_role", "place_role", "role"]

_WORDS = table("links")
_LABELS = {name: tuple(text.split()) for name, text in _WORDS["labels"].items()}
_ROLE_OF = {word: LinkRole(name) for word, name in in_order(_LABELS).items()}
_ROLE_OF |= {"abstract": LinkRole.PAPER, "article": LinkRole.PAPER, "review": LinkRole.OTHER, "notes": LinkRole.OTHER}
_FILLERS = word_set(_WORDS["fillers"])
_LAST_SAYS = word_set(_WORDS["last_says"])
_ILLEGAL = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f]")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_FILES = word_set("md pdf png jpg jpeg gif svg html htm txt ipynb py bib rst doc docx ppt pptx zip csv json yml yaml")


@lru_cache(maxsize=4096)
def address(url: str) -> str | None:
    """Return the whole address of a link; None for a place on the page, a file beside it or an unsafe scheme.

    >>> address("anhnguyen.me/project/ppgn/"), address("https:/arxiv.org/abs/1"), address("//x.org/a b")
    ('https://anhnguyen.me/project/ppgn/', 'https://arxiv.org/abs/1', 'https://x.org/a%20b')
    >>> address("javascript:alert(1)"), address("#top"), address("papers/x.pdf"), address("README.md")
    (None, None, None, None)
    """
    url = clean(url).strip("<>\"' ")
    url = re.sub(r"^(?:https?:/*)?(https?):/*(?=[^/\s])", r"\1://", url, flags=re.IGNORECASE)
    if url.startswith("//"):
        url = f"https:{url}"
    if not url.lower().startswith(("http://", "https://", "ftp://")):
        first = url.partition("/")[0].partition("?")[0]
        ending = first.rpartition(".")[2].partition(":")[0]
        if (
            (_SCHEME.match(url) and not re.match(r"[\w.-]+\.[a-z]{2,}:\d+", url))
            or "." not in first.strip(".")
            or not ending.isalpha()
            or len(ending) < 2
        ):
            return None
        if ending.lower() in _FILES or first.startswith("."):
            return None
        url = f"https://{url}"
    url = _ILLEGAL.sub(lambda found: quote(found.group()), url)
    try:
        parts = urlsplit(url)
        name, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if (
        not name
        or "[" in parts.netloc
        or len(url) > 4000
        or (("[" in url or "]" in url) and not (url := _without_brackets(url)))
    ):
        return None
    return url if "." in name or name == "localhost" else None


def _without_brackets(url: str) -> str:
    return url.replace("[", "%5B").replace("]", "%5D")


@lru_cache(maxsize=4096)
def label_role(label: str) -> LinkRole | None:
    """Return what a link's label says that it leads to; None where it is no such label.

    >>> label_role("[PDF]"), label_role("Pytorch (official)"), label_role("live demo"), label_role("Network Dissection")
    (<LinkRole.PAPER: 'paper'>, <LinkRole.CODE: 'code'>, <LinkRole.PROJECT: 'project'>, None)
    """
    found = [w.lower() for w in words(label)]
    if len(found) <= 3 and any("-" in w for w in found):
        found = [p.rstrip("0123456789") or p for w in found for p in (w.split("-") if w not in _ROLE_OF else [w])]
        found = [w for w in found if not is_named(w)] or found
    if not found or len(found) > 6:
        return None
    roles = [_ROLE_OF.get(w) or _ROLE_OF.get(w.rstrip("s")) for w in found]
    known = [r for r in roles if r]
    plain = all(
        r or w in _FILLERS or w.replace(".", "").isdigit() or w == "x" for w, r in zip(found, roles, strict=True)
    )
    if len(found) <= 4 and found[-1] in _LAST_SAYS:
        return _ROLE_OF[found[-1]]
    if not known or not plain:
        return None
    strong = [r for r in known if r is not LinkRole.PAPER]
    return strong[0] if strong else known[0]


def hints_at_role(label: str) -> bool:
    """Tell whether a short label holds a word that labels links, among others: ``Python reference``.

    >>> hints_at_role("Python Reference"), hints_at_role("Deep Sets")
    (True, False)
    """
    found = [w.lower() for w in words(label)]
    return 0 < len(found) <= 4 and any(w in _ROLE_OF for w in found)


@lru_cache(maxsize=4096)
def place_role(url: str) -> LinkRole | None:
    """Return what an address alone says that it is: a paper, code, a blog; None where it does not tell.

    >>> place_role("https://github.com/metalbubble/CAM"), place_role("https://x.org/a.pdf"), place_role("https://x.org")
    (<LinkRole.CODE: 'code'>, <LinkRole.PAPER: 'paper'>, None)
    """
    name, low = host(url), url.lower()
    path = low.split("//", 1)[-1].partition("/")[2].partition("?")[0].partition("#")[0]
    if name in {"github.com", "raw.githubusercontent.com"}:
        return LinkRole.PAPER if path.endswith(".pdf") else LinkRole.CODE
    if (known := _host_role(name, low)) is not None:
        return known
    if path.endswith((".pdf", ".ps", ".ps.gz")) or "/doi/" in f"/{path}" or re.search(r"/10\.\d{4,}/", f"/{path}"):
        return LinkRole.PAPER
    if path.endswith((".ppt", ".pptx", ".mp4", ".bib", ".key")):
        return LinkRole.OTHER
    return LinkRole.CODE if path.endswith((".zip", ".tar.gz", ".ipynb")) else None


def _by_host(hosts: str) -> tuple[frozenset[str], tuple[str, ...]]:
    found = hosts.split()
    return frozenset(k for k in found if "/" not in k), tuple(k for k in found if "/" in k)


_HOSTS = tuple((LinkRole(name), *_by_host(_WORDS["hosts"][name])) for name in ("code", "other", "paper", "blog"))


@lru_cache(maxsize=4096)
def _host_roles(name: str) -> tuple[LinkRole | None, bool]:
    """Return what a host is known for, and whether some of its pages are known for something else."""
    parts = name.split(".")
    names = {".".join(parts[n:]) for n in range(len(parts))}
    known = next((role for role, hosts, _ in _HOSTS if names & hosts), None)
    return known, any(page.partition("/")[0] in names for _, _, pages in _HOSTS for page in pages)


def _host_role(name: str, url: str) -> LinkRole | None:
    known, has_pages = _host_roles(name)
    if has_pages:
        return next((role for role, _, pages in _HOSTS if any(page in url for page in pages)), known)
    return known


def is_paper_address(url: str) -> bool:
    """Tell whether an address alone shows that a paper is there.

    >>> is_paper_address("https://arxiv.org/abs/1706.03825"), is_paper_address("https://distill.pub")
    (True, False)
    """
    rest = url.split("//", 1)[-1].partition("/")[2]
    return bool(rest.strip("/")) and place_role(url) is LinkRole.PAPER


def is_repository(url: str) -> bool:
    """Tell whether an address is a code repository or a page of one.

    >>> is_repository("https://github.com/slundberg/shap")
    True
    """
    return place_role(url) is LinkRole.CODE


def role(url: str, label: str, default: LinkRole = LinkRole.PAPER) -> LinkRole:
    """Return a link's role: an unmistakable host wins over the label, the label over the file's ending.

    A repository is code whatever its label says, and an archive of papers holds no code; what a
    label calls slides, poster, video or blog stays so. Without either the default holds.

    >>> role("https://github.com/a/b", "paper"), role("https://arxiv.org/abs/1706.03825", "code")
    (<LinkRole.CODE: 'code'>, <LinkRole.PAPER: 'paper'>)
    >>> role("http://yosinski.com/deepvis", "url"), role("https://distill.pub/2017/x/", "blog")
    (<LinkRole.PROJECT: 'project'>, <LinkRole.BLOG: 'blog'>)
    >>> role("https://x.org/s.pdf", "slides")
    <LinkRole.OTHER: 'other'>
    """
    said, placed = label_role(label), place_role(url)
    if placed is LinkRole.CODE:
        return LinkRole.OTHER if said is LinkRole.OTHER else LinkRole.CODE
    if placed is LinkRole.PAPER and (said is None or (said in _NO_PAPER and _is_the_paper(url))):
        return LinkRole.PAPER
    if placed in {LinkRole.OTHER, LinkRole.BLOG} and said in {LinkRole.PAPER, None}:
        return placed
    return said or placed or default


_NO_PAPER = {LinkRole.CODE, LinkRole.PROJECT}


def _is_the_paper(url: str) -> bool:
    return (
        url.lower().endswith(".pdf") or arxiv(url) is not None or doi(url) is not None or host(url) == "openreview.net"
    )
