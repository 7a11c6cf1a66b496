"""A name and a colon before a title: part of the title, or the list's own name for the method.

What a single entry can decide:

1. ``MFV: Multifaceted feature visualization: Uncovering …`` - what follows the name has a colon of its
   own, so it is a whole title: the name is an alias alone.
2. ``PPGN: Plug and play generative networks`` - what follows is the name spelt out and nothing more.
3. An address of the entry spells the title without the name.

What a list decides: where a third of its entries carry such a name, and some of them decidedly as an
alias, a short acronym that the words behind it do not spell is an alias too (``CAM: Learning deep
features for …``), since a title's own acronym comes from its words.

Everything else stays in the title as written, and the name is an alias beside it (``Grad-CAM: Visual …``).
"""

from __future__ import annotations

import re

from xaikg.ingest.rules.known import COMMON
from xaikg.ingest.rules.text import word_count, words
from xaikg.ingest.rules.vocabulary import table, word_set

__all__ = ["is_method_name", "is_plain_phrase", "is_spelt_by", "name_before", "stands_alone"]

_BEFORE = re.compile(r"^(?P<name>[^:：.?!,;\"“”()\[\]]{1,48})\s?[:：]\s?(?P<rest>\S.*)$", re.DOTALL)
_NO_NAMES = word_set(table("common")["no_names"])
_GENERIC = word_set(table("common")["fields_of_study"])


def name_before(title: str) -> tuple[str, str] | None:
    """Return the name before a title's first colon and what follows; None where no name stands there.

    >>> name_before("Grad-CAM: Visual Explanations from Deep Networks")
    ('Grad-CAM', 'Visual Explanations from Deep Networks')
    >>> name_before("Visual explanation by interpretation: Improving feedback") is None
    True
    """
    found = _BEFORE.match(title)
    if not found or word_count(found["rest"]) < 2:
        return None
    name = found["name"].strip()
    return (name, found["rest"].strip()) if _is_name(name) else None


def _is_name(text: str) -> bool:
    tokens = text.split()
    if not tokens or text.lower() in _NO_NAMES or len(tokens) > 3:
        return False
    if len(tokens) == 1:
        common = text.lower() in COMMON and not _is_marked(text)
        return (
            tokens[0][0].isalnum() and text not in _GENERIC and not common and (text[0].isupper() or _is_marked(text))
        )
    return all(t[0].isupper() or _is_marked(t) for t in tokens) and not tokens[0].endswith("ing")


def is_plain_phrase(name: str) -> bool:
    """Tell whether a name is words alone, such as titles begin with too: no capitals inside, digits or signs.

    >>> is_plain_phrase("Multimodal Explanations"), is_plain_phrase("GAN Dissection")
    (True, False)
    """
    return len(name.split()) > 1 and not any(_is_marked(t) for t in name.split())


def _is_marked(token: str) -> bool:
    """Tell whether a word is written as no usual word is: capitals inside, digits, ``++``."""
    return (
        len(token) > 1
        and token not in _GENERIC
        and (any(c.isupper() for c in token[1:]) or "+" in token or any(c.isdigit() for c in token[:-1]))
        and any(c.isalpha() for c in token)
    )


def is_method_name(text: str) -> bool:
    """Tell whether a note of few words is a method's name rather than a remark.

    >>> is_method_name("DeepLIFT"), is_method_name("deconvNet"), is_method_name("gradient, at a given input")
    (True, True, False)
    """
    tokens = text.split()
    return (
        1 <= len(tokens) <= 3
        and all(re.fullmatch(r"[\w.+*'’-]+", t) for t in tokens)
        and any(_is_marked(t) for t in tokens)
    )


def stands_alone(name: str, rest: str, addresses: tuple[str, ...] = ()) -> bool:
    """Tell whether an entry itself shows that the name before a title is no part of it.

    >>> stands_alone("LIME", "Why should i trust you?: Explaining the predictions of any classifier")
    True
    >>> stands_alone("PPGN", "Plug and Play Generative Networks"), stands_alone("PPGN", "Plug and Play Networks")
    (True, False)
    """
    if re.search(r"\w\S?\s?:\s\S", rest) and word_count(rest) >= 4:
        return True
    return _spelt_out(name, rest) == len(_initials(rest)) or any(_spells(url, name, rest) for url in addresses)


def _initials(text: str) -> str:
    return "".join(w[0] for w in words(text.replace("-", " ").replace("&", " and "))).lower()


_SMALL = word_set("a an and as at by for from in into of on or the to via with")


def _spelt_out(name: str, rest: str) -> int:
    """Return how many words at the start of ``rest`` spell ``name`` by their initials; 0 if they do not."""
    letters = [c for c in name.lower() if c.isalnum()]
    if not letters or not name.isupper():
        return 0
    used, at = 0, 0
    for word in words(rest.replace("-", " ").replace("&", " and ")):
        if at == len(letters):
            break
        if word[0].lower() == letters[at]:
            at += 1
        elif word.lower() not in _SMALL:
            return 0
        used += 1
    return used if at == len(letters) else 0


def _spells(url: str, name: str, rest: str) -> bool:
    """Tell whether an address holds the words of ``rest`` with no ``name`` before them."""
    spelt = "-".join(w.lower() for w in re.findall(r"[A-Za-z0-9]+", url.partition("//")[2]))
    plain = [w.lower() for w in re.findall(r"[A-Za-z0-9]+", rest)]
    wanted = "-".join(plain[:4])
    at = spelt.find(wanted)
    named = "-".join(w.lower() for w in re.findall(r"[A-Za-z0-9]+", name))
    return len(plain) >= 4 and len(wanted) > 12 and at >= 0 and not spelt[:at].endswith(f"{named}-")


def is_spelt_by(name: str, rest: str) -> bool:
    """Tell whether most letters of a name come, in order, from the beginnings of words behind it.

    >>> is_spelt_by("RISE", "Randomized Input Sampling for Explanation"), is_spelt_by("CAM", "Learning deep features")
    (True, False)
    """
    letters = [c for c in name.lower() if c.isalnum()]
    found = [w.lower() for w in words(rest.replace("-", " "))]
    return any(_spelt_from(letters, found[start:]) >= max(2, 0.6 * len(letters)) for start in range(len(found)))


def _spelt_from(letters: list[str], found: list[str]) -> int:
    """Return how many letters the beginnings of these words spell."""
    at = 0
    for word in found:
        if at == len(letters) or word[0] != letters[at]:
            return at
        for char in word[:4]:
            if at < len(letters) and char == letters[at]:
                at += 1
            else:
                break
    return at
