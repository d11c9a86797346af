"""What proves a sender, and what marks mail that no person wrote."""
