"""Whether the Redis of REDIS_URL answers. Nothing is kept there while one process serves."""

from redis.asyncio import Redis
from redis.exceptions import RedisError

_PATIENCE_SECONDS = 1.5


async def why_away(url: str) -> str:
    """Nothing when it answers; else the kind of error, without the address, which may hold a
    password."""
    redis = Redis.from_url(
        url, socket_timeout=_PATIENCE_SECONDS, socket_connect_timeout=_PATIENCE_SECONDS
    )
    try:
        await redis.execute_command("PING")
    except (RedisError, OSError) as error:
        return type(error).__name__
    finally:
        await redis.aclose()
    return ""
