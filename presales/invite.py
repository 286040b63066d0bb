"""`presales invite`: a one-use code for a person, and the link that joins with it."""

from datetime import datetime

import typer
from telegram.error import TelegramError

from domain.errors import InvalidValueError
from domain.team import Role, invite
from presales.clocks import clock_at
from presales.settings import Settings
from presales.wiring import database, telegram_bot


async def run_invite(settings: Settings, *, name: str, role: str, now: datetime | None) -> int:
    """Print code and link; the link needs Telegram to tell the bot's name. Returns the exit status."""
    opened = database(settings, clock_at(now))
    opened.migrate()
    try:
        with opened.command_unit("invite") as unit:
            code = invite(unit, name=name, role=Role(role))
    except InvalidValueError:
        typer.echo("presales: --name must not be empty", err=True)
        return 2
    typer.echo(f"Invitation for {name.strip()} ({role}), valid for 7 days, for one use:")
    typer.echo(f"  send the bot: /start {code}")
    username = await _username(settings)
    if username:
        typer.echo(f"  or open:      https://t.me/{username}?start={code}")
    return 0


async def _username(settings: Settings) -> str | None:
    if not settings.telegram_token:
        return None
    try:
        async with telegram_bot(settings) as bot:
            return bot.username
    except TelegramError:
        return None
