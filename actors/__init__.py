"""The runtime: who owns which state, and what they may say to each other.

isolate/      the engine: a guild's JavaScript in a sealed process of its own
limits.py     every limit: unit, default, reason, the attack it stops
outcomes.py   how a run may end
"""
