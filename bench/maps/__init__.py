"""Maps of partners: how long drawing takes."""
