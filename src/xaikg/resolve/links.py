"""Links to papers in the form in which two of them are compared."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from xaikg.ids import arxiv, doi

__all__ = ["paper_link", "url_key"]

_SITES = {
    "openaccess.thecvf.com": "thecvf",
    "cv-foundation.org": "thecvf",
    "papers.nips.cc": "nips",
    "papers.neurips.cc": "nips",
    "proceedings.neurips.cc": "nips",
    "aclweb.org": "acl",
    "aclanthology.org": "acl",
    "aclanthology.info": "acl",
    "jmlr.org": "jmlr",
    "proceedings.mlr.press": "pmlr",
}
"""Hosts where the last part of a path names the paper, whatever stands before it."""
_EXTENSION = re.compile(r"\.(pdf|html?|ps|full)$", re.IGNORECASE)
_TRACKING = re.compile(r"(^|&)(utm_[a-z]+|ref|source|fbclid|usp)=[^&]*", re.IGNORECASE)


def url_key(url: str) -> str:
    """Return a URL without scheme, ``www.``, fragment, tracking and trailing slash: what equal addresses share.

    >>> url_key("http://www.Distill.pub/2017/feature-visualization/#top") == "distill.pub/2017/feature-visualization"
    True
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return url.strip()
    query = _TRACKING.sub("", parts.query) if len(parts.query) < 200 else ""
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def paper_link(url: str) -> str | None:
    """Return what two links to one paper share; None for a home page and for a link that holds an identifier.

    >>> paper_link("http://openaccess.thecvf.com/content_ICCV_2017/papers/Fong_Interpretable_ICCV_2017_paper.pdf")
    'thecvf/fong_interpretable_iccv_2017_paper'
    >>> paper_link("https://openreview.net/pdf?id=SkCILwqex") == paper_link("https://openreview.net/forum?id=SkCILwqex")
    True
    >>> paper_link("https://arxiv.org/abs/1610.02391") is paper_link("https://example.org/") is None
    True
    """
    if arxiv(url) or doi(url):
        return None
    key = url_key(url)
    host, _, path = key.partition("/")
    path, _, query = path.partition("?")
    path = _EXTENSION.sub("", path)
    if host == "openreview.net" and "id=" in query:
        return "openreview/" + query.partition("id=")[2].partition("&")[0]
    if not path and not query:
        return None
    if host in _SITES:
        last = _EXTENSION.sub("", path.rpartition("/")[2]).removesuffix("-Paper").removesuffix("-Abstract")
        return f"{_SITES[host]}/{last.lower()}" if last else None
    return f"{host}/{path}" + (f"?{query}" if query else "")
