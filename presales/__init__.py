"""The door: command line, settings, logging and the one place where real parts are wired together."""
