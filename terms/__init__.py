"""The words that mail and matching must spell alike: enums and small word lists, nothing else."""
