"""Routes of Discord that simcord does not have, or has in another way, for scripts that use them.

Importing this registers them, and simcord's own.
"""

from simcord.http import routes as _of_simcord

from gateway.local.routes import commands, events, expressions, finding, members, settings, sounds, templates

ROUTES = (
    *_of_simcord.__all__,
    *(one.__name__ for one in (commands, events, expressions, finding, members, settings, sounds, templates)),
)
"""The modules whose routes are answered."""
