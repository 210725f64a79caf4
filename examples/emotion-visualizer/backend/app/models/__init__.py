"""All models: a migration compares the database with what is imported here."""

from app.core.database import Base
from app.models.item import Item

__all__ = ["Base", "Item"]
