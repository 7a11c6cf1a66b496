"""Ways to ask: the service alone, or the whole application over ASGI, on a loop of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx
from fastapi import FastAPI

from xaikg.config import Settings
from xaikg_api.execution import Answer, Request, Service
from xaikg_api.graphs import Graph, Held

ROOMY = Settings(
    max_cost=10**6, max_depth=30, max_aliases=10**4, max_definitions=10**4, max_directives=10**4, max_tokens=10**5
)
"""Limits that tests of size do not meet."""


def ask(
    graph: Graph,
    query: str,
    variables: Mapping[str, Any] | None = None,
    *,
    operation: str | None = None,
    settings: Settings = ROOMY,
) -> dict[str, Any]:
    """Return the body of the answer."""
    service = Service(settings)
    ready = service.prepared(Request(query, variables or {}, operation))
    if isinstance(ready, Answer):
        return ready.body
    return service.answer(ready, Held(graph, None), time.monotonic() + settings.time_limit).body


def data(graph: Graph, query: str, variables: Mapping[str, Any] | None = None) -> Any:
    """Return the data of an answer that must hold no error."""
    body = ask(graph, query, variables)
    assert "errors" not in body, body["errors"]
    return body["data"]


def error(graph: Graph, query: str, variables: Mapping[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    """Return the only error of an answer."""
    (found,) = ask(graph, query, variables, **options)["errors"]
    assert isinstance(found, dict)
    return found


def code(graph: Graph, query: str, variables: Mapping[str, Any] | None = None, **options: Any) -> str:
    """Return the code of the only error of an answer."""
    return str(error(graph, query, variables, **options)["extensions"]["code"])


class Client:
    """An application that runs, its start and end included, on an event loop in a thread."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._life = app.router.lifespan_context(app)

    def __enter__(self) -> Self:
        self._thread.start()
        self.wait(self._life.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wait(self._life.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait(self, coroutine: Any) -> Any:
        """Return what a coroutine gives on the application's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=60)

    def request(self, method: str, path: str = "/graphql", **options: Any) -> httpx.Response:
        """Return the response to one request."""
        response = self.wait(self.sent(method, path, **options))
        assert isinstance(response, httpx.Response)
        return response

    async def sent(self, method: str, path: str = "/graphql", **options: Any) -> httpx.Response:
        """Return the response to one request, for use on the loop."""
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://xaikg.test") as client:
            return await client.request(method, path, **options)

    def post(self, query: object, variables: object = None, **headers: str) -> httpx.Response:
        """Return the response to a query sent by POST."""
        return self.request("POST", json={"query": query, "variables": variables}, headers=headers)
