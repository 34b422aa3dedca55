"""TLS for servers whose wheels are built without it: a proxy that ends TLS, as a managed database's front
would.

What the client does is real: PostgreSQL's SSLRequest or a TLS hello, a certificate that is verified, then the
server's own password exchange.
"""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SSL_REQUEST = bytes.fromhex("0000000804d2162f")


def write_certificate(directory: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "flora test")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = directory / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def tls_in_front_of(target: Path, certificate: Path, *, asks_first: bool) -> Generator[int]:
    """The port of a TLS door to the unix socket; `asks_first` when the client asks for TLS the way
    PostgreSQL's do."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    door = _Door(target, context, asks_first=asks_first)
    thread = threading.Thread(target=door.serve)
    thread.start()
    try:
        yield door.port
    finally:
        door.close()
        thread.join()


class _Door:
    def __init__(self, target: Path, context: ssl.SSLContext, *, asks_first: bool) -> None:
        self._target = target
        self._context = context
        self._asks_first = asks_first
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.port: int = self._listener.getsockname()[1]

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._open.append(client)
                self._spawn(self._greet, client)

    def _spawn(self, target: object, *arguments: object) -> None:
        assert callable(target)
        thread = threading.Thread(target=target, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _greet(self, client: socket.socket) -> None:
        with suppress(OSError):
            if self._asks_first:
                if client.recv(8) != SSL_REQUEST:  # a cancel request, or somebody without TLS
                    client.close()
                    return
                client.sendall(b"S")
            secured = self._context.wrap_socket(client, server_side=True)
            server = socket.socket(socket.AF_UNIX)
            self._open += [secured, server]
            server.connect(str(self._target))
            self._spawn(self._pump, server, secured)
            self._pump(secured, server)

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for end in [self._listener, *self._open]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in [self._listener, *self._open]:
            end.close()
