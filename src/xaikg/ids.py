"""Identifiers: recognise them in links and text, fold names for comparison, mint permanent IRIs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

__all__ = ["BASE", "arxiv", "doi", "fold", "iri", "key_of", "slug", "title_key"]

BASE = "https://w3id.org/xaikg/id/"
"""The IRI under which every entity of the data stands: ``BASE + kind + "/" + key``."""

_ARXIV_NEW = re.compile(r"(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d{1,2})?(?![\d])")
_ARXIV_OLD = re.compile(
    r"(?<![\w-])((?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|nucl-(?:ex|th)|physics|quant-ph|math|cs|cmp-lg"
    r"|q-bio|q-fin|stat|adap-org|chao-dyn|alg-geom|dg-ga|funct-an|patt-sol|solv-int)(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?!\d)"
)
_ARXIV_HOSTS = (
    *("arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org", "arxiv-vanity.com", "arxiv-sanity.com"),
    *(
        "huggingface.co/papers",
        "papers.cool/arxiv",
        "scirate.com/arxiv",
        "arxivxplorer.com",
        "catalyzex.com/paper/arxiv",
    ),
)
_ARXIV_PHRASE = re.compile(
    r"\barxiv(?:\.org)?(?:\s+(?:preprint|e-?print|id|no\.?))?[\s:/(\[]*(?=\d{4}\.\d|[a-z-]+(?:\.[A-Z]{2})?/\d)",
    re.IGNORECASE,
)
_DOI_SICI = re.compile(r"\b(10\.\d{4,9}/\(sici\)[^\s\"]{1,120}?\d\.(?:co|tx);2-[\w#])", re.IGNORECASE)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>{}|\\^\[\]`]{1,200})")
_DOI_ENDINGS = (
    *(
        ".pdf",
        ".html",
        ".xml",
        ".full",
        ".short",
        ".abstract",
        "/pdf",
        "/pdfdirect",
        "/full",
        "/fulltext",
        "/full-text",
        "/abstract",
        "/epdf",
        "/epub",
    ),
    *(
        "/html",
        "/meta",
        "/download",
        "/summary",
        "/references",
        "/citations",
        "/file",
        "/reader",
        "/_article",
        "/suppl",
    ),
)
_NO_DOI_HOSTS = ("delivery.acm.org", "archive.org")


def arxiv(text: str) -> str | None:
    """Return the arXiv identifier that a link or an ``arXiv:`` phrase names, without its version.

    >>> arxiv("https://arxiv.org/pdf/1710.11063v3.pdf"), arxiv("arXiv 1706.03825v2")
    ('1710.11063', '1706.03825')
    >>> arxiv("arXiv:1312.6034"), arxiv("https://arxiv.org/abs/cs/0612056"), arxiv("https://doi.org/10.48550/arXiv.1610.02391")
    ('1312.6034', 'cs/0612056', '1610.02391')
    >>> arxiv("https://example.org/1710.11063"), arxiv("arXiv 2019"), arxiv("https://arxiv.org/abs/1901.123")
    (None, None, None)
    """
    lowered = text.lower()
    if any(known in lowered for known in _ARXIV_HOSTS) or "10.48550/arxiv." in lowered or "arxiv:" in lowered:
        start = next(
            i + len(known) for known in ("10.48550/arxiv.", *_ARXIV_HOSTS, "arxiv:") if (i := lowered.find(known)) >= 0
        )
        rest = unquote(text[start:])
    elif found := _ARXIV_PHRASE.search(text):
        rest = text[found.end() :]
    elif re.fullmatch(r"\s*\d{4}\.\d{4,5}(v\d+)?\s*", text):
        rest = text
    else:
        return None
    return _new_arxiv(rest) or ((old := _ARXIV_OLD.search(rest)) and old.group(1)) or None


def _new_arxiv(text: str) -> str | None:
    """Return the first identifier of the scheme of 2007: four digits after the point up to 2014, five since."""
    for found in _ARXIV_NEW.finditer(text):
        month, _, number = found.group(1).partition(".")
        if month >= "0704" and len(number) == (5 if month >= "1501" else 4):
            return found.group(1)
    return None


# Nature's addresses hold the second half of the article's DOI.
_NATURE = re.compile(r"https?://(?:www\.)?nature\.com/articles/([a-z]+\d[\w-]{2,40})(?=$|[.?#/])", re.IGNORECASE)


def doi(text: str) -> str | None:
    """Return the DOI in a link or a text, in lower case, without a trailing full stop or bracket.

    arXiv's own DOIs are left to :func:`arxiv`.

    >>> doi("https://doi.org/10.1109/WACV.2018.00097"), doi("doi: 10.1109/PacificVis48177.2020.2785.")
    ('10.1109/wacv.2018.00097', '10.1109/pacificvis48177.2020.2785')
    >>> doi("https://link.springer.com/content/pdf/10.1007%2F978-3-319-10590-1_53.pdf")
    '10.1007/978-3-319-10590-1_53'
    >>> doi("https://dl.acm.org/doi/pdf/10.1145/2939672.2939778?download=true"), doi("https://www.biorxiv.org/content/10.1101/2020.01.30.927244v2.full")
    ('10.1145/2939672.2939778', '10.1101/2020.01.30.927244')
    >>> doi("https://www.nature.com/articles/s41467-019-08987-4.pdf"), doi("https://www.nature.com/nature/articles")
    ('10.1038/s41467-019-08987-4', None)
    """
    if host(text.strip()).endswith(_NO_DOI_HOSTS):
        return None
    if article := _NATURE.match(text.strip()):
        return f"10.1038/{article.group(1).lower()}"
    text = unquote(unquote(text)) if "%25" in text else unquote(text)
    if sici := _DOI_SICI.search(text):
        return sici.group(1).lower()
    found = _DOI.search(text)
    if not found:
        return None
    value = re.split(r"[?#&;]|\)\]|\](?=\()|,\s|\.\.", found.group(1))[0]
    value = _without_ending(value.lower())
    if value.startswith("10.1101/"):
        value = re.sub(r"v\d{1,2}$", "", value)
    return None if value.startswith("10.48550/arxiv") or value.endswith("/") or "/" not in value else value


def _without_ending(value: str) -> str:
    """Return a DOI without what an address adds to it and without closing punctuation."""
    while True:
        shorter = value.rstrip(".,;:'*_’”/")
        while shorter.endswith(")") and shorter.count("(") < shorter.count(")"):
            shorter = shorter[:-1].rstrip(".,;:'*_")
        for ending in _DOI_ENDINGS:
            shorter = shorter.removesuffix(ending)
        if shorter == value or shorter.count("/") == 0:
            return value if shorter.count("/") == 0 else shorter
        value = shorter


def fold(text: str) -> str:
    """Return a text for comparison: no accents, case or punctuation, single blanks; any script survives.

    >>> fold('"Why Should I Trust You?": Explaining …'), fold("Schütt"), fold("Grad-CAM++")
    ('why should i trust you explaining', 'schutt', 'grad cam plus plus')
    >>> fold("可解释性  综述")
    '可解释性 综述'
    """
    text = unicodedata.normalize("NFKD", text.replace("++", " plus plus ")).casefold()
    kept = (c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def title_key(title: str) -> str:
    """Return the first words of a folded title and six hex digits of its hash: a slug that lasts.

    >>> title_key("Feature Visualization")
    'feature-visualization-b018c6'
    """
    folded = fold(title)
    words = "-".join(folded.split())[:60].strip("-") or "untitled"
    return f"{slug(words)}-{hashlib.sha256(folded.encode()).hexdigest()[:6]}"


def slug(text: str) -> str:
    """Return a text as an IRI segment: ASCII letters, digits, ``.``, ``_`` and ``-`` alone, never empty.

    >>> slug("10.1109/WACV.2018.00097"), slug("Grad-CAM++"), slug("综述")[:2]
    ('10.1109-wacv.2018.00097', 'grad-cam-plus-plus', 'x-')
    """
    text = text.replace("++", "-plus-plus")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    cleaned = re.sub(r"[^a-z0-9._]+", "-", ascii_text).strip("-.")
    if not cleaned or not any(c.isalnum() for c in cleaned):
        return "x-" + hashlib.sha256(text.encode()).hexdigest()[:10]
    return cleaned


def iri(kind: str, key: str) -> str:
    """Return the permanent IRI of an entity.

    >>> iri("paper", "1610.02391")
    'https://w3id.org/xaikg/id/paper/1610.02391'
    """
    return f"{BASE}{kind}/{key}"


def key_of(iri: str) -> tuple[str, str] | None:
    """Return kind and key of an IRI that this project minted, else None.

    >>> key_of("https://w3id.org/xaikg/id/paper/1610.02391"), key_of("https://example.org/x")
    (('paper', '1610.02391'), None)
    """
    if not iri.startswith(BASE):
        return None
    kind, _, key = iri[len(BASE) :].partition("/")
    return (kind, key) if kind and key else None


def host(url: str) -> str:
    """Return the host of a URL in lower case without ``www.``, or an empty string.

    >>> host("https://www.GitHub.com/metalbubble/CAM"), host("not a url")
    ('github.com', '')
    """
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
