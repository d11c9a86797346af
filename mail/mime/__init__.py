"""What mail programs write, and how it is undone: charsets, HTML, wrapped files, the words of clients by language."""
