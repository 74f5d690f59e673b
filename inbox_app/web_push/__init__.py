"""Messages to browsers by way of their makers' push services, which can read neither what is said
nor by whom anybody else's is sent: RFC 8030, 8188, 8291 and 8292 (decision 27)."""
