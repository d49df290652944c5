"""A network as it is in an alley: slow, cut into pieces, reset, half open, answers that are lost.

A small proxy of TCP between a browser and a real server. What it does to each connection is drawn
from a seed, so a day of bad weather can be had again.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

PIECE = 64 * 1024
RESET = struct.pack("ii", 1, 0)  # SO_LINGER with no time: close() sends RST instead of FIN


@dataclass
class Weather:
    """What happens to a connection; shares are of connections, 0 to 1.

    Attributes:
        delay_s: Least and most seconds before a piece goes on.
        slice_bytes: Size of the pieces; None as they come.
        bytes_per_s: How fast each direction is; None as fast as it can.
        resets: Share that is reset after some kilobytes, whatever they carry.
        lost_answers: Share that is reset when the server answers: it has acted, nobody hears of it.
        half_open: Share whose bytes vanish, without an end, until the proxy closes.
    """

    delay_s: tuple[float, float] = (0.0, 0.0)
    slice_bytes: int | None = None
    bytes_per_s: float | None = None
    resets: float = 0.0
    lost_answers: float = 0.0
    half_open: float = 0.0


FAIR = Weather()
FOUL = Weather(delay_s=(0.0, 0.4), slice_bytes=1024, resets=0.3, lost_answers=0.15, half_open=0.03)


class BadNetwork:
    """The proxy: `address` in front of the server at `target`."""

    def __init__(self, target, *, weather=FAIR, seed=1):
        parts = urlsplit(target)
        self.upstream = (parts.hostname, parts.port)
        self.weather = weather
        self.draw = random.Random(seed)
        self.counts = {"connections": 0, "resets": 0, "lost answers": 0, "half open": 0}
        self.bytes_up = self.bytes_down = 0
        self.served = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def change(self, weather):
        """Let this weather hold from now on; what is open ends, because it was drawn before."""
        self.weather = weather
        self._run(self._sever())

    def point_at(self, target):
        """Send new connections to another server: it was restarted at another port."""
        parts = urlsplit(target)
        self.upstream = (parts.hostname, parts.port)

    def close(self):
        self._run(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def _run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    async def _stop(self):
        self.server.close()
        await self._sever()

    async def _sever(self):
        others = list(self.served)
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _fate(self, weather):
        """Draw what becomes of a connection, and after how many bytes."""
        self.counts["connections"] += 1
        drawn = self.draw.random()
        for name, share in (
            ("resets", weather.resets),
            ("lost answers", weather.lost_answers),
            ("half open", weather.half_open),
        ):
            if drawn < share:
                self.counts[name] += 1
                return name, self.draw.randint(0, 8_000)
            drawn -= share
        return "", 0

    async def _serve(self, reader, writer):
        # A task of our own: asyncio complains about one of its own that is cancelled.
        self.served.add(task := asyncio.ensure_future(self._between(reader, writer)))
        task.add_done_callback(self.served.discard)

    async def _between(self, reader, writer):
        weather = self.weather
        fate, after = self._fate(weather)
        try:
            up_reader, up_writer = await asyncio.open_connection(*self.upstream)
        except OSError:
            _reset(writer)
            return
        ways = [
            asyncio.ensure_future(self._carry(reader, up_writer, weather, fate, after, up=True)),
            asyncio.ensure_future(self._carry(up_reader, writer, weather, fate, after, up=False)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            (_reset if fate else _close)(writer)
            _close(up_writer)

    async def _carry(self, reader, writer, weather, fate, after, *, up):
        passed = 0
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while piece := await reader.read(weather.slice_bytes or PIECE):
                await self._wait(weather, len(piece))
                if fate == "half open" and passed >= after:
                    await asyncio.sleep(3600)
                if fate == "lost answers" and not up:
                    return
                if fate == "resets" and passed >= after:
                    return
                writer.write(piece)
                await writer.drain()
                passed += len(piece)
                if up:
                    self.bytes_up += len(piece)
                else:
                    self.bytes_down += len(piece)

    async def _wait(self, weather, size):
        low, high = weather.delay_s
        seconds = self.draw.uniform(low, high) if high else 0.0
        if weather.bytes_per_s:
            seconds += size / weather.bytes_per_s
        if seconds:
            await asyncio.sleep(seconds)


class MortalServer:
    """A real server behind the bad network; killed with SIGKILL, it comes back elsewhere."""

    def __init__(self, processes, *, seed=1):
        self.processes = processes
        self.process, address = self._serve()
        self.network = BadNetwork(address, seed=seed)

    def _serve(self):
        return self.processes.serve(path="/kesehatan/", workers=1, threads=8)

    def kill_and_restart(self):
        self.processes.kill(self.process)
        self.process, address = self._serve()
        self.network.point_at(address)


def _reset(writer):
    with contextlib.suppress(OSError):
        inner = writer.get_extra_info("socket")
        inner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.close()


def _close(writer):
    with contextlib.suppress(OSError):
        writer.close()
