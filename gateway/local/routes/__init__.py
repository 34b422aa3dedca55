"""Discord's routes: simcord's, and those that it has not or has in another way. Importing a module registers its."""

from typing import Final

from simcord.http import router, routes

from gateway.local.routes import commands, events, expressions, finding, members, settings, sounds, templates

OF_SIMCORD: Final = routes.__all__
OURS: Final = (commands, events, expressions, finding, members, settings, sounds, templates)
dispatch: Final = router.dispatch
"""Answers a request by one of these. Raises BackendError, and UnsupportedField for fields that a route has not."""
