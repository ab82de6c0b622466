"""Recipients as they are in life: a program of their own, in a process of its own, called over TLS at localhost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

GOODBYE = 5.0


def make_certificate(folder: Path) -> Path:
    """Write a certificate for localhost with its key, as one PEM, and return where."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(built.public_bytes(Encoding.PEM) + private)
    return file


def make_key(folder: Path) -> bytes:
    """Let `chengxin-subscriber` make the key it signs with, and return its public part."""
    file = folder / "own.key"
    file.unlink(missing_ok=True)
    made = _run("init", str(file), environ=dict(os.environ))
    return bytes.fromhex(made.strip())


@dataclass
class Recipient:
    """A body's program: its client, its key and what it holds in a folder, and its process while it runs."""

    name: str
    client: str
    secret: str
    folder: Path
    platform: str
    platform_key: str = ""
    port: int = 0
    running: subprocess.Popen[str] | None = None

    def do(self, command: str, *more: str) -> dict[str, Any]:
        """Run one command of the program and return what it printed."""
        return dict(json.loads(_run(command, *more, *self._own(), environ=self._environ)))

    def be_called(self, certificate: Path) -> None:
        """Tell the platform where to call, and listen there; after a pause at the port it had."""
        if not self.platform_key:
            self.platform_key = str(self.do("call-me", "https://localhost:1/")["public_key"])
        told = ("--certificate", str(certificate), "--platform-key", self.platform_key, "--port", str(self.port))
        words = [sys.executable, "-m", "chengxin_subscriber", "listen", *told, *self._own()]
        self.running = subprocess.Popen(  # noqa: S603 - our own program
            words, env=self._environ, stdout=subprocess.PIPE, text=True
        )
        heard = int(self.hear("listening"))
        if heard != self.port:
            self.port = heard
            self.do("call-me", f"https://localhost:{heard}/")

    def hear(self, word: str) -> str | int:
        """Wait until the process says a word, and return what it says of it."""
        assert self.running is not None
        assert self.running.stdout is not None
        for line in self.running.stdout:
            told: dict[str, str | int] = json.loads(line)
            if word in told:
                return told[word]
        raise RuntimeError(f"{self.name} ended before it said {word}.")

    def end(self) -> None:
        """End the process, as a power cut would."""
        if self.running is None:
            return
        self.running.kill()
        self.running.wait(GOODBYE)
        assert self.running.stdout is not None
        self.running.stdout.close()
        self.running = None

    def held(self) -> dict[str, Any]:
        """Return what the program holds, by record."""
        return dict(json.loads((self.folder / "state").read_text("utf-8"))["held"])

    @property
    def _environ(self) -> dict[str, str]:
        return {**os.environ, "CHENGXIN_SECRET": self.secret}

    def _own(self) -> list[str]:
        key, state = self.folder / "own.key", self.folder / "state"
        return ["--platform", self.platform, "--client", self.client, "--key", str(key), "--state", str(state)]


def _run(*words: str, environ: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "chengxin_subscriber", *words], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"chengxin-subscriber {words[0]}: {done.stderr.strip()}")
    return done.stdout
