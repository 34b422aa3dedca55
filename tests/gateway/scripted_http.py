"""Discord as a function, where the REST client has its connections."""

from collections.abc import Callable, Coroutine, Mapping

import httpx2

from gateway.http1 import HttpAnswer, HttpBrokenError
from gateway.rest import RestClient, RestConfig

API_URL = "http://discord.test"
Handler = Callable[[httpx2.Request], Coroutine[None, None, httpx2.Response]]


class ScriptedHttp:
    """Each request is a call; an httpx2.HTTPError is a connection that broke."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def exchange(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> HttpAnswer:
        request = httpx2.Request(method, API_URL + target, headers=dict(headers), content=body)
        try:
            answer = await self._handler(request)
        except httpx2.HTTPError as error:
            raise HttpBrokenError(str(error)) from None
        return HttpAnswer(answer.status_code, dict(answer.headers), answer.content)


def scripted_rest(handler: Handler) -> RestClient:
    return RestClient(ScriptedHttp(handler), RestConfig(token="token", api_url=API_URL))
