"""Settings, addresses and the start: the only place that knows every package."""
