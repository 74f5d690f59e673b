"""What the pages about the people of a company are made of."""
