"""`PostgresStore`: the store on a PostgreSQL server, for one grader or several."""

from functools import partial
from typing import Self

from grader.store.postgresql.address import Address
from grader.store.postgresql.connection import LOCK_SECONDS, connect
from grader.store.postgresql.lanes import Connector, Lanes
from grader.store.postgresql.schema import make_ready, migrate
from grader.store.sides import TwoSided

WRITERS = 8
READERS = 4


class PostgresStore(TwoSided):
    """Units that wait for a lock never keep a reader waiting.

    A unit that writes may run again from its start when others were in the way, so it changes nothing but the database.
    """

    def __init__(self, connector: Connector) -> None:
        super().__init__(
            Lanes(connector, count=WRITERS, begin="BEGIN ISOLATION LEVEL READ COMMITTED", name="store-writer"),
            Lanes(
                connector, count=READERS, begin="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", name="store-reader"
            ),
        )

    @classmethod
    def open(cls, address: Address, *, lock_timeout: float = LOCK_SECONDS, upgrade: bool = False) -> Self:
        """Open the database, or fill an empty one. `lock_timeout` (seconds) is the wait for other writers.

        Raises SetupError for a server that cannot be reached, for a newer schema, and for an older one unless
        `upgrade` is set.
        """
        if upgrade:
            migrate(address)
        else:
            make_ready(address)
        return cls(Connector(partial(connect, address, lock_timeout=lock_timeout)))
