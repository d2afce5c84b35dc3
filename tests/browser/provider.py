"""A small OpenID provider on this machine, as an organisation would have one: who presses a name is that person."""

import base64
import hashlib
import html
import secrets
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "lead-import"
CLIENT_SECRET = "the secret of the client"
COOKIE_SECRET = "the secret that signs the cookies of the tests"


@contextmanager
def running_provider(people: Sequence[str]) -> Iterator[str]:
    """The provider's address, while the block runs. ``people`` are the emails that somebody can log in with."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(make_provider(issuer, people), lifespan="off", log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield issuer
        finally:
            server.should_exit = True
            thread.join()


def login_settings(issuer: str) -> dict[str, str]:
    """The environment of a product whose people log in here."""
    return {
        "LEAD_IMPORT_LOGIN_METADATA_URL": f"{issuer}/.well-known/openid-configuration",
        "LEAD_IMPORT_LOGIN_CLIENT_ID": CLIENT_ID,
        "LEAD_IMPORT_LOGIN_CLIENT_SECRET": CLIENT_SECRET,
        "LEAD_IMPORT_LOGIN_COOKIE_SECRET": COOKIE_SECRET,
        "LEAD_IMPORT_PUBLIC_URL": "http://127.0.0.1:{port}",
    }


def make_provider(issuer: str, people: Sequence[str]) -> FastAPI:
    """The authorization code flow with PKCE (RFC 7636), which is what st.login speaks."""
    app = FastAPI()
    key = RSAKey.generate_key(2048, parameters={"kid": "test", "use": "sig", "alg": "RS256"})
    asked: dict[str, dict[str, str]] = {}
    approved: dict[str, tuple[dict[str, str], str]] = {}

    @app.get("/.well-known/openid-configuration")
    def configuration() -> dict[str, object]:
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    @app.get("/jwks")
    def jwks() -> dict[str, object]:
        return {"keys": [key.as_dict(private=False)]}

    @app.get("/authorize")
    def authorize(request: Request) -> HTMLResponse:
        asked[ticket := secrets.token_urlsafe()] = dict(request.query_params)
        buttons = "".join(f'<button name="email" value="{html.escape(one)}">{html.escape(one)}</button>' for one in people)
        return HTMLResponse(f'<form method="post" action="/approve?ticket={ticket}">{buttons}</form>')

    @app.post("/approve")
    def approve(ticket: str, email: str = Form()) -> RedirectResponse:
        question = asked.pop(ticket)
        approved[code := secrets.token_urlsafe()] = (question, email)
        answer = urlencode({"code": code, "state": question["state"]})
        return RedirectResponse(f"{question['redirect_uri']}?{answer}", 302)

    @app.post("/token")
    async def token(request: Request) -> dict[str, object]:
        form = await request.form()
        question, email = approved.pop(str(form["code"]))
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == question["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": issuer, "aud": question["client_id"], "sub": email, "email": email, "email_verified": True,
            "iat": now, "exp": now + 3600, "nonce": question.get("nonce"),
        }  # fmt: skip
        return {
            "access_token": "unused", "token_type": "Bearer", "expires_in": 3600,
            "id_token": jwt.encode({"alg": "RS256", "kid": "test"}, claims, key),
        }  # fmt: skip

    return app
