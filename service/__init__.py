"""The trunk: stores, decides, shows and tells. It alone knows SQLAlchemy and Flask."""
