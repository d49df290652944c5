"""Pages for officials: one module for each domain package, each with its own `paths`.

A page that joins packages (a person with classes and enterprises) is put together here, because
only an interface may know them all. Every view stands under a guard; what it shows is bounded by
the reach of the permission that the guard asked for.
"""
