"""Ways out of this machine: each gateway takes one message, and needs only a key in the settings.

A gateway raises `GatewayTrouble` when it may work later and `NotAccepted` when it never will. It
gives the message's own key to the other side, which can then tell a repetition from a new one.
"""
