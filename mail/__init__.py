"""E-mail in and out: bytes in, plain values out. Knows neither the database, the web nor matching."""
