"""The Bot API's addresses: which function carries out a method, and the faults that come between."""

import inspect
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from sandbox import telegram_bot, telegram_edit, telegram_send
from sandbox.connection import cut, hold
from sandbox.faults import Fault
from sandbox.json_body import JsonAnswer
from sandbox.telegram_params import Params
from sandbox.telegram_rules import ApiError, bad
from sandbox.world import World

_BOT_METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getme": telegram_bot.get_me,
    "getupdates": telegram_bot.get_updates,
    "setwebhook": telegram_bot.set_webhook,
    "deletewebhook": telegram_bot.delete_webhook,
    "getwebhookinfo": telegram_bot.get_webhook_info,
    "getchat": telegram_bot.get_chat,
    "getfile": telegram_bot.get_file,
    "setmycommands": telegram_bot.set_my_commands,
    "getmycommands": telegram_bot.get_my_commands,
    "deletemycommands": telegram_bot.delete_my_commands,
}
_CHAT_METHODS: dict[str, Callable[..., Any]] = {
    "sendmessage": telegram_send.send_message,
    "senddocument": telegram_send.send_document,
    "sendphoto": telegram_send.send_photo,
    "sendcontact": telegram_send.send_contact,
    "sendlocation": telegram_send.send_location,
    "sendchataction": telegram_send.send_chat_action,
    "editmessagetext": telegram_edit.edit_message_text,
    "editmessagecaption": telegram_edit.edit_message_caption,
    "editmessagereplymarkup": telegram_edit.edit_message_reply_markup,
    "deletemessage": telegram_edit.delete_message,
    "deletemessages": telegram_edit.delete_messages,
    "setmessagereaction": telegram_edit.set_message_reaction,
    "answercallbackquery": telegram_edit.answer_callback_query,
}


def routes() -> list[Route]:
    """Give the addresses of the Bot API; method names are case-insensitive, as at Telegram."""
    return [
        Route("/bot{token}/{method}", _call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", _download, methods=["GET"]),
    ]


async def _call(request: Request) -> Response:
    world: World = request.app.state.world
    method = request.path_params["method"].lower()
    try:
        if method not in _BOT_METHODS and method not in _CHAT_METHODS:
            raise telegram_bot.not_found()
        params = await Params.read(request)
        fault = world.faults.strike(method, params.number("chat_id") or None)
        if fault:
            return await _struck(fault, world, method, params, request)
        body = telegram_bot.result(await _carry_out(world, method, params))
    except ApiError as error:
        return JsonAnswer(error.as_json(), error.status)
    finally:
        await request.close()  # uploads lie in temporary files
    return Response(body, media_type="application/json")


async def _carry_out(world: World, method: str, params: Params) -> Any:
    """Run a method; values that Telegram could not read either are a bad request, never the server's failure."""
    try:
        if method in _CHAT_METHODS:
            return _CHAT_METHODS[method](world.chats, params)
        answer = _BOT_METHODS[method](world, params)
        return await answer if inspect.isawaitable(answer) else answer
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError) as error:
        raise bad(f"can't parse the request: {error}") from error


async def _struck(fault: Fault, world: World, method: str, params: Params, request: Request) -> Response:
    """Let a call fail as its fault says; where it should be delivered first, it is, and nobody learns of it."""
    refusal = fault.answer()
    if refusal:
        status, body = refusal
        return JsonAnswer(body, status)
    if fault.kind.endswith("_after"):
        await _carry_out(world, method, params)
    if fault.kind.startswith("timeout"):
        await hold(request, world.hub.ended, fault.seconds)
    return await cut(request)


async def _download(request: Request) -> Response:
    world: World = request.app.state.world
    file = world.files.at(request.path_params["path"])
    if file is None or not world.files.location(file).is_file():
        return JsonAnswer(telegram_bot.not_found().as_json(), 404)
    return FileResponse(world.files.location(file), media_type="application/octet-stream")
