"""The local web application: pages that work without JavaScript, and the same advice as JSON over HTTP.

What a professional fills in is answered and forgotten: nothing of it is stored or logged on the server.
"""
