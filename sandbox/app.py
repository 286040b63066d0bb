"""The one web application that the sandbox is: Bot API, phones, faults, clock, Catalog and Sales."""

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from sandbox import catalog, control_api, phone_api, sales, telegram_api
from sandbox.clock import ClockError
from sandbox.connection import Guard, TooLargeError, too_large
from sandbox.faults import FaultError
from sandbox.json_body import JsonAnswer, RequestError
from sandbox.people import PeopleError
from sandbox.problems import ProblemError, not_found
from sandbox.world import World

_PHONE_PAGE = Path(__file__).parent / "phone"


def create_app(world: World, *, host: str = "127.0.0.1") -> ASGIApp:
    """Make the application over an opened world; `host` is the address that it is bound to."""
    app = Starlette(
        routes=[
            Route("/", _front),
            Route("/health", _health),
            *telegram_api.routes(),
            *control_api.routes(),
            Mount("/phone/api", routes=phone_api.routes()),
            Mount("/phone", StaticFiles(directory=_PHONE_PAGE, html=True, check_dir=False)),
            Mount("/catalog", routes=catalog.routes()),
            Mount("/sales", routes=sales.routes()),
        ],
        exception_handlers={
            RequestError: _refused,
            ClockError: _refused,
            FaultError: _refused,
            PeopleError: _refused,
            ProblemError: _problem,
            HTTPException: _http_error,
            TooLargeError: _too_large,
        },
    )
    app.state.world = world
    return Guard(app, host)


async def _front(_request: Request) -> Response:
    return RedirectResponse("/phone/")


async def _health(_request: Request) -> Response:
    return JsonAnswer({"status": "ok"})


async def _too_large(_request: Request, _error: Any) -> Response:
    return too_large()


async def _http_error(request: Request, error: Any) -> Response:
    """What no route takes, such as a line break in a path: of Catalog and Sales a problem like any other."""
    if request.url.path.startswith(("/catalog/v1/", "/sales/v1/")):
        return not_found("such address").response({})
    return PlainTextResponse(error.detail, error.status_code, headers=error.headers)


async def _problem(_request: Request, error: Any) -> Response:
    """A control of Catalog or Sales that named what is not there."""
    problem: ProblemError = error
    return problem.response({})


async def _refused(_request: Request, error: Any) -> Response:
    """Say in one sentence what was wrong with a request."""
    return JsonAnswer({"error": str(error)}, getattr(error, "status", 400))
