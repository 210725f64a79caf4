"""A link shortener: GET /name leads on, POST /name with an address as its body makes a link."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg


def connect() -> psycopg.Connection:
    return psycopg.connect(
        host=os.environ["DB_HOST"],
        port=os.environ["DB_PORT"],
        dbname=os.environ["DB_NAME"],
        user=os.environ["DB_USER"],
        password=os.environ["DB_PASSWORD"],
        connect_timeout=5,
        client_encoding="UTF8",
    )


class Links(BaseHTTPRequestHandler):
    def answer(self, status: int, body: object, **headers: str) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self) -> None:
        with connect() as connection:
            if self.path == "/health":
                self.answer(200, {"links": connection.execute("SELECT count(*) FROM links").fetchone()[0]})
                return
            found = connection.execute("SELECT address FROM links WHERE name = %s", (self.path[1:],)).fetchone()
        if found:
            self.answer(302, {"address": found[0]}, Location=found[0])
        else:
            self.answer(404, {"error": "There is no such link."})

    def do_POST(self) -> None:
        if self.headers.get("Authorization") != f"Bearer {os.environ['TOKEN']}":
            self.answer(401, {"error": "The token is missing or wrong."})
            return
        name = self.path[1:]
        address = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with connect() as connection:
            statement = "INSERT INTO links VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET address = excluded.address"
            connection.execute(statement, (name, address))
        self.answer(201, {"link": f"{os.environ['BASE_URL']}/{name}"})


def main() -> None:
    with connect() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS links (name text PRIMARY KEY, address text NOT NULL)")
        if sys.argv[1:] == ["list"]:
            for name, address in connection.execute("SELECT name, address FROM links ORDER BY name"):
                print(name, address)
            return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("", 8080), Links).serve_forever()


main()
