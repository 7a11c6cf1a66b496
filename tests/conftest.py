"""What every test may ask for: the toy graph, as values and as quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toy import values

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from xaikg.model import Description, ReadingList, Resolution


@pytest.fixture(scope="session")
def toy_lists() -> tuple[ReadingList, ...]:
    """Return the three lists, as if read."""
    return values.LISTS


@pytest.fixture(scope="session")
def toy_resolution() -> Resolution:
    """Return the twelve works with their authors and venues, as if resolved."""
    return values.RESOLUTION


@pytest.fixture(scope="session")
def toy_description() -> Description:
    """Return the methods and relations, as if described."""
    return values.DESCRIPTION


@pytest.fixture(scope="session")
def toy_quads(
    toy_lists: tuple[ReadingList, ...], toy_resolution: Resolution, toy_description: Description
) -> list[Quad]:
    """Return the whole toy graph, with what the rules derive."""
    from xaikg.rdf.derive import derived
    from xaikg.rdf.triples import quads

    asserted = quads(toy_lists, toy_resolution, toy_description)
    return [*asserted, *derived(asserted)]
