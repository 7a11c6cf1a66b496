"""The default model itself: loaded and exported once for all tests of this file."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from fakes import HashEncoder
from xaikg.errors import DamagedError, EncoderError
from xaikg.search import Encoder, encoder_for, export_encoder, load_encoder, open_encoder
from xaikg.search.encoder import Vectors
from xaikg.search.models import SentenceEncoder

SOURCE = Path(__file__).resolve().parents[2] / "src"
TEXTS = [
    "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization",
    "CAM",
    "",
    "  ",
    "可解释性综述",
    "объяснимый искусственный интеллект",
    "Schütt — “Why Should I Trust You?” \ud800",
    *(f"Explaining {n} networks by their parts" for n in range(5)),
]


@pytest.fixture(scope="module")
def model() -> Iterator[SentenceEncoder]:
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a connection was tried")

        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        encoder = load_encoder()
        assert isinstance(encoder, SentenceEncoder)
        yield encoder


@pytest.fixture(scope="module")
def exported(model: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    assert export_encoder(model, folder)
    return folder


def _nearest(encoder: Encoder, text: str, among: list[str]) -> str:
    return among[int(np.argmax(encoder.encode(among) @ encoder.encode([text])[0]))]


def test_vectors_are_of_length_one_and_repeatable(model: SentenceEncoder) -> None:
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimensions) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(vectors, model.encode(TEXTS))
    assert model.encode([]).shape == (0, 384)


def test_the_order_of_texts_does_not_matter(model: SentenceEncoder) -> None:
    assert np.allclose(model.encode(TEXTS[::-1])[::-1], model.encode(TEXTS), atol=1e-5)


def test_meaning_is_near(model: SentenceEncoder) -> None:
    titles = ["Attention is not Explanation", "Image captioning with cats", "Learning to rank documents"]
    assert _nearest(model, "do attention weights tell why a model decided", titles) == titles[0]


def test_the_export_gives_the_vectors_of_the_model(model: SentenceEncoder, exported: Path) -> None:
    opened = open_encoder(exported)
    assert (opened.name, opened.digest, opened.dimensions) == (model.name, model.digest, model.dimensions)
    texts = [*TEXTS, "attention is not explanation " * 80]
    cosines = (opened.encode(texts) * model.encode(texts)).sum(axis=1)
    assert cosines.min() >= 0.9999
    assert np.allclose(np.linalg.norm(opened.encode(TEXTS), axis=1), 1, atol=1e-6)
    assert opened.encode([]).shape == (0, 384)


def test_the_export_names_no_path_of_the_machine(exported: Path) -> None:
    content = b"".join(path.read_bytes() for path in exported.iterdir())
    assert not any(part.encode() in content for part in (str(SOURCE), sys.prefix, str(exported), str(Path.home())))


def test_a_query_is_encoded_without_torch(exported: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from xaikg.search import open_encoder\n"
        "vector = open_encoder(Path(sys.argv[1])).encode(['why is this image a cat'])\n"
        "print(vector.shape, [name for name in ('torch', 'transformers', 'onnx') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", code, str(exported)], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "(1, 384) []", done.stderr


def test_an_export_of_the_same_model_is_taken_over(model: SentenceEncoder, exported: Path, tmp_path: Path) -> None:
    assert export_encoder(model, tmp_path / "from-previous", exported)
    assert export_encoder(open_encoder(exported), tmp_path / "from-itself")
    digests = {
        hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
        for folder in (exported, tmp_path / "from-previous", tmp_path / "from-itself")
    }
    assert len(digests) == 1


def test_a_build_takes_the_export_of_the_same_model_and_of_no_other(
    model: SentenceEncoder, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def load(name: str, *, network: bool) -> Encoder:
        asked.append(name)
        return model

    monkeypatch.setattr("xaikg.search.exported.load_encoder", load)
    assert encoder_for(model.name, exported).digest == model.digest
    assert asked == []
    assert encoder_for(model.name, tmp_path) is encoder_for(model.name) is model
    monkeypatch.setattr("xaikg.search.exported.model_digest", lambda _: "0" * 64)
    assert encoder_for(model.name, exported) is model
    assert len(asked) == 3


def test_a_model_that_does_not_export_is_served_as_it_is(
    model: SentenceEncoder, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise RuntimeError("unsupported")

    monkeypatch.setattr("xaikg.search.exported._onnx", fails)
    (tmp_path / "encoder.json").write_text("damaged")
    assert not export_encoder(model, tmp_path, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder.json"]
    monkeypatch.setattr(
        "xaikg.search.exported.load_encoder", lambda name: model if name == model.name else HashEncoder()
    )
    assert open_encoder(tmp_path) is model
    with pytest.raises(EncoderError, match="is not the one of the snapshot"):
        open_encoder(tmp_path, "another")


@pytest.mark.parametrize(("turned", "kept"), [(0, True), (1, False)])
def test_an_export_counts_only_with_the_vectors_of_the_model(
    model: SentenceEncoder, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turned: int, kept: bool
) -> None:
    class Turned(SentenceEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.roll(open_encoder(exported).encode(texts), turned, axis=1)

    monkeypatch.setattr("xaikg.search.exported._onnx", lambda *_: (exported / "model.onnx").read_bytes())
    assert export_encoder(Turned(model.model, model.name, model.digest), tmp_path) is kept
    assert (tmp_path / "model.onnx").exists() is kept


@pytest.mark.parametrize("name", ["encoder.json", "model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_a_damaged_export_is_named(exported: Path, tmp_path: Path, name: str, content: bytes | None) -> None:
    for path in exported.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedError, match="run 'xaikg build'"):
        open_encoder(tmp_path)


def test_other_encoders_are_not_exported(tmp_path: Path) -> None:
    assert not export_encoder(HashEncoder(), tmp_path)
