"""Placing thousands of applicants over many classes: made cases, rivals, and what they cost."""
