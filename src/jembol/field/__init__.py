"""Pages and addresses for phones in the field: offline first, everything through one door."""
