"""One guild: its mailbox, its isolate, and what is known of it.

lane.py          the guild's mailbox, which moves with it from worker to worker       <- start here
guild.py         the actor: starts events in their order, obeys one command after another
berth.py         one isolate with a script, what is in flight in it and what it asked for
book.py          what is known of a guild: phase, revision, counters
shedding.py      who loses an event when there are too many
patience.py      how often a script may be killed before it is paused
words.py         what the runtime says in a guild's log
surroundings.py  what the runtime is given from outside
"""
