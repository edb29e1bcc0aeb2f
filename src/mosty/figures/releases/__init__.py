"""What a release is made of, how it is protected, and the files it is handed out as."""
