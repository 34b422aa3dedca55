"""What can be asked of the API: one module for each resource, which makes its rows of the table of routes.

A new row needs its steps in tests/api/test_routes.py, which names the answers that no step shows, and `make docs`.
"""

from collections.abc import Sequence

from api.auth import Authenticator
from api.documents import Documents
from api.parts import ApiParts
from api.resources import (
    builds,
    command_login,
    cron,
    deployments,
    guilds,
    health,
    kv,
    login,
    logs,
    secrets,
    tokens,
    workers,
)
from api.table import Route


def all_routes(parts: ApiParts, authenticator: Authenticator) -> Sequence[Route]:
    """The whole table."""
    routes = [
        *health.routes(parts),
        *login.routes(parts, authenticator),
        *command_login.routes(parts, authenticator),
        *tokens.routes(parts, authenticator),
        *guilds.routes(parts),
        *deployments.routes(parts),
        *builds.routes(parts),
        *logs.routes(parts, authenticator),
        *kv.routes(parts),
        *secrets.routes(parts),
        *cron.routes(parts),
        *workers.routes(parts),
    ]
    documents = Documents()
    documents.describe([*routes, *documents.routes()])
    return [*routes, *documents.routes()]
