"""All models: a migration compares the database with what is imported here."""

from src.core.database import Base
from src.models.item import Item

__all__ = ["Base", "Item"]
