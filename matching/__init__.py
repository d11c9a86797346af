"""Who is who and who can help: records in, matches with reasons out. Knows neither the database, the web nor mail."""
