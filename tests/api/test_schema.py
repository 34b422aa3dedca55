"""The API keeps what its OpenAPI document promises: schemathesis asks, against the served thing."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trio

from api import route_page
from tests.api.conftest import GUILD, World

EXAMPLES = 4
SKIPPED = ("/stream", "/builds/{build}/logs")
"""Streams never end."""


async def test_the_document_is_kept(world: World, tmp_path: Path) -> None:
    world.api.app._rate.most = 1_000_000
    world.api.app.authenticator.refused.most = 1_000_000
    operator = await world.operator()
    await world.deploy(operator)
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "run", f"{world.url}/api-docs/openapi.json",
        "--header", f"Authorization: Bearer {operator}",
        "--max-examples", str(EXAMPLES), "--seed", "7", "--phases", "examples,fuzzing", "--no-color",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        *(part for path in SKIPPED for part in ("--exclude-path-regex", path.replace("{", r"\{").replace("}", r"\}"))),
        "--exclude-operation-id", "delete_api_tokens_token_id",  # it could end the token that asks
        "--exclude-path-regex", "^/api/kv/import",  # its lines are no type that can be made up
        "--generation-database", "none",
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    told: subprocess.CompletedProcess[bytes] = await trio.run_process(
        command, capture_stdout=True, stderr=subprocess.STDOUT, check=False, cwd=tmp_path, env=environment
    )

    assert told.returncode == 0, told.stdout.decode()[-6000:]


async def test_every_route_is_in_the_document_and_every_refusal_has_its_shape(world: World) -> None:
    document: dict[str, Any] = (await world.ask("GET", "/api-docs/openapi.json")).json()

    assert document["openapi"] == "3.1.0"
    for route in world.api.app.router.routes:
        operation = document["paths"][route.full_path][route.method.lower()]
        assert operation["summary"] == route.tells
        refusals = [status for status in operation["responses"] if status >= "400"]
        assert {"429", "500"} <= set(refusals)
    identities = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(set(identities)) == len(identities)


async def test_the_page_needs_nothing_from_elsewhere(world: World) -> None:
    for path, kind in (("", "text/html"), ("/page.js", "text/javascript"), ("/page.css", "text/css")):
        told = await world.ask("GET", f"/api-docs{path}")
        assert told.headers["content-type"].startswith(kind)
        assert "max-age" in told.headers["cache-control"]
        known = {"if-none-match": f'"other", W/{told.headers["etag"]}'}
        again = await world.ask("GET", f"/api-docs{path}", headers=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", told.headers["etag"])
        assert "content-type" not in again.headers
    assert "https://" not in (await world.ask("GET", "/api-docs/page.js")).text


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api-docs/openapi.json"])
async def test_it_is_for_everybody(world: World, path: str) -> None:
    assert (await world.ask("GET", path)).status_code == 200
    assert (await world.ask("GET", f"/api/deployments/{GUILD}")).status_code == 401


def test_the_page_about_it_is_up_to_date() -> None:
    root = Path(__file__).parent.parent.parent

    assert (root / "docs/api.md").read_text() == route_page.page(), "run `make docs`"
