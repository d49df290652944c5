"""Rules of outreach: values in, values out."""
