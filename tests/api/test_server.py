"""A real server on loopback under abuse: each request is answered for what it is, and the next one works."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from api.fakes import FakeGraph
from xaikg.config import Settings
from xaikg.tables.store import EntityStore
from xaikg_api.app import create_app

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def address(toy_store: EntityStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    app = create_app(Settings(home=tmp_path_factory.mktemp("home")), opener=lambda _home: FakeGraph(toy_store))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def http(address: tuple[str, int]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://{address[0]}:{address[1]}", timeout=30) as client:
        yield client
        # Whatever the test did, the next request works.
        assert client.post("/graphql", json={"query": "{ __typename }"}).json()["data"] == {"__typename": "Query"}


def spoken(address: tuple[str, int], *parts: bytes) -> bytes:
    """Return what the server says to bytes sent as they are, until it hangs up or has no more to say."""
    with socket.create_connection(address, timeout=20) as line:
        try:
            for part in parts:
                line.sendall(part)
        except OSError:
            pass  # it hung up, which is an answer
        said = b""
        try:
            while chunk := line.recv(65536):
                said += chunk
                if b"\r\n\r\n" in said and b"Connection: close" not in parts[0]:
                    break
        except OSError:
            pass
        return said


HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"


def test_fifty_megabytes_are_refused_by_their_length(address: tuple[str, int], http: httpx.Client) -> None:
    said = spoken(address, HEAD + b"Content-Length: 50000000\r\n\r\n", b" " * MEGABYTE)
    assert said.startswith(b"HTTP/1.1 413")


def test_fifty_megabytes_in_chunks_are_refused_when_they_are_too_many(
    address: tuple[str, int], http: httpx.Client
) -> None:
    chunk = b"%x\r\n" % MEGABYTE + b" " * MEGABYTE + b"\r\n"
    said = spoken(address, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 50, b"0\r\n\r\n")
    # The answer can be lost where the server hangs up on what is still being sent; nothing else may come.
    assert said == b"" or said.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"query": 123}', 400),
        (b"[" + b'{"query": "{ __typename }"},' * 9999 + b"{}]", 400),
        (b'{"query": "' + b"{a" * 100_000 + b'"}', 200),
        (b'{"query": "' + b"#" * 900_000 + b'"}', 200),
        (b'{"query": "' + b"," * 900_000 + b'"}', 200),
        (b'{"query": "{ papers(filter: ' + b"{not: " * 5000 + b'"}', 200),
        (b'{"query": "{' + b"".join(b" a%d: __typename" % n for n in range(10_000)) + b'}"}', 200),
    ],
)
def test_hostile_bodies_are_client_errors(http: httpx.Client, content: bytes, status: int) -> None:
    response = http.post("/graphql", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    codes = {each["extensions"]["code"] for each in response.json()["errors"]}
    assert codes <= {"BAD_USER_INPUT", "LIMIT_EXCEEDED"}


def test_variables_of_half_a_megabyte_are_looked_through(http: httpx.Client) -> None:
    query = "query($f: PaperFilter) { papers(filter: $f) { totalCount } }"
    for condition in (
        {"or": [{"year": {"eq": 1}}] * 20_000},
        {"ids": ["x"] * 100_000},
        {"title": {"contains": "x" * 500_000}},
    ):
        response = http.post("/graphql", json={"query": query, "variables": {"f": condition}})
        assert response.status_code == 200
        assert response.json()["errors"][0]["extensions"]["code"] in ("BAD_USER_INPUT", "LIMIT_EXCEEDED")


def test_head_is_get_without_a_body(http: httpx.Client) -> None:
    answer = http.head("/graphql", params={"query": "{ __typename }"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == http.get("/graphql", params={"query": "{ __typename }"}).headers["etag"]


def test_half_a_request_is_given_up_without_harm(address: tuple[str, int], http: httpx.Client) -> None:
    with socket.create_connection(address) as line:
        line.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")


@pytest.mark.parametrize("line", [b"nonsense\r\n\r\n", b"POST /graphql HTTP/1.1\r\nContent-Length: x\r\n\r\n"])
def test_what_is_no_http_is_refused(address: tuple[str, int], http: httpx.Client, line: bytes) -> None:
    assert spoken(address, line).startswith(b"HTTP/1.1 400")


def test_nothing_tells_what_the_server_is_made_of(http: httpx.Client) -> None:
    for response in (http.get("/"), http.get("/nowhere"), http.post("/graphql", json={"query": "{"})):
        assert "Traceback" not in response.text
        assert str(Path(__file__).parents[2]) not in response.text
