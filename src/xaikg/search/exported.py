"""The encoder of a snapshot: the model as ONNX, so that a query never imports torch.

The folder holds ``encoder.json`` and, where the model could be exported, ``model.onnx`` and ``tokenizer.json``.
"""

from __future__ import annotations

import json
import logging
import shutil
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from xaikg.errors import DamagedError, EncoderError
from xaikg.search.encoder import Encoder, Vectors
from xaikg.search.models import SentenceEncoder, clean, load_encoder, model_digest, model_folder, unit

__all__ = ["ExportedEncoder", "encoder_for", "export_encoder", "open_encoder"]

_SETTINGS, _MODEL, _TOKENIZER = "encoder.json", "model.onnx", "tokenizer.json"
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_TOKENS = 2048
_ALIKE = 0.9999
_PROBES = (
    "",
    "CAM",
    "Grad-CAM++: Improved Visual Explanations for Deep Convolutional Networks",
    "Schütt, Sven Dähne: 可解释性 综述 – объяснимый ИИ",
    "attention is not not explanation " * 90,
)


class ExportedEncoder:
    """A model on ONNX Runtime; name and digest are those of the model that it was exported from."""

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        runtime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
        self.folder, self._settings = folder, settings
        options = runtime.SessionOptions()
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = runtime.InferenceSession(str(folder / _MODEL), options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.enable_truncation(int(settings["max_tokens"]))
        self._tokenizer.no_padding()

    @property
    def name(self) -> str:
        """The public name of the model, never a path."""
        return str(self._settings["name"])

    @property
    def digest(self) -> str:
        """The hex SHA-256 of the weights, tokenizer and settings that were exported."""
        return str(self._settings["digest"])

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._settings["dimensions"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order; texts of like length share a batch."""
        encodings = self._tokenizer.encode_batch([clean(text) for text in texts])
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for places in _batches([len(each.ids) for each in encodings]):
            vectors[places] = self._run([encodings[place] for place in places])
        return unit(vectors)

    def _run(self, encodings: Sequence[Any]) -> Vectors:
        longest = max(len(each.ids) for each in encodings)
        columns = {
            "input_ids": [each.ids + [self._settings["pad_id"]] * (longest - len(each.ids)) for each in encodings],
            "attention_mask": [[1] * len(each.ids) + [0] * (longest - len(each.ids)) for each in encodings],
            "token_type_ids": [each.type_ids + [0] * (longest - len(each.ids)) for each in encodings],
        }
        fed = {name: np.array(columns[name], np.int64) for name in self._settings["inputs"]}
        result: Vectors = self._session.run(None, fed)[0]
        return result


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts, short ones first, in batches that are not too many tokens with their padding.

    >>> list(_batches([3, 2048, 1, 2]))
    [[2, 3, 0], [1]]
    """
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: (lengths[place], place)):
        if batch and (len(batch) + 1) * lengths[place] > _TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def open_encoder(folder: Path, name: str | None = None) -> Encoder:
    """Return the encoder of a snapshot; torch is imported only where the model could not be exported.

    ``name`` is the model's setting, for such a model; without it the name that the folder remembers.
    :raises EncoderError: the named model is not the one that the snapshot was made with.
    """
    try:
        settings = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        if settings["exported"]:
            return ExportedEncoder(folder, settings)
        digest, known = settings["digest"], settings["name"]
    except Exception as cause:  # the runtime raises classes of its own
        raise DamagedError(folder, f"the encoder cannot be opened ({type(cause).__name__})") from cause
    encoder = load_encoder(name or known)
    if encoder.digest != digest:
        raise EncoderError(f"the model {encoder.name!r} is not the one of the snapshot, {known!r}; run 'xaikg build'")
    return encoder


def encoder_for(name: str, previous: Path | None = None, *, network: bool = False) -> Encoder:
    """Return a model by name for a build: the export of an earlier snapshot if that is of the same model.

    Otherwise the model itself, as :func:`~xaikg.search.models.load_encoder` gives it.
    """
    if previous is not None and _holds(previous, model_digest(model_folder(name, network=network))):
        return open_encoder(previous)
    return load_encoder(name, network=network)


def export_encoder(encoder: Encoder, folder: Path, previous: Path | None = None) -> bool:
    """Write an encoder into a folder and return whether it runs without torch.

    A folder of an earlier snapshot with the same model is copied. An export counts only if its vectors are
    those of the model (cosine at least 0.9999 on texts of several lengths and scripts).
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = encoder.folder if isinstance(encoder, ExportedEncoder) else previous
    if source is not None and _holds(source, encoder.digest):
        for name in (_SETTINGS, _MODEL, _TOKENIZER):
            shutil.copyfile(source / name, folder / name)
        return True
    settings: dict[str, Any] = {
        "name": encoder.name,
        "digest": encoder.digest,
        "dimensions": encoder.dimensions,
        "exported": False,
    }
    if isinstance(encoder, SentenceEncoder):
        try:
            settings = _exported(encoder, folder, settings)
        except Exception:  # whatever an exporter cannot do: the model is then served as it is
            for name in (_MODEL, _TOKENIZER):
                (folder / name).unlink(missing_ok=True)
    (folder / _SETTINGS).write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return bool(settings["exported"])


def _holds(folder: Path, digest: str) -> bool:
    """Return whether a folder holds the export of the model with this digest, ready to run."""
    try:
        opened = open_encoder(folder) if json.loads((folder / _SETTINGS).read_text())["exported"] else None
    except (OSError, ValueError, KeyError, DamagedError):
        return False
    return opened is not None and opened.digest == digest


def _exported(encoder: SentenceEncoder, folder: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """Write model and tokenizer and return the settings of the export, after comparing the two."""
    tokenizer = encoder.model.tokenizer
    inputs = [name for name in _INPUTS if name in tokenizer(["a"])]
    (folder / _TOKENIZER).write_text(tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    (folder / _MODEL).write_bytes(_onnx(encoder.model, inputs))
    settings = settings | {
        "exported": True,
        "inputs": inputs,
        "max_tokens": int(encoder.model.max_seq_length),
        "pad_id": int(tokenizer.pad_token_id),
    }
    cosines = np.sum(ExportedEncoder(folder, settings).encode(_PROBES) * encoder.encode(_PROBES), axis=1)
    if float(cosines.min()) < _ALIKE:
        raise EncoderError(f"the export of {encoder.name!r} gives other vectors (cosine {cosines.min():.5f})")
    return settings


def _onnx(model: Any, inputs: list[str]) -> bytes:
    """Return a model as ONNX in fp32, from token ids to vectors, without any path of this machine."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> Any:
            return self.model(dict(zip(inputs, tensors, strict=True)))["sentence_embedding"]

    tokens = model.tokenizer(["grad-cam", "why is this image a cat?"], padding=True, return_tensors="pt")
    dynamic = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            Whole().eval(),
            tuple(tokens[name] for name in inputs),
            dynamo=True,
            input_names=inputs,
            output_names=["text_vector"],
            dynamic_shapes=(tuple(dynamic for _ in inputs),),
            verbose=False,
        )
    if program is None:
        raise EncoderError("the model does not export")
    proto: Any = program.model_proto
    _strip(proto)
    return bytes(proto.SerializeToString(deterministic=True))


def _strip(proto: Any) -> None:
    """Remove notes of the exporter from a model: they hold paths of the machine and differ between runs."""
    graph = proto.graph
    for part in (proto, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.doc_string = ""
        del part.metadata_props[:]
    for value in (*graph.input, *graph.output):
        for axis, name in zip(value.type.tensor_type.shape.dim, ("batch", "token"), strict=False):
            if axis.dim_param:
                axis.dim_param = name
    del graph.value_info[:]
