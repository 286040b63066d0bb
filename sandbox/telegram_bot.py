"""The Bot API's methods about the bot itself: who it is, its updates, its commands, its files."""

import json
import re
from typing import Any

from sandbox.people import BOT
from sandbox.store import Store
from sandbox.telegram_params import Params
from sandbox.telegram_rules import ApiError, bad
from sandbox.telegram_send import reachable
from sandbox.world import World

Json = dict[str, Any]

_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
# The size up to which bots may download (Bot API, getFile).
_DOWNLOAD_BYTES = 20 << 20


def get_me(_world: World, _params: Params) -> Json:
    """Carry out getMe."""
    return BOT | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    """Carry out getUpdates with its long poll of at most 50 seconds."""
    allowed = params.json("allowed_updates")
    if allowed is not None and not (isinstance(allowed, list) and all(isinstance(kind, str) for kind in allowed)):
        raise bad("can't parse allowed updates JSON object")
    return await world.updates.poll(
        offset=params.number("offset"),
        limit=min(max(params.number("limit", 100), 1), 100),
        wait=min(max(params.number("timeout"), 0), 50),
        allowed=allowed,
    )


def set_webhook(world: World, params: Params) -> bool:
    """Refuse setWebhook with an address: the sandbox delivers by getUpdates alone."""
    if params.text("url"):
        raise bad("bad webhook: the sandbox delivers updates by getUpdates alone")
    return delete_webhook(world, params)


def delete_webhook(world: World, params: Params) -> bool:
    """Carry out deleteWebhook; there is none, but the updates that wait can be dropped."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _params: Params) -> Json:
    """Carry out getWebhookInfo."""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.pending())}


def get_chat(world: World, params: Params) -> Json:
    """Carry out getChat with the fields that are known here."""
    person, group = reachable(world.chats, params)
    accepted = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return person.chat(group=group) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}


def get_file(world: World, params: Params) -> Json:
    """Carry out getFile."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if file.size > _DOWNLOAD_BYTES:
        raise bad("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def set_my_commands(world: World, params: Params) -> bool:
    """Carry out setMyCommands for a scope and a language."""
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad("can't parse commands list JSON object")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.store.put(_place(params), [_command(command) for command in commands])
    _tell_commands(world)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """Carry out getMyCommands."""
    commands: list[Json] = world.store.get(_place(params), [])
    return commands


def delete_my_commands(world: World, params: Params) -> bool:
    """Carry out deleteMyCommands."""
    world.store.drop(_place(params))
    _tell_commands(world)
    return True


def commands_for(store: Store, person_id: int, language: str) -> list[Json]:
    """Choose a private chat's commands: the narrower scope first, the person's language before any (Bot API)."""
    known = store.values("commands:")
    for scope in (f"chat:{person_id}", "all_private_chats", "default"):
        for tongue in (language, ""):
            commands: list[Json] | None = known.get(f"commands:{scope}:{tongue}")
            if commands:
                return commands
    return []


def _tell_commands(world: World) -> None:
    for person in world.store.people.values():
        commands = commands_for(world.store, person.id, person.language)
        world.hub.tell(person.id, "commands", {"commands": commands})


def _place(params: Params) -> str:
    scope = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    name = scope["type"]
    if name in {"chat", "chat_administrators", "chat_member"}:
        name = f"{name}:{scope.get('chat_id', '')}"
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return f"commands:{name}:{language}"


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name, description = str(command.get("command", "")).removeprefix("/"), str(command.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def not_found() -> ApiError:
    """Make the answer to a method or a file that does not exist."""
    return ApiError(404, "Not Found")


def result(value: Any) -> str:
    """Write the body of a successful answer."""
    return json.dumps({"ok": True, "result": value})
