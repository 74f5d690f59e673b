"""What several screens show, and the frame around all of them."""
