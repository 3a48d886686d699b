# SPDX-License-Identifier: Apache-2.0
"""An officer's telephone: an app that shows codes (RFC 6238), written from the standard and not from the product."""
import base64
import hashlib
import hmac
import struct
import time

STEP_SECONDS = 30


def code(secret, step):
    """The six digits of a step."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Authenticator:
    """The app of one account. A code opens once, so a later step than the last one is taken: a neighbour of the present
    one where it may be, else after waiting for it."""

    def __init__(self, secret):
        self.secret = secret
        self.used = 0

    def next_code(self):
        wanted = max(self.used + 1, int(time.time()) // STEP_SECONDS)
        while wanted > int(time.time()) // STEP_SECONDS + 1:
            time.sleep(0.5)
        self.used = wanted
        return code(self.secret, wanted)
