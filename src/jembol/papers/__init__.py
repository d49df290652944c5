"""Papers: documents as PDF, from a template that a city may change and data that is never code.

Owns the letterhead of each city (who the office is, where it is, who signs), the versions of each
template, and the rendering itself: typst in a process of its own, with bounds on memory and time,
no way to the network and no file but those given to it. Data reach a template as a file of JSON, so
a name with `#` or a quote is a name. What a paper says belongs to the package that has it made:
it registers a kind (`papers.kinds`), and calls `papers.rendering.render`.
Five words: kind, template, letterhead, size, rendering.
"""
