"""The database: the server that comes along where none is named, which knows no Django; cells kept encrypted."""

from luoshi.office.database.server import NotStarted, Server

__all__ = ["NotStarted", "Server"]
