from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from xaikg.errors import EncoderError
from xaikg.search.models import clean, load_encoder, model_digest, model_folder, unit

SOURCE = Path(__file__).resolve().parents[2] / "src"


def _folder(path: Path, **files: str) -> Path:
    for name, content in {"config.json": "{}", **files}.items():
        target = path / name.replace("__", "/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
    return path


def _run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **variables}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)


def test_importing_search_loads_no_model_library() -> None:
    done = _run(
        "import sys, xaikg.search\n"
        "heavy = ('torch', 'transformers', 'sentence_transformers', 'onnxruntime')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_default_model_lies_in_an_installed_package() -> None:
    folder = model_folder("all-MiniLM-L6-v2")
    assert (folder / "model.safetensors").is_file()
    assert model_folder("sentence-transformers/all-MiniLM-L6-v2") == folder


@pytest.mark.parametrize(
    "name", ["pytorch_model.bin", "weights.pt", "model.pkl", "tf_model.h5", "2_Dense__pytorch_model.bin"]
)
def test_weights_that_could_run_code_are_refused(tmp_path: Path, name: str) -> None:
    folder = _folder(tmp_path / "model", **{name: "x"})
    if "__" in name:
        _folder(folder, **{"model.safetensors": "x"})
    with pytest.raises(EncoderError, match="could run code; convert to safetensors"):
        load_encoder(str(folder))


def test_such_weights_beside_safetensors_are_not_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"pytorch_model.bin": "x", "model.safetensors": "x"})
    assert model_folder(str(folder)) == folder


@pytest.mark.parametrize(
    ("files", "message"),
    [({"model.safetensors": "x"}, None), ({}, "no weights"), ({"config.json": ""}, "no weights")],
)
def test_a_folder_needs_weights(tmp_path: Path, files: dict[str, str], message: str | None) -> None:
    folder = _folder(tmp_path, **files)
    if message is None:
        assert model_folder(str(folder)) == folder
    else:
        with pytest.raises(EncoderError, match=message):
            model_folder(str(folder))


def test_a_folder_without_settings_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no sentence model"):
        model_folder(str(tmp_path))


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "a b", "", "../x"])
def test_a_name_that_is_neither_folder_nor_hub_name_is_refused(name: str) -> None:
    with pytest.raises(EncoderError, match="no model folder"):
        model_folder(name)


def test_a_hub_model_that_is_not_here_is_not_fetched_unasked(tmp_path: Path) -> None:
    done = _run(
        "import socket\n"
        "def refuse(*_, **__): raise SystemExit('a connection was tried')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from xaikg.errors import EncoderError\n"
        "from xaikg.search import load_encoder\n"
        "try: load_encoder('someone/some-model')\n"
        "except EncoderError as error: print(error)\n",
        HF_HOME=str(tmp_path),
    )
    assert done.stdout.strip() == (
        "the model 'someone/some-model' is not on this machine and nothing is fetched unasked; "
        "give all-MiniLM-L6-v2 or a folder"
    ), done.stderr


def test_the_digest_depends_on_weights_tokenizer_and_settings_alone(tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"model.safetensors": "x", "tokenizer.json": "{}", "1_Pooling__config.json": "{}"})
    before = model_digest(folder)
    _folder(folder, **{"README.md": "x", "data_config.json": "[]", "logo.png": "x"})
    assert model_digest(folder) == before
    seen = {before}
    for name in ("model.safetensors", "tokenizer.json", "1_Pooling__config.json", "modules.json", "vocab.txt"):
        seen.add(model_digest(_folder(folder, **{name: json.dumps({"changed": name})})))
    assert len(seen) == 6


def test_vectors_have_length_one_even_without_a_direction() -> None:
    vectors = unit(np.array([[3.0, 4.0], [0.0, 0.0]]))
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [1.0, 0.0]]


@pytest.mark.parametrize(("text", "cleaned"), [("a\ud800b", "a?b"), ("解释", "解释"), ("", "")])
def test_texts_are_made_fit_for_tokenizers(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
