"""The door of the phones: what was written without a signal arrives here, each thing once for ever.

Owns devices, the envelopes that they send, what became of each, second contents under one id, and
the time at which something really happened on a phone whose clock is wrong. It leaves what an
envelope means to the package that registers its kind (`<package>/envelopes.py`). An envelope's id
is made on the device and is the primary key here, so a database constraint and no cache decides
that it acts once. Five words: device, envelope, parcel (what one request brings), hold, conflict.
"""
