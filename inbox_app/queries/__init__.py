"""What screens and the API show: select into plain rows; never write."""
