"""HTTP answers in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from xaikg_api.errors import plain

__all__ = ["GRAPHQL", "JSON", "json", "problem"]

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


def json(body: Any, status: int = 200, media: str = JSON, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON answer that nobody keeps, unless the headers say otherwise."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(
        content,
        status,
        {"Cache-Control": "no-store", "Content-Type": f"{media}; charset=utf-8", **(headers or {})},
    )


def problem(
    status: int, message: str, code: str, headers: Mapping[str, str] | None = None, media: str = JSON
) -> Response:
    """Return the answer to a request that is refused before it is a GraphQL request."""
    return json({"errors": [plain(message, code)]}, status, media, headers)
