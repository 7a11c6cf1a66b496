"""Authors of works, and which of them are one person."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from xaikg.ids import slug
from xaikg.model import Authorship, Person
from xaikg.resolve.authority import PersonRow
from xaikg.resolve.names import Name, compatible, fold_name, fuller, read_name
from xaikg.resolve.records import Record
from xaikg.resolve.refs import normal_ref

__all__ = ["Credit", "credits_of", "people"]


_CROWD = 60
"""How many authors of a work, or spellings of a name, are compared with one another."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An author of one work: the name as credited, every spelling that the entries give, and the one that says most."""

    name: Name
    spellings: tuple[Name, ...]
    best: Name


@dataclass(frozen=True, slots=True, order=True)
class _Slot:
    """One place in one work's list of authors."""

    work: str
    position: int


def credits_of(records: Sequence[Record]) -> tuple[Credit, ...]:
    """Return a work's authors: those of the fact, else of the entry that names most of them, and names them best."""
    base = _base(records)
    if base is None:
        return ()
    spellings: list[list[Name]] = [[name] for name in base.authors]
    for record in records:
        if record is not base:
            for place, name in enumerate(record.authors):
                at = _position(name, place, base.authors)
                if at is not None and name not in spellings[at]:
                    spellings[at].append(name)
    return tuple(
        Credit(own[0], tuple(own), own[0] if own[0].has_full_given else reduce(fuller, own)) for own in spellings
    )


def _base(records: Sequence[Record]) -> Record | None:
    for record in records:
        if record.is_fact and record.authors:
            return record

    def says(record: Record) -> tuple[int, int, bool, int]:
        full = sum(n.has_full_given for n in record.authors)
        return (len(record.authors), full, record.complete, sum(len(n.key) for n in record.authors))

    named = [r for r in records if r.authors]
    return max(named, key=lambda r: (says(r), tuple(-ord(c) for c in r.ref)), default=None)


def _position(name: Name, place: int, authors: tuple[Name, ...]) -> int | None:
    """Return which author a name means: the one in the same place, else the only one that fits."""
    if place < len(authors) and compatible(name, authors[place]):
        return place
    fitting = [at for at, author in enumerate(authors[:_CROWD]) if compatible(name, author)]
    return fitting[0] if len(fitting) == 1 else None


def people(
    works: Sequence[tuple[str, tuple[Credit, ...], frozenset[str]]], rows: Iterable[PersonRow] = ()
) -> tuple[dict[str, tuple[Authorship, ...]], tuple[Person, ...]]:
    """Return the authorships of each work and all persons, for works given as key, credits and refs.

    One full name is one person, except twice in one paper or where a curated row says otherwise; a middle
    name may be missing if no two people differ in it; initials need the one full name that shares a co-author.
    """
    slots = {_Slot(key, at): credit for key, own, _ in works for at, credit in enumerate(own, 1)}
    curated = _curated(slots, {key: refs for key, _, refs in works}, rows)
    grouping = _Grouping(slots, curated)
    groups = grouping.groups()
    keys = _keys(groups, slots, curated)
    persons = []
    by_slot: dict[_Slot, str] = {}
    for group in groups:
        row = next((curated[slot] for slot in group if slot in curated), None)
        names = [n for slot in group for n in slots[slot].spellings]
        key = keys[group[0]]
        best = _display([slots[slot].best for slot in group])
        persons.append(
            Person(
                key,
                row.name if row else best.written,
                tuple(sorted({n.written for n in names})),
                row.orcid if row else None,
            )
        )
        by_slot.update(dict.fromkeys(group, key))
    authorships = {
        key: tuple(Authorship(at, c.name.written, by_slot[_Slot(key, at)]) for at, c in enumerate(own, 1))
        for key, own, _ in works
    }
    return authorships, tuple(sorted(persons, key=lambda p: p.key))


def _display(names: Sequence[Name]) -> Name:
    """Return the name to show: the fullest; among equally full ones the most frequent."""
    counts = Counter(names)
    best = names[0]
    for name in sorted(counts, key=lambda n: (-counts[n], n.written)):
        if fuller(best, name) is name and fuller(name, best) is name:
            best = name
    return best


def _curated(
    slots: dict[_Slot, Credit], refs: dict[str, frozenset[str]], rows: Iterable[PersonRow]
) -> dict[_Slot, PersonRow]:
    """Return the places in works' lists of authors of which a curated row says who it is; rows for works go first."""
    by_variant: dict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        for written in {row.variant} if row.works else {row.variant, row.name}:
            by_variant[read_name(written).key].append(row)
    found = {}
    for slot, credit in slots.items():
        fitting = [row for name in credit.spellings for row in by_variant.get(name.key, ())]
        own = [row for row in fitting if {normal_ref(w) for w in row.works} & refs[slot.work]]
        everywhere = [row for row in fitting if not row.works]
        if own or everywhere:
            found[slot] = (own or everywhere)[0]
    return found


