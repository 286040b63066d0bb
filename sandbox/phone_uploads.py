"""Files that a person sends: documents, photos, voice messages and stickers."""

import io
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.entities import clean, complete
from sandbox.files import File
from sandbox.html_entities import utf16_length
from sandbox.json_body import RequestError, json_body, whole
from sandbox.people import Person
from sandbox.store import StoredMessage
from sandbox.telegram_rules import CAPTION_LIMIT, text_fields
from sandbox.world import World

Json = dict[str, Any]

# What stands in for sound and for a drawing where none is sent: an Ogg page's and a WebP's first bytes.
_OGG = b"OggS\0\2" + bytes(20)
_WEBP = b"RIFF\x16\0\0\0WEBPVP8 " + bytes(14)


async def send_document(world: World, person: Person, request: Request) -> StoredMessage:
    """Send an uploaded file with its caption."""
    file, words = await _upload(world, request, "documents")
    return world.chats.from_person(person, {"document": file.document(), **words})


async def send_photo(world: World, person: Person, request: Request) -> StoredMessage:
    """Send an uploaded picture with its caption."""
    file, words = await _upload(world, request, "photos")
    if not file.width:
        world.files.discard(file)
        raise RequestError("A photo must be a JPEG, PNG, GIF or WebP.")
    return world.chats.from_person(person, {"photo": file.photo(), **words})


async def send_voice(world: World, person: Person, request: Request) -> StoredMessage:
    """Send a voice message: an upload, or silence of a given length."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        file, _ = await _upload(world, request, "voice")
        seconds = 1
    else:
        content = await json_body(request)
        seconds = whole(content, "duration") if "duration" in content else 3
        file = world.files.save(io.BytesIO(_OGG), name="voice.oga", mime="audio/ogg", folder="voice")
    voice = {"duration": seconds, "mime_type": "audio/ogg", **_identity(file)}
    return world.chats.from_person(person, {"voice": voice})


def send_sticker(world: World, person: Person, emoji: str) -> StoredMessage:
    """Send a sticker that stands for an emoji."""
    file = world.files.save(io.BytesIO(_WEBP), name="sticker.webp", mime="image/webp", folder="stickers")
    looks = {"type": "regular", "is_animated": False, "is_video": False, "width": 512, "height": 512, "emoji": emoji}
    return world.chats.from_person(person, {"sticker": looks | _identity(file)})


async def _upload(world: World, request: Request, folder: str) -> tuple[File, Json]:
    """Store the form's file; return it with its caption as fields of a Message."""
    if not request.headers.get("content-type", "").startswith("multipart/"):
        raise RequestError("The body must be multipart/form-data.", 415)
    async with request.form() as form:
        upload, raw = form.get("file"), form.get("caption")
        if not isinstance(upload, UploadFile) or not upload.size:
            raise RequestError("file must be an upload that is not empty.")
        caption = clean(raw).strip() if isinstance(raw, str) else ""
        if utf16_length(caption) > CAPTION_LIMIT:
            raise RequestError(f"A caption has at most {CAPTION_LIMIT} characters.")
        name, mime = upload.filename or "file", upload.content_type or ""
        file = world.files.save(upload.file, name=name, mime=mime, folder=folder)
    return file, text_fields(caption, complete(caption, []), prefix="caption")


def _identity(file: File) -> Json:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
