"""What texts of documents claim in figures, understood from their words, against the tables."""

from app.services.documents.claims.check import Knowledge, TextFaults, Told, faults_of
from app.services.documents.claims.tables import gather_knowledge
from app.services.documents.claims.vocabulary import says_what_is_wanted, vocabulary
from app.services.documents.claims.words import hint, message

__all__ = [
    "Knowledge",
    "TextFaults",
    "Told",
    "faults_of",
    "gather_knowledge",
    "hint",
    "message",
    "says_what_is_wanted",
    "vocabulary",
]
