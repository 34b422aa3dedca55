"""A Discord on loopback: simcord's model behind real sockets, and the chat page.

Importing it imports discord.py, which takes a second: only what stands in local mode does so.
"""

import warnings

with warnings.catch_warnings():
    # discord.py imports a module that Python 3.13 drops; on our Python that only warns.
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    import discord

__all__ = ["discord"]
