"""A bot as small as can be, for races in tests: it answers its command, and ends when it hears of another's guild."""

import json
import os
import sys
import threading
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import trio
from trio_websocket import open_websocket_url


def main() -> None:
    threading.Thread(target=_end_with_our_parent, daemon=True).start()
    trio.run(_serve)


async def _serve() -> None:
    shard, shards = map(int, os.environ["RACE_SHARD"].split("/"))
    identity = {"token": os.environ["RACE_TOKEN"], "intents": int(os.environ["RACE_INTENTS"]), "shard": [shard, shards]}
    async with open_websocket_url(os.environ["RACE_GATEWAY"]) as socket:
        await socket.send_message(json.dumps({"op": 2, "d": {**identity, "properties": {}}}))
        while True:
            message: dict[str, Any] = json.loads(await socket.get_message())
            event = message.get("t")
            body: dict[str, Any] = message.get("d") or {}
            if (int(body.get("guild_id", 0)) >> 22) % shards != shard and "guild_id" in body:
                sys.exit("this guild is another's")
            if event == "READY":
                os.write(1, b"ready\n")
            elif event == "INTERACTION_CREATE":
                _answer(body, time.time_ns() // 1000)


def _answer(interaction: dict[str, Any], entered: int) -> None:
    api = urlsplit(os.environ["RACE_API"])
    connection = HTTPConnection(api.netloc)
    path = f"{api.path}/interactions/{interaction['id']}/{interaction['token']}/callback"
    body = json.dumps({"type": 4, "data": {"content": f"hello {entered}"}})
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    connection.getresponse().read()
    connection.close()


def _end_with_our_parent() -> None:
    sys.stdin.read()
    os._exit(0)


main()
