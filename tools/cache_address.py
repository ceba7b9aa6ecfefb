"""Let jupyter-cache keep its database in a folder of any name.

Its version 1.0 writes a path into an address as it is, where "100%20" or "?" mean
something else. Remove when its create_db makes a URL of the path.
"""

from jupyter_cache.cache import db
from sqlalchemy import URL, Engine, create_engine


def engine(address: str) -> Engine:
    """The database whose path is in the address."""
    return create_engine(URL.create("sqlite", database=address[len("sqlite:///") :]))


db.create_engine = engine
