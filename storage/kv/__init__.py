"""The guilds' key-value data, on LMDB.

    async with open_kv(path, KvLimits(), clock) as kv:
        await kv.guild(guild_id).store("scores").set("alice", {"points": 3}, ttl=3600)

Where things are: `port.py` what others may ask of it, `guild.py` the same by guild and store, `store.py` the
implementation; under it `operations.py` (what can be asked, and how it ends), `making.py` (input checked),
`queue.py`, `lane.py` and `parking.py` (how it gets to the writer, and waits), `writer.py` (group commit), `batch.py`
and `decide.py` (what a batch changes), `journal.py` (where it is durable first), `gathering.py` and `commit.py` (how
it gets from there to LMDB), `reader.py`, `listing.py`, `sweep.py`; and at the bottom `keys.py` and `records.py`
(every byte of the layout). `transfer.py` exports and imports guilds, `snapshot.py` the whole, `check.py` proves that
it all agrees.
"""

from storage.kv.errors import KvError
from storage.kv.guild import GuildView, StoreView
from storage.kv.limits import KvLimits
from storage.kv.listing import Listing, Page
from storage.kv.port import KeyValuePort
from storage.kv.records import Entry, KeyInfo
from storage.kv.store import KeyValueStore, open_kv
from storage.kv.values import RawJson

__all__ = [
    "Entry",
    "GuildView",
    "KeyInfo",
    "KeyValuePort",
    "KeyValueStore",
    "KvError",
    "KvLimits",
    "Listing",
    "Page",
    "RawJson",
    "StoreView",
    "open_kv",
]
