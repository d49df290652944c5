"""Jembol: the system with which a city runs its micro-enterprise programme."""
