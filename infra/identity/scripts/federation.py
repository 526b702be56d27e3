"""Fetches a federation's metadata, and keeps it where the proxy reads it.

    federation.py ADDRESS CERTIFICATE FILE [RELOAD SECONDS]

What is not signed by the certificate, or no longer valid, never gets there: the proxy's own library takes metadata
that is not signed at all for good. With RELOAD, an address of the proxy, it goes on every so many SECONDS, and asks the
proxy to read what is new; a failure is said and the metadata before it stays. Without, it ends after the first time.
"""

import datetime
import os
import subprocess
import sys
import time
import urllib.request
import xml.etree.ElementTree as ElementTree

METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
ROOTS = ("EntitiesDescriptor", "EntityDescriptor")
TIMEOUT = 60
MOST_BYTES = 256 * 1024 * 1024


class Refused(Exception):
    """Metadata that must not be used, and why."""


def fetch(address, path):
    with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:
        content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(f"is larger than {MOST_BYTES} bytes")
    with open(path, "wb") as file:
        file.write(content)


def check(path, certificate, now):
    """Whether the whole document is signed by the certificate, and valid now."""
    verified = subprocess.run(
        [
            "xmlsec1",
            "--verify",
            # The key of our certificate alone: never one that the document brings along.
            "--enabled-key-data",
            "raw-x509-cert",
            "--pubkey-cert-pem",
            certificate,
            "--enabled-reference-uris",
            "empty,same-doc",
            *(part for root in ROOTS for part in ("--id-attr:ID", f"{METADATA[1:-1]}:{root}")),
            path,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if verified.returncode != 0:
        raise Refused("is not signed by the federation's certificate")

    root = ElementTree.parse(path).getroot()
    if root.tag not in [METADATA + name for name in ROOTS]:
        raise Refused(f"is no metadata, but {root.tag}")
    # One signature, of the whole: one of a part says nothing of the rest.
    signatures = list(root.iter(f"{SIGNATURE}Signature"))
    references = list(root.iter(f"{SIGNATURE}Reference"))
    if len(signatures) != 1 or signatures[0] not in list(root) or len(references) != 1:
        raise Refused("is signed in parts")
    if references[0].get("URI") not in ("", f"#{root.get('ID')}"):
        raise Refused("is signed for another document")
    until = root.get("validUntil")
    if until is None:
        raise Refused("does not say until when it is valid")
    if datetime.datetime.fromisoformat(until.replace("Z", "+00:00")) <= now:
        raise Refused(f"has been valid until {until}")
    return sum(1 for _ in root.iter(f"{METADATA}IDPSSODescriptor"))


def update(address, certificate, path):
    """Puts new metadata in the place of the old in one step; whatever fails leaves the old."""
    new = f"{path}.new"
    fetch(address, new)
    providers = check(new, certificate, datetime.datetime.now(datetime.timezone.utc))
    os.replace(new, path)
    print(f"metadata of {providers} identity providers from {address}", flush=True)


def main(address, certificate, path, reload=None, seconds=None):
    if reload is None:
        update(address, certificate, path)
        return
    while True:
        time.sleep(int(seconds))
        try:
            update(address, certificate, path)
            urllib.request.urlopen(reload, timeout=5 * TIMEOUT).close()
        # Whatever it is, the proxy goes on with what it has, and an operator finds the line.
        except Exception as error:  # pylint: disable=broad-exception-caught
            print(f"ERROR metadata from {address} {error}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (Refused, OSError) as error:
        sys.exit(f"ERROR metadata from {sys.argv[1]} {error}")
