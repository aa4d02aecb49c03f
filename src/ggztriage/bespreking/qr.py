"""A QR code as an SVG image, made here: nothing is asked of anyone else."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> str:
    """The QR code of an address as inline SVG: dark squares, without a background, sized by its surroundings."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, svgclass="qr", lineclass="qr-vlak"
    )
    return out.getvalue().decode()
