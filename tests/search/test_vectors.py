from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import HashEncoder
from xaikg.errors import DamagedError
from xaikg.search import Document, vectors_for
from xaikg.search.encoder import Vectors
from xaikg.search.vectors import hashes_of, open_vectors, save_vectors

TEXTS = ("Grad-CAM", "LIME", "Attention is not Explanation", "LIME")


class Counting(HashEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return super().encode(texts)


def _documents(texts: tuple[str, ...]) -> list[Document]:
    return [Document("paper", f"p{place}", text, (text,)) for place, text in enumerate(texts)]


def _saved(folder: Path, texts: tuple[str, ...], encoder: HashEncoder) -> Path:
    vectors, _ = vectors_for(_documents(texts), encoder)
    save_vectors(folder, vectors, hashes_of(texts, encoder.digest))
    return folder


def test_each_text_is_encoded_once_and_by_length() -> None:
    encoder = Counting()
    vectors, reused = vectors_for(_documents(TEXTS), encoder)
    assert encoder.asked == ["LIME", "Grad-CAM", "Attention is not Explanation"]
    assert reused == 0
    assert np.array_equal(vectors, HashEncoder().encode(TEXTS))


def test_only_changed_texts_are_encoded_again(tmp_path: Path) -> None:
    previous, encoder = _saved(tmp_path, TEXTS, HashEncoder()), Counting()
    texts = ("Anchors", *TEXTS[1:], "SHAP")
    vectors, reused = vectors_for(_documents(texts), encoder, previous)
    assert (encoder.asked, reused) == (["SHAP", "Anchors"], 3)
    assert np.array_equal(vectors, HashEncoder().encode(texts))


def test_vectors_of_another_model_are_not_taken_over(tmp_path: Path) -> None:
    encoder = Counting()
    encoder.digest = "0" * 64
    assert vectors_for(_documents(TEXTS), encoder, _saved(tmp_path, TEXTS, HashEncoder()))[1] == 0


def test_vectors_of_another_length_are_not_taken_over(tmp_path: Path) -> None:
    save_vectors(tmp_path, np.eye(4, 8, dtype=np.float32), hashes_of(TEXTS, HashEncoder.digest))
    assert vectors_for(_documents(TEXTS), HashEncoder(), tmp_path)[1] == 0


def test_a_vector_that_is_not_of_length_one_is_computed_anew(tmp_path: Path) -> None:
    _saved(tmp_path, TEXTS, HashEncoder())
    vectors = np.load(tmp_path / "vectors.npy")
    vectors[0], vectors[2] = 0.0, np.nan
    np.save(tmp_path / "vectors.npy", vectors)
    found, reused = vectors_for(_documents(TEXTS), HashEncoder(), tmp_path)
    assert reused == 2
    assert np.array_equal(found, HashEncoder().encode(TEXTS))


@pytest.mark.parametrize("name", ["vectors.npy", "hashes.npy"])
@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"not an array"])
def test_a_damaged_earlier_folder_is_as_good_as_none_but_not_opened(tmp_path: Path, name: str, content: bytes) -> None:
    _saved(tmp_path, TEXTS, HashEncoder())
    (tmp_path / name).write_bytes(content)
    assert vectors_for(_documents(TEXTS), HashEncoder(), tmp_path)[1] == 0
    with pytest.raises(DamagedError, match="run 'xaikg build'"):
        open_vectors(tmp_path)


def test_a_pickled_array_is_never_loaded(tmp_path: Path) -> None:
    _saved(tmp_path, TEXTS, HashEncoder())
    np.save(tmp_path / "vectors.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(DamagedError):
        open_vectors(tmp_path)


def test_no_documents_have_no_vectors(tmp_path: Path) -> None:
    vectors, reused = vectors_for([], HashEncoder(), _saved(tmp_path, TEXTS, HashEncoder()))
    assert (vectors.shape, reused) == ((0, HashEncoder.dimensions), 0)


def test_progress_ends_with_the_number_of_documents() -> None:
    done: list[int] = []
    vectors_for(_documents(TEXTS), HashEncoder(), None, done.append)
    assert done[-1] == len(TEXTS)


@given(st.lists(st.text(), max_size=5), st.text())
def test_a_hash_depends_on_text_and_model(texts: list[str], other: str) -> None:
    mine, theirs = hashes_of(texts, "a"), hashes_of(texts, "b")
    assert mine.shape == (len(texts), 32)
    assert not len(texts) or not (mine == theirs).all(axis=1).any()
    assert np.array_equal(hashes_of([*texts, other], "a")[: len(texts)], mine)
