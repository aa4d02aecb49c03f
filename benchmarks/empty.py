"""An application that answers every request with an empty page: what the server itself costs."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/")
def page() -> Response:
    """An empty page."""
    return HTMLResponse("")


@app.post("/")
async def form(request: Request) -> Response:
    """An empty page, after the form that was sent has been read."""
    await request.form()
    return HTMLResponse("")
