"""Keeps TensorFlow, and what our environment leaves out, from loading: Rasa imports it for what we do not use.

``rasa.engine.recipes.default_recipe`` imports Rasa's dialogue policies, and through them TensorFlow, whatever the
pipeline is. ``install()`` puts a finder before the others which answers every import of TensorFlow with a hollow
module: its attributes are empty classes, enough for the class statements and annotations of Rasa's own modules.
"""

import importlib.abc
import importlib.machinery
import sys
from abc import ABCMeta
from types import ModuleType
from typing import Any, FrozenSet, Optional

PACKAGES = """
    tensorflow tensorflow_addons tensorflow_hub tensorflow_text keras matplotlib
    aiogram fbmessenger mattermostwrapper rocketchat_API slack_sdk twilio webexteamssdk socketio engineio
    aio_pika aiormq boto3 botocore confluent_kafka pymongo psycopg2 redis
    apscheduler cachecontrol google pydot questionary sanic_cors sanic_jwt sentry_sdk structlog_sentry
"""
HOLLOW = frozenset(PACKAGES.split())
TENSORFLOW = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "google"}


class _HollowMeta(ABCMeta):
    """Gives a hollow class hollow attributes, and lets it stand where a decorator is called."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _hollow(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]) and cls.__bases__ == (_Hollow,):
            return args[0]
        return super().__call__(*args, **kwargs) if cls.__bases__ != (_Hollow,) else cls


class _Hollow(metaclass=_HollowMeta):
    """Base of all hollow classes."""


def _hollow(name: str) -> type:
    return _HollowMeta(name, (_Hollow,), {})


class _HollowModule(ModuleType):
    """A module of which every name is a hollow class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _hollow(name)


class _HollowFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the hollow packages and everything below them."""

    def __init__(self, packages: FrozenSet[str]) -> None:
        self._packages = packages

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Optional[importlib.machinery.ModuleSpec]:
        """Answer for the hollow packages alone."""
        if fullname.split(".", maxsplit=1)[0] in self._packages:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """Make the hollow module."""
        return _HollowModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is nothing to run."""


def install(keep_tensorflow: bool = False) -> None:
    """Make these imports hollow from here on; call it before the first import of Rasa.

    With ``keep_tensorflow`` the real one loads, as a pipeline with DIET needs (`uv sync --frozen --group diet`).
    """
    sys.meta_path.insert(0, _HollowFinder(HOLLOW - TENSORFLOW if keep_tensorflow else HOLLOW))
