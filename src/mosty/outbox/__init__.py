"""Messages that are read before they leave, and the links they carry."""
