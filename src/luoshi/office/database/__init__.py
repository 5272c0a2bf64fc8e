"""The database server that comes along where none is named: found, started, watched and stopped. Knows no Django."""

from luoshi.office.database.server import NotStarted, Server

__all__ = ["NotStarted", "Server"]
