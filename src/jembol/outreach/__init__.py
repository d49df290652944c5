"""Jemput bola: which RW comes next, who goes there, what was found at the door, what was promised.

Owns visits with their needs, referrals and promises, the need of each RW with the weights by which
a city counts it, the wishes of RT heads, and the plans of weeks and days. It leaves people and
enterprises to `registry`, classes to `training`, the finding of routes to `methods.routing`, and
the arrival of what a phone wrote to `sync`. Five words: visit, need, referral, promise, wish.
"""
