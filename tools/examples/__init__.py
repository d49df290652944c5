"""What `make_examples.py` needs: invented people, how clerks write, the story and its lists."""
