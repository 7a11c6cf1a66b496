"""GraphQL over HTTP: requests in by GET and POST, answers out in the media type that was asked for.

Follows the GraphQL-over-HTTP specification: a request that is not executed is a 4xx in
``application/graphql-response+json`` and, for clients of old, a 200 in ``application/json``; what is no GraphQL request
at all is a 4xx in both. GET reads only. Batches, forms and plain text are refused, so that no simple cross-site request
gets in.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from xaikg_api.errors import BAD_USER_INPUT, LIMIT_EXCEEDED, TIMEOUT
from xaikg_api.execution import Answer, Executable, Request, Service
from xaikg_api.graphs import Graphs, Held
from xaikg_api.guard import BodyTooLargeError
from xaikg_api.lanes import BusyError, Lane
from xaikg_api.responses import GRAPHQL, JSON, json, problem

__all__ = ["Endpoint", "negotiated"]

LIGHT_COST = 100
"""Objects up to which a request counts as cheap."""
LIGHT_TEXT = 4_000
"""Bytes up to which a request counts as small."""
DEEPEST_JSON = 64

_RANKINGS = frozenset({"lineage", "paths", "related", "relatedWork", "search"})


class _Refused(Exception):  # noqa: N818  carries an answer
    """A request that is no GraphQL request."""

    def __init__(self, status: int, message: str, code: str = BAD_USER_INPUT, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.headers = status, message, code, headers


@dataclass(slots=True)
class _Exchange:
    """What is known of a request while it is answered; ``deadline`` is a time of ``time.monotonic``."""

    media: str
    deadline: float
    large: bool = False
    cost: int = 0
    tag: str | None = None


class Endpoint:
    """The endpoint of one application."""

    def __init__(self, service: Service, graphs: Graphs) -> None:
        self.service = service
        self.graphs = graphs
        self.light = Lane("light", 2, 500)
        self.heavy = Lane("heavy", 2, 100)

    async def __call__(self, request: HttpRequest) -> Response:
        """Return the answer to one HTTP request."""
        media = negotiated(request.headers.get("accept"))
        if media is None:
            return problem(406, f"this endpoint answers in {GRAPHQL} or {JSON}", BAD_USER_INPUT)
        exchange = _Exchange(media, time.monotonic() + self.service.seconds)
        try:
            async with asyncio.timeout(self.service.seconds):
                return await self._answered(request, exchange)
        except _Refused as refused:
            return problem(refused.status, refused.message, refused.code, refused.headers, media)
        except BusyError:
            told = "the server has more requests waiting than it can answer in time; try again"
            return problem(503, told, TIMEOUT, {"Retry-After": "1"}, media)
        except TimeoutError:
            return _response(self.service.late(exchange.cost), media)
        except ClientDisconnect:
            return Response(status_code=400)
        except BodyTooLargeError:
            raise
        except Exception as error:
            return _response(self.service.fault(error), media)

    def close(self) -> None:
        """Let the worker threads end."""
        self.light.close()
        self.heavy.close()

    async def _answered(self, request: HttpRequest, exchange: _Exchange) -> Response:
        reads_only = request.method in ("GET", "HEAD")
        if not reads_only and request.method != "POST":
            raise _Refused(405, "use GET or POST", Allow="GET, POST")
        asked = await self._asked(_from_url(request) if reads_only else await _body(request), exchange)
        held = self.graphs.take()
        try:
            if reads_only:
                exchange.tag = _tag(held.version, exchange.media, asked)
                if _matches(request.headers.get("if-none-match"), exchange.tag):
                    return Response(status_code=304, headers=_cached(exchange.tag))
            ready = await self._prepared(asked, exchange, reads_only=reads_only)
            if isinstance(ready, Answer):
                return _response(ready, exchange.media)
            exchange.cost = ready.cost
            return await self._executed(ready, held, exchange)
        finally:
            held.release()

    async def _asked(self, raw: bytes | dict[str, str], exchange: _Exchange) -> Request:
        exchange.large = (sum(map(len, raw.values())) if isinstance(raw, dict) else len(raw)) > LIGHT_TEXT
        # A thread of its own costs more than reading a small request does.
        return await self.heavy.run(lambda: _parameters(raw)) if exchange.large else _parameters(raw)

    async def _prepared(self, asked: Request, exchange: _Exchange, *, reads_only: bool) -> Executable | Answer:
        if not exchange.large and self.service.documents.known(asked.query):
            return self.service.prepared(asked, reads_only=reads_only)
        lane = self.heavy if exchange.large else self.light
        return await lane.run(lambda: self.service.prepared(asked, reads_only=reads_only))

    async def _executed(self, ready: Executable, held: Held, exchange: _Exchange) -> Response:
        light = ready.cost <= LIGHT_COST and not exchange.large and not ready.document.fields & _RANKINGS
        held.taken()  # for the thread, which may outlive the request
        answer, body = await (self.light if light else self.heavy).run(
            lambda: _written(self.service.answer(ready, held, exchange.deadline)), held.release
        )
        return _response(answer, exchange.media, body, exchange.tag if answer.flawless else None)


# --------------------------------------------------------------------------- what came in


async def _body(request: HttpRequest) -> bytes:
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != JSON:
        raise _Refused(415, f"send the request as {JSON}", Accept=JSON)
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise _Refused(415, "send the request in UTF-8", Accept=JSON)
    return await request.body()


def _from_url(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.query_params.items() if value}


def _parameters(raw: bytes | dict[str, str]) -> Request:
    """Return the parameters of a request; _Refused where they are none."""
    if isinstance(raw, bytes):
        given = _json(raw, "the body")
    else:
        objects = {name: _json(raw[name].encode(), name) for name in ("variables", "extensions") if name in raw}
        given = {**raw, **objects}
    if isinstance(given, list):
        raise _Refused(400, "requests are not taken in batches; send one at a time")
    if not isinstance(given, dict):
        raise _Refused(400, "the body is not a JSON object")
    query, name, variables = (given.get(each) for each in ("query", "operationName", "variables"))
    if not isinstance(query, str):
        raise _Refused(400, "'query' is missing" if query is None else "'query' is not a string")
    if name is not None and not isinstance(name, str):
        raise _Refused(400, "'operationName' is not a string")
    for key in ("variables", "extensions"):
        if given.get(key) is not None and not isinstance(given[key], dict):
            raise _Refused(400, f"'{key}' is not an object")
    return Request(query, variables or {}, name)


def _json(text: bytes, what: str) -> Any:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _Refused(400, f"{what} is not JSON in UTF-8, or nests too deeply") from None
    if text.count(b"[") + text.count(b"{") > DEEPEST_JSON and _depth_exceeds(value, DEEPEST_JSON):
        raise _Refused(400, f"{what} nests more than {DEEPEST_JSON} levels", LIMIT_EXCEEDED)
    return value


def _depth_exceeds(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            part
            for each in level
            if isinstance(each, (list, dict))
            for part in (each.values() if isinstance(each, dict) else each)
        ]
    return any(isinstance(each, (list, dict)) for each in level)


# --------------------------------------------------------------------------- what goes out


def negotiated(accept: str | None) -> str | None:
    """Return the media type for an Accept header, or None where no answer would be welcome.

    >>> negotiated(None), negotiated("*/*"), negotiated("text/html")
    ('application/json', 'application/json', None)
    >>> negotiated("application/json;q=0.5, application/graphql-response+json")
    'application/graphql-response+json'
    """
    best, chosen = 0.0, None
    for each in (accept or "*/*").split(","):
        media, *parameters = (part.strip().lower() for part in each.split(";"))
        quality = next((_quality(part[2:]) for part in parameters if part.startswith("q=")), 1.0)
        offered = {"*/*": JSON, "application/*": JSON, JSON: JSON, GRAPHQL: GRAPHQL}.get(media)
        if offered and quality > best:
            best, chosen = quality, offered
    return chosen


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _written(answer: Answer) -> tuple[Answer, bytes]:
    return answer, orjson.dumps(answer.body)


def _response(answer: Answer, media: str, body: bytes | None = None, tag: str | None = None) -> Response:
    # Clients of application/json read the errors themselves and take a 4xx for a broken connection.
    status = 200 if media == JSON and answer.status in (400, 504) else answer.status
    allowed = {"Allow": "POST"} if status == 405 else {}
    headers = {"Vary": "Accept", **allowed, **(_cached(tag) if tag else {})}
    return json(answer.body if body is None else body, status, media, headers)


def _cached(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}


def _tag(version: str, media: str, asked: Request) -> str:
    """Return the ETag: another for every content of the graph and every request."""
    variables: Mapping[str, Any] = asked.variables
    parts = orjson.dumps([version, media, asked.query, variables, asked.operation_name], option=orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(parts).hexdigest()[:32]}"'


def _matches(header: str | None, tag: str) -> bool:
    return header is not None and any(each.strip().removeprefix("W/") in (tag, "*") for each in header.split(","))