class _Grouping:
    """Places in lists of authors in groups, each a person."""

    def __init__(self, slots: dict[_Slot, Credit], curated: dict[_Slot, PersonRow]) -> None:
        self._slots, self._curated = slots, curated
        self._parent = {slot: slot for slot in slots}
        self._families: dict[str, set[str]] = defaultdict(set)
        for slot, credit in slots.items():
            self._families[slot.work].add(credit.best.family)

    def groups(self) -> list[list[_Slot]]:
        """Return all groups, each sorted, sorted by their first place."""
        classes = self._by_full_name()
        self._join_middle_names(classes)
        self._join_initials()
        found: dict[_Slot, list[_Slot]] = defaultdict(list)
        for slot in sorted(self._slots):
            found[self._root(slot)].append(slot)
        return sorted(found.values())

    def _root(self, slot: _Slot) -> _Slot:
        while self._parent[slot] != slot:
            self._parent[slot] = self._parent[self._parent[slot]]
            slot = self._parent[slot]
        return slot

    def _join(self, one: _Slot, other: _Slot) -> None:
        a, b = sorted((self._root(one), self._root(other)))
        self._parent[b] = a

    def _by_full_name(self) -> dict[tuple[str, str, int], list[_Slot]]:
        """Join places with one full name (the nth of that name in a work with the nth elsewhere), and curated ones."""
        by_key: dict[str, _Slot] = {}
        for slot, row in sorted(self._curated.items(), key=lambda item: item[0]):
            self._join(by_key.setdefault(row.key, slot), slot)
        classes: dict[tuple[str, str, int], list[_Slot]] = defaultdict(list)
        seen: Counter[tuple[str, str, str]] = Counter()
        for slot in sorted(self._slots):
            name = self._slots[slot].best
            if slot in self._curated or not name.has_full_given:
                continue
            key = ("".join(name.given), name.family)
            nth = seen[(slot.work, *key)]
            seen[(slot.work, *key)] += 1
            classes[(*key, nth)].append(slot)
        for members in classes.values():
            for slot in members[1:]:
                self._join(members[0], slot)
        return classes

    def _join_middle_names(self, classes: dict[tuple[str, str, int], list[_Slot]]) -> None:
        """Join "Matthew Zeiler" and "Matthew D. Zeiler" where nobody else could be meant."""
        by_first: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
        for key, members in classes.items():
            name = self._slots[members[0]].best
            by_first[name.given[0], name.family].append(key)
        for keys in by_first.values():
            names = [self._slots[classes[k][0]].best for k in keys]
            works = [slot.work for k in keys for slot in classes[k]]
            one_each = len(works) == len(set(works))
            if 1 < len(keys) <= _CROWD and one_each and all(compatible(a, b) for a in names for b in names):
                for key in keys[1:]:
                    self._join(classes[keys[0]][0], classes[key][0])

    def _join_initials(self) -> None:
        """Join "K. Simonyan" to the one full name that fits and shares a co-author, or to the same initials that do."""
        full: dict[tuple[str, str, str], set[_Slot]] = defaultdict(set)
        short: dict[tuple[str, str], _Slot] = {}
        for slot in sorted(self._slots):
            if self._slots[slot].best.has_full_given:
                for near in self._near(slot):
                    full[near].add(slot)
        for slot in sorted(self._slots):
            name = self._slots[slot].best
            if slot in self._curated or name.has_full_given or not name.given:
                continue
            others = {s for near in self._near(slot) for s in full.get(near, ()) if s.work != slot.work}
            fitting = {self._root(s) for s in others if compatible(self._slots[s].best, name)}
            if len(fitting) == 1:
                self._join(fitting.pop(), slot)
                continue
            for _, _, other in self._near(slot):
                self._join(short.setdefault((name.key, other), slot), slot)

    def _near(self, slot: _Slot) -> list[tuple[str, str, str]]:
        """Return a name's family, its first initial and the family of each co-author."""
        name = self._slots[slot].best
        others = self._families[slot.work] - {name.family}
        return [(name.family, name.initials[:1], other) for other in sorted(others)[:_CROWD]]


def _keys(groups: list[list[_Slot]], slots: dict[_Slot, Credit], curated: dict[_Slot, PersonRow]) -> dict[_Slot, str]:
    """Return each group's key by its first place: the folded full name, with a digest where it is not the only one."""
    keys: dict[_Slot, str] = {}
    taken = {row.key for row in curated.values()}
    for group in groups:
        for slot in group:
            if slot in curated:
                keys[group[0]] = curated[slot].key
    for group in groups:
        if group[0] in keys:
            continue
        name = _display([slots[slot].best for slot in group])
        key = slug(fold_name(name.written))
        if not name.given or key in taken:
            digest = hashlib.sha256(f"{group[0].work}\n{group[0].position}".encode()).hexdigest()
            key = next(k for k in (f"{key}-{digest[:n]}" for n in range(6, 65)) if k not in taken)
        taken.add(key)
        keys[group[0]] = key
    return keys
