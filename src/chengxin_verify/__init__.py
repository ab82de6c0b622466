"""Check what Chengxin's verifiable log says of itself, with the Python standard library alone.

It shares no code with the platform: who distrusts the platform reads these few files, and needs nothing of it.
"""
