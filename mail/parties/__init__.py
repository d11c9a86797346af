"""Who is who in a mail: the employer and its people, partners who refer and receive, candidates."""
