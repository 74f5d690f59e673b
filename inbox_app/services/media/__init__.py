"""The files of messages: fetched from their channel, looked into, asked for again."""
