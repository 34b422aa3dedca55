"""The operations that need stores or the network: key-value data, secrets, variables, crons, timers, fetch.

One file for each group; each has its argument structs on top, then its handlers, then the function that registers
them in a table. Those that need Discord are in `gateway/`.
"""
