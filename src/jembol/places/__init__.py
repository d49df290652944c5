"""Where: the areas of the country, their spellings, official boundaries, and venues.

Owns the Kemendagri tree (province, kota or kabupaten, kecamatan, kelurahan or desa) and the RW and
RT that a city numbers below it. An area's key is a number whose digits are its code, so that all
areas inside one stand in one half-open span of keys: that span is what an officer's area of duty,
a filter and a count are made of, on SQLite and PostgreSQL alike. Every row of the product that
belongs somewhere is `AreaBounded`. Kampung, which follow no boundary, belong to a later package.
Five words: area, city, alias, boundary, venue.
"""
