"""The chat: Telegram in and out, understanding, dialogue and one flow a capability."""
