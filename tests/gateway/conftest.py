"""TLS on loopback."""

import ssl
from typing import TypeAlias

import pytest

from tests.storage.tls import write_certificate

Contexts: TypeAlias = tuple[ssl.SSLContext, ssl.SSLContext]
"""The server's and the client's."""


@pytest.fixture(scope="session")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Contexts:
    certificate = write_certificate(tmp_path_factory.mktemp("tls"))
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    return ours, ssl.create_default_context(cafile=str(certificate))
