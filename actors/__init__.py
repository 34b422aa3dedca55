"""The runtime: who owns which state, and what they may say to each other.

actor.py        what every actor is: a mailbox and a loop; drain and refuse         <- start here
supervisor.py   start again what crashes, within reason
placement.py    which worker a guild belongs to; pure
schedule.py     when a cron is due; pure
isolate/        the engine: a guild's JavaScript in a sealed process
limits.py       every limit: unit, default, reason, the attack it stops
outcomes.py     how a run may end
"""
