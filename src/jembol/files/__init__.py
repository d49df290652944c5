"""Files that people hand in or that we make: kept by the hash of their content.

Owns where the bytes lie, what type they truly are, how large they may be and who may see them. It
leaves to others what a file means. Words: stored file, digest, media type, audience, sealed.
"""
