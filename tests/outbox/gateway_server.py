"""A gateway on this machine that answers as it is told, and keeps what it was given."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLOW = "slow"


class Gateway:
    """What a real gateway does: one delivery for each message's key, whatever is repeated."""

    def __init__(self, answers):
        self.answers = list(answers)
        self.asked, self.delivered, self.url = [], {}, ""

    def take(self, handler):
        size = int(handler.headers["Content-Length"])
        body = handler.rfile.read(size).decode()
        self.asked.append((handler.path, dict(handler.headers), body))
        answer = self.answers.pop(0) if self.answers else 200
        if answer == SLOW:
            # It takes the message and is too slow to say so.
            self.deliver(handler, body)
            time.sleep(1.5)
            return
        if answer == 200:
            self.deliver(handler, body)
        self.reply(handler, answer)

    def deliver(self, handler, body):
        self.delivered.setdefault(handler.headers["Idempotency-Key"], []).append(body)

    def reply(self, handler, answer):
        said = json.dumps({"id": "g-1", "messages": [{"id": "wamid.1"}]}).encode()
        handler.send_response(answer)
        if answer == 302:
            handler.send_header("Location", f"{self.url}/elsewhere")
        handler.send_header("Content-Length", str(len(said)))
        handler.end_headers()
        handler.wfile.write(said)


@contextmanager
def gateway(*answers):
    """Serve on a free port of this machine; the answers in order, then 200."""
    there = Gateway(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            # The other side may have no patience.
            with suppress(BrokenPipeError, ConnectionResetError):
                there.take(self)

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
