"""What a finance bureau decrees for the form and its arithmetic, and where it is read from."""
