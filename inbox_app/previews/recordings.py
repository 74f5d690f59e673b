"""Films and sounds: how long, whether with sound, the first frame; and what Safari does not play
made into what it does."""

from itertools import chain
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError

from inbox_app.previews.findings import PLAYABLE, Findings, UnreadableError
from inbox_app.previews.pictures import MAX_PIXELS, make_thumb

_NOT_PLAYED_EVERYWHERE = frozenset({"audio/ogg", "audio/amr"})
_FORMATS = {
    "audio/ogg": "ogg",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/wav": "wav",
    "video/webm": "matroska,webm",
}
_MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
_SAMPLES, _BITS = 48_000, 64_000
_FRAME = 1024
"""What AAC takes at a time."""
_WITHOUT_THE_NET = {"protocol_whitelist": "file"}
"""A film may name others as its parts: nothing is fetched because a file says so."""


def look(file: Path, content_type: str, made: Path) -> Findings:
    """Raises ``UnreadableError`` for what does not decode."""
    form = _FORMATS.get(content_type, _MP4)
    try:
        with av.open(str(file), format=form.split(",")[0], options=_WITHOUT_THE_NET) as source:
            if source.streams.video and content_type.startswith("video/"):
                return _film(source, content_type, made)
            if not source.streams.audio:
                raise UnreadableError
            return _sound(source, content_type, made)
    except FFmpegError as error:
        raise UnreadableError from error


def _film(source: InputContainer, content_type: str, made: Path) -> Findings:
    stream = source.streams.video[0]
    if not 0 < stream.width * stream.height <= MAX_PIXELS:
        raise UnreadableError
    frame = next(source.decode(stream))
    picture = frame.to_image().rotate(frame.rotation, expand=True)
    width, height = picture.size
    make_thumb(picture, made)
    return Findings(
        content_type=content_type,
        width=width,
        height=height,
        duration=_seconds(source),
        silent=not source.streams.audio,
    )


def _sound(source: InputContainer, content_type: str, made: Path) -> Findings:
    kind = "audio/mp4" if content_type == "video/mp4" else content_type
    duration = _seconds(source)
    if content_type in _NOT_PLAYED_EVERYWHERE:
        duration = _convert(source, made / PLAYABLE) or duration
    return Findings(content_type=kind, duration=duration)


def _convert(source: InputContainer, target: Path) -> float:
    """To AAC; answers how long it is."""
    sound = source.streams.audio[0]
    layout = "stereo" if sound.channels > 1 else "mono"
    resampler = av.AudioResampler("fltp", layout, _SAMPLES, frame_size=_FRAME)
    samples = 0
    with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as made:
        track = made.add_stream("aac", rate=_SAMPLES, layout=layout, bit_rate=_BITS)
        for decoded in chain(source.decode(sound), (None,)):
            for frame in resampler.resample(decoded):
                samples += frame.samples
                made.mux(track.encode(frame))
        made.mux(track.encode(None))
    return samples / _SAMPLES


def _seconds(source: InputContainer) -> float | None:
    return source.duration / av.time_base if source.duration else None
