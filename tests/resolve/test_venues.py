"""Which venue a list means."""

from __future__ import annotations

import pytest

from xaikg.model import Venue
from xaikg.resolve import Authority
from xaikg.resolve.venues import VenueBook


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NIPS", "neurips"),
        ("NIPS 2017", "neurips"),
        ("NeurIPS'19", "neurips"),
        ("Advances in Neural Information Processing Systems 30", "neurips"),
        ("CVPRW", "cvpr-workshops"),
        ("CVPR Workshop", "cvpr-workshops"),
        ("CVPR2018", "cvpr"),
        ("AAAIW", "aaai-workshops"),
        ("ICML 2019 workshop on XAI", "icml-workshops"),
        ("NIPS 2016 Workshop on Interpretable Machine Learning in Complex Systems", "neurips-workshops"),
        ("NAACL Workshop on TrustNLP", "naacl-workshops"),
        ("TVCG", "tvcg"),
        ("IEEE Transactions on Visualization and Computer Graphics (TVCG), 2020", "tvcg"),
        ("TPAMI", "tpami"),
        ("DSP", "digital-signal-processing"),
        ("NMI", "nature-machine-intelligence"),
        ("AI", "artificial-intelligence"),
        ("ACMFAT", "facct"),
        ("FAT*", "facct"),
        ("ACMSOPP", "sosp"),
        ("CEURW", "ceur-ws"),
        ("AAS", "annals-of-applied-statistics"),
        ("Access", "access"),
        ("arXiv preprint arXiv:1612.08220", "arxiv"),
        ("CoRR abs/1612.08220", "arxiv"),
        ("InProceedings of the IEEE International Conference on Computer Vision (ICCV), Oct 2017", "iccv"),
        ("*2020 IEEE Pacific Visualization Symposium (PacificVis)*, Tianjin, China", "pacificvis"),
        (
            "Proceedings of the 26th ACM SIGKDD International Conference on Knowledge Discovery DataMining, Aug 2020",
            "kdd",
        ),
        ("2019 IEEE/CVF International Conference on Computer Vision Workshop (ICCVW)", "iccv-workshops"),
        ("International Conference on Machine Learning and Applications", "icmla"),
        ("Asian Conference on Computer Vision", "accv"),
        ("Proceedings of the IEEE", "proceedings-of-the-ieee"),
        ("submitted to ICLR", "submitted-to-iclr"),
        ("Journal of Improbable Examples, vol. 12, pp. 3-9, 2020", "journal-of-improbable-examples"),
    ],
)
def test_text_means_a_venue(text: str, key: str, shipped: Authority) -> None:
    venue = VenueBook(shipped.venues).find(text)
    assert venue is not None
    assert venue.key == key


@pytest.mark.parametrize(
    "text", ["survey", "Survey", "2017", "-", "PhD Thesis", "preprint", "", "Springer", "under review"]
)
def test_text_that_names_no_venue(text: str, shipped: Authority) -> None:
    assert VenueBook(shipped.venues).find(text) is None


def test_every_venue_of_the_facts_is_known(shipped: Authority) -> None:
    book = VenueBook(shipped.venues)
    known = {v.key for v in shipped.venues} | {f"{v.key}-workshops" for v in shipped.venues}
    found = {f.venue: book.find(f.venue) for f in shipped.facts}
    assert [name for name, venue in found.items() if venue is None or venue.key not in known] == []


def test_unknown_venue_is_one_venue_however_it_is_written() -> None:
    book = VenueBook()
    spellings = ["Journal of Odd Things", "journal of odd things, 2019", "In Proc. Journal of Odd Things"]
    assert {book.find(s) for s in spellings} == {
        Venue("journal-of-odd-things", "Journal of Odd Things", kind="journal")
    }


def test_venue_in_another_script_has_a_key() -> None:
    venue = VenueBook().find("中国科学")
    assert venue is not None
    assert venue.key.startswith("x-")
