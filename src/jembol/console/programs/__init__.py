"""The methods as programs: files in, files out, without a web server or a database."""
