"""Cases, what is claimed in them, the tasks of offices, and what people did: votes and decisions are never changed."""

from luoshi.office.casework.models.beside import Certificate, Message, Objection, Paper
from luoshi.office.casework.models.cases import Case, Claim, Task
from luoshi.office.casework.models.hands import Decision, Vote

__all__ = ["Case", "Certificate", "Claim", "Decision", "Message", "Objection", "Paper", "Task", "Vote"]
