"""What a client reads when something is wrong: a sentence, a path, a code, and never more than that.

=================== ==================================================================
BAD_USER_INPUT      an argument, id, cursor, document or body is not what it must be
NOT_FOUND           a field that cannot be null asks for something that is not there
AMBIGUOUS_NAME      several entities have the name; ``candidates`` lists them
LIMIT_EXCEEDED      the request asks for more than the limits allow
TIMEOUT             the request took longer than the time limit
INTERNAL            a fault of the server; it was logged under the id that the client sees
=================== ==================================================================
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from xaikg.errors import AmbiguousNameError, NotFoundError, UsageError
from xaikg_api.logs import escaped, log_fault

__all__ = [
    "AMBIGUOUS_NAME",
    "BAD_USER_INPUT",
    "INTERNAL",
    "LIMIT_EXCEEDED",
    "NOT_FOUND",
    "TIMEOUT",
    "ClientError",
    "LimitExceeded",
    "TimeUp",
    "formatted",
    "plain",
]

BAD_USER_INPUT = "BAD_USER_INPUT"
NOT_FOUND = "NOT_FOUND"
AMBIGUOUS_NAME = "AMBIGUOUS_NAME"
LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
TIMEOUT = "TIMEOUT"
INTERNAL = "INTERNAL"

_log = logging.getLogger("xaikg.api")


class ClientError(Exception):
    """An error that the client caused and may read: its ``code`` and what else stands in ``extensions``."""

    def __init__(self, message: str, code: str = BAD_USER_INPUT, **extensions: Any) -> None:
        super().__init__(message)
        self.code = code
        self.extensions = extensions


class LimitExceeded(ClientError):  # noqa: N818  reads as the code that it carries
    """More was asked for than a limit allows; the message names the limit. ``cost`` is what it would have cost."""

    CODE = LIMIT_EXCEEDED

    def __init__(self, message: str, cost: int = 0) -> None:
        super().__init__(message, LIMIT_EXCEEDED)
        self.cost = cost


class TimeUp(ClientError):  # noqa: N818
    """The time limit of a request has passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the request took longer than {seconds:g} s; ask for less at once", TIMEOUT)


def formatted(errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
    """Return errors as a response shows them; whatever is not the client's doing is logged and masked."""
    return [_formatted(error) for error in errors]


def plain(message: str, code: str) -> dict[str, Any]:
    """Return an error that belongs to no place in a document."""
    return {"message": message, "extensions": {"code": code}}


def _formatted(error: GraphQLError) -> dict[str, Any]:
    message, code, more = _told(error)
    shown: dict[str, Any] = {"message": message}
    if error.locations:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    shown["extensions"] = {"code": code, **more}
    return shown


def _told(error: GraphQLError) -> tuple[str, str, dict[str, Any]]:
    cause = error.original_error
    if isinstance(cause, RecursionError):
        return "the query nests too deeply", LIMIT_EXCEEDED, {}
    if isinstance(cause, ClientError):
        return str(cause), cause.code, cause.extensions
    if isinstance(cause, AmbiguousNameError):
        return str(cause), AMBIGUOUS_NAME, {"candidates": list(cause.candidates)}
    if isinstance(cause, NotFoundError):
        return str(cause), NOT_FOUND, {"nearest": list(cause.nearest)}
    if isinstance(cause, UsageError):
        return str(cause), BAD_USER_INPUT, {}
    if error.path is None and (cause is None or isinstance(cause, GraphQLError)):
        # Without a path it is about the document or its variables, not about a value of ours.
        return error.message, BAD_USER_INPUT, {}
    fault = secrets.token_hex(4)
    log_fault(_log, f"fault {fault} at {escaped(str(error.path))}", cause or error)
    return f"something went wrong in the server; it was logged as fault {fault}", INTERNAL, {}
