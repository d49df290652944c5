"""A small door for the phone's modules: it stores each id once, and fails when a test says so.

What is signed is opened and checked; `proofs` says of each id whether its signature held.
It takes photos piece by piece too; after `cut_after` pieces it hangs up in the middle of the next.
"""

import hashlib
import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jembol.kit.device_signature import is_signed_by

JEMBOL = Path(__file__).resolve().parents[2] / "src/jembol"
FOLDERS = (JEMBOL / "field/static/field", JEMBOL / "ui/static/ui/vendor")
PAGE = b"""<!doctype html><title>t</title><input><textarea></textarea><video muted></video>
<div id="p"><b data-part="word"></b><b data-part="name"></b><b data-part="why"></b></div>"""
TYPES = {".js": "text/javascript", ".html": "text/html"}


class FakeDoor:
    """Answers at `address`; `statuses` are given out first, after storing when `commits`."""

    def __init__(self):
        self.stored = {}
        self.posts = []
        self.proofs = {}
        self.statuses = []
        self.commits = True
        self.pause_s = 0.0
        self.states = {}
        self.unreadable = set()
        self.more = {}
        self.photos = {}
        self.pieces = []
        self.cut_after = None
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def receive(self, parcel):
        with self.lock:
            parcel = {**parcel, "envelopes": [self._read(parcel, it) for it in parcel["envelopes"]]}
            self.posts.append(parcel)
            status = self.statuses.pop(0) if self.statuses else 200
            ids = [envelope["id"] for envelope in parcel["envelopes"]]
            if self.unreadable & set(ids):
                return 400, {}
            if status != 200 and not self.commits:
                return status, {}
            results = [self._stored(envelope) for envelope in parcel["envelopes"]]
        now = datetime.now(UTC)
        sent_at = datetime.fromisoformat(parcel["sent_at"])
        skew = (sent_at - now).total_seconds()
        told = {"received_at": now.isoformat(), "skew_s": skew, "results": results}
        return status, {**told, "skew_flagged": abs(skew) > 600, **self.more}

    def has(self, photo):
        """What is here of a photo; None when nobody announced it."""
        if photo not in self.stored:
            return None
        have = len(self.photos.setdefault(photo, bytearray()))
        return {"have": have, "whole": have == self.stored[photo]["body"]["bytes"]}

    def take(self, photo, start, piece):
        """Take one piece; the status and the words of the answer."""
        told = self.has(photo)
        if told is None:
            return 404, {"code": "no-such-photo"}
        if start != told["have"]:
            return 409, {"code": "wrong-offset", "have": told["have"]}
        self.photos[photo] += piece
        self.pieces.append((start, len(piece)))
        told = self.has(photo)
        body = self.stored[photo]["body"]
        if told["whole"] and hashlib.sha256(self.photos[photo]).hexdigest() != body["sha256"]:
            self.photos[photo].clear()
            return 422, {"code": "other-content"}
        return 200, told

    def _read(self, parcel, sent):
        if "signed" not in sent:
            return sent
        said = json.loads(sent["signed"])
        key, text, signature = parcel["key"], sent["signed"], sent["signature"]
        is_theirs = said["id"] == sent["id"] and said["officer"] == parcel["key_of"]
        self.proofs[said["id"]] = is_theirs and is_signed_by(key, text, signature)
        return said

    def _stored(self, envelope):
        known = envelope["id"] in self.stored
        self.stored.setdefault(envelope["id"], envelope)
        state = self.states.get(envelope["id"], "known" if known else "accepted")
        return {"id": envelope["id"], "state": state, "code": state, "words": "", "result": {}}


def _handler_of(door):  # noqa: C901 - a class of short answers
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_words):
            pass

        def answer(self, status, content, kind):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_PUT(self):
            if door.cut_after is not None and len(door.pieces) >= door.cut_after:
                self.rfile.read(100)
                self.close_connection = True
                self.connection.close()
                return
            photo = self.path.rstrip("/").rpartition("/")[2]
            piece = self.rfile.read(int(self.headers["Content-Length"]))
            status, told = door.take(photo, int(self.headers["X-From"]), piece)
            self.answer(status, json.dumps(told).encode(), "application/json")

        def do_GET(self):
            if self.path.startswith("/lapangan/foto/"):
                told = door.has(self.path.rstrip("/").rpartition("/")[2])
                content = json.dumps(told or {"code": "no-such-photo"}).encode()
                self.answer(200 if told else 404, content, "application/json")
                return
            name = self.path.rpartition("/")[2]
            files = [folder / name for folder in FOLDERS if (folder / name).is_file()]
            if files and name.endswith(".js"):
                self.answer(200, files[0].read_bytes(), TYPES[".js"])
            else:
                self.answer(200, PAGE, TYPES[".html"])

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            status, told = door.receive(json.loads(self.rfile.read(length)))
            time.sleep(door.pause_s)
            self.answer(status, json.dumps(told).encode(), "application/json")

    return Handler
