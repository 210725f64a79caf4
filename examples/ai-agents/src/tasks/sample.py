"""Sample tasks."""

import logging

from src.worker import celery

logger = logging.getLogger(__name__)


# Done twice, it does no harm: so it is confirmed only when it is done, and a worker that dies
# meanwhile loses nothing.
@celery.task(name="sample.count_words", acks_late=True, reject_on_worker_lost=True)
def count_words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


@celery.task(name="sample.tick", ignore_result=True)
def tick() -> None:
    """Show that the schedule is kept."""
    logger.info("The schedule is kept")
