# SPDX-License-Identifier: Apache-2.0
"""An identity provider that does what it is told: honest by Authlib and joserfc, or each way of cheating that is known.

It asks nobody anything: whoever is sent to it comes back at once, as the plan says.
"""
import base64
import hashlib
import hmac
import http.server
import json
import secrets
import threading
import time
import urllib.parse

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from authlib.oidc.discovery import OpenIDProviderMetadata
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from joserfc import jwk, jwt

CLIENT, SECRET = "motcua", "bi-mat-cua-bo-kiem"
PERSON = {
    "sub": "cd-thu-dich-1", "TechID": "cd-thu-dich-1", "LoaiTaiKhoan": "1", "HoVaTen": "Nguyễn Thị Kiểm Thử",
    "SoDinhDanh": "089185000901", "NgayThangNamSinh": "08/03/1985", "GioiTinh": "Nữ",
    "DiaChi": "Khóm Đông Thạnh, phường Mỹ Thới", "SoDienThoai": "0900000901", "loAs": "LoA2",
}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def packed(value):
    return b64(json.dumps(value, ensure_ascii=False).encode())


class Provider:
    """What the provider knows and how it cheats; `plan` maps the name of a step to what replaces it."""

    def __init__(self, redirect):
        self.redirect = redirect
        self.plan = {}
        self.person = dict(PERSON)
        self.codes, self.tokens, self.secrets_seen = {}, {}, []
        self.asked = {"jwks": 0, "discovery": 0, "token": 0}
        self.protocol_faults = []
        self.key = self.new_key("k1")
        self.rsa = jwk.RSAKey.generate_key(2048, {"kid": "r1", "use": "sig", "alg": "RS256"})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"provider": self}))
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.issuer = self.origin + "/dinh-danh"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def new_key(name):
        return jwk.ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"})

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    # What it answers

    def discovery(self):
        document = {
            "issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token", "userinfo_endpoint": self.issuer + "/userinfo",
            "jwks_uri": self.issuer + "/jwks", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256", "RS256"],
            "authorization_response_iss_parameter_supported": True, **self.plan.get("discovery", {}),
        }
        return document

    def prove(self):
        """The honest document is one that Authlib finds sound, but for the scheme of the loopback address."""
        document = {
            name: value.replace("http://", "https://") if isinstance(value, str) else value
            for name, value in self.discovery().items()
        }
        OpenIDProviderMetadata(document).validate()

    def jwks(self):
        keys = [self.key.as_dict(private=False), self.rsa.as_dict(private=False)]
        return {"keys": self.plan.get("keys", keys)}

    def authorize(self, query):
        """Where the browser goes back to."""
        for name in ("state", "nonce", "code_challenge"):
            if len(query.get(name, "")) < 43:
                self.protocol_faults.append(f"the authorization request has no {name} of 256 bits")
        expected = {"response_type": "code", "client_id": CLIENT, "redirect_uri": self.redirect,
                    "code_challenge_method": "S256"}
        for name, value in expected.items():
            if query.get(name) != value:
                self.protocol_faults.append(f"the authorization request says {name}={query.get(name)}")
        code = secrets.token_urlsafe(24)
        self.codes[code] = query
        self.secrets_seen.append(code)
        answer = {"code": code, "state": query.get("state", ""), "iss": self.issuer}
        answer |= self.plan.get("answer", {})
        answer = {name: value for name, value in answer.items() if value is not None}
        return self.redirect + "?" + urllib.parse.urlencode(answer)

    def token(self, form):
        """(status, body) of the token address."""
        self.asked["token"] += 1
        if "token_status" in self.plan:
            return self.plan["token_status"], "" if self.plan["token_status"] >= 500 else '{"error":"invalid_grant"}'
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, '{"error":"invalid_client"}'
        query = self.codes.pop(form.get("code"), None)
        if "any_code" in self.plan:
            query = query or self.plan["any_code"]
        if query is None:
            return 400, '{"error":"invalid_grant"}'
        if create_s256_code_challenge(form.get("code_verifier", "")) != query["code_challenge"] \
                and "any_code" not in self.plan:
            return 400, '{"error":"invalid_grant"}'
        access = secrets.token_urlsafe(24)
        self.tokens[access] = self.person
        token = self.plan["raw"] if "raw" in self.plan else self.id_token(query, access)
        self.secrets_seen += [access, token]
        return 200, json.dumps({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def claims(self, query, access):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": self.person["sub"], "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": query["nonce"], "at_hash": create_half_hash(access, "ES256").decode(),
        }
        for name, value in self.plan.get("claims", {}).items():
            if callable(value):
                value = value(now)
            if value is None:
                claims.pop(name, None)
            else:
                claims[name] = value
        return claims

    def id_token(self, query, access):
        claims = self.claims(query, access)
        cheat = self.plan.get("sign", "honest")
        header = {"alg": "ES256", "kid": self.key.kid, **self.plan.get("header", {})}
        if cheat == "honest":
            return jwt.encode(header, claims, self.key, algorithms=["ES256"])
        if cheat == "rsa":
            return jwt.encode({"alg": "RS256", "kid": "r1"}, claims, self.rsa, algorithms=["RS256"])
        if cheat == "stranger":
            return jwt.encode(header, claims, self.new_key(self.key.kid), algorithms=["ES256"])
        if cheat == "none":
            return f"{packed({'alg': 'none'})}.{packed(claims)}."
        if cheat == "hs256":
            # The public key, as everybody can fetch it, taken for a shared secret.
            signed = f"{packed({'alg': 'HS256', 'kid': self.key.kid})}.{packed(claims)}"
            return f"{signed}.{b64(hmac.digest(self.key.as_pem(private=False), signed.encode(), hashlib.sha256))}"
        if cheat == "crit":
            # An extension that must be understood; no library makes such a token.
            signed = f"{packed({**header, 'crit': ['b64'], 'b64': True})}.{packed(claims)}"
            return f"{signed}.{b64(self.raw_signature(signed.encode()))}"
        if cheat == "changed":
            head, _, signature = jwt.encode(header, claims, self.key, algorithms=["ES256"]).split(".")
            return f"{head}.{packed({**claims, 'sub': 'ke-khac'})}.{signature}"
        if cheat == "stripped":
            head, body, _ = jwt.encode(header, claims, self.key, algorithms=["ES256"]).split(".")
            return f"{head}.{body}."
        raise AssertionError(cheat)

    def raw_signature(self, message):
        """Two numbers of 32 bytes, as JWS has them."""
        first, second = utils.decode_dss_signature(self.key.private_key.sign(message, ec.ECDSA(hashes.SHA256())))
        return first.to_bytes(32, "big") + second.to_bytes(32, "big")

    def user_info(self, access):
        person = self.tokens.get(access)
        return None if person is None else {**person, **self.plan.get("user_info", {})}


class Handler(http.server.BaseHTTPRequestHandler):
    provider = None
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body="", kind="application/json", location=None):
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        provider, address = self.provider, urllib.parse.urlsplit(self.path)
        path = address.path.removeprefix("/dinh-danh")
        if path == "/.well-known/openid-configuration":
            provider.asked["discovery"] += 1
            self.answer(provider.plan.get("discovery_status", 200), json.dumps(provider.discovery()))
        elif path == "/jwks":
            provider.asked["jwks"] += 1
            self.answer(provider.plan.get("jwks_status", 200), json.dumps(provider.jwks()))
        elif path == "/authorize":
            self.answer(302, location=provider.authorize(dict(urllib.parse.parse_qsl(address.query))))
        else:
            self.answer(404)

    def do_POST(self):
        provider, path = self.provider, self.path.removeprefix("/dinh-danh")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if path == "/token":
            self.answer(*provider.token(dict(urllib.parse.parse_qsl(body))))
        elif path == "/userinfo":
            told = provider.user_info(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self.answer(200 if told else 401, json.dumps(told or {}))
        else:
            self.answer(404)
