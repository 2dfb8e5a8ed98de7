"""A stranger's sound, heard and recorded anew. Runs only inside the sandbox: see ``render``."""

import contextlib
from collections.abc import Iterator
from io import BytesIO

import av
from av.audio.frame import AudioFrame
from av.container.input import InputContainer

from ruang.previews.kinds import Kind

LONGEST_SOUND_S = 600
SOUND_RATE = 24_000
SOUND_BITS = 24_000

_DEMUXERS = {
    Kind.M4A: "mov", Kind.AUDIO_3GP: "mov", Kind.AAC: "aac", Kind.AMR: "amr", Kind.MP3: "mp3",
    Kind.AMR_WB: "amr", Kind.OGG: "ogg", Kind.WAV: "wav", Kind.AUDIO_WEBM: "matroska",
}  # fmt: skip
_DECODERS = (
    "aac,alac,amrnb,amrwb,opus,vorbis,speex,mp3,mp3float,adpcm_ms,adpcm_ima_wav,pcm_alaw,"
    "pcm_mulaw,pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le"
)


def audio(data: bytes, kind: Kind) -> bytes:
    """Return the first ten minutes in mono as Ogg/Opus.

    Every Chromium and every Android since 5.0 plays Opus, builds without licensed codecs (which
    lack AAC) too; at 24 kbit/s it keeps speech clear where AAC would not.
    """
    out = BytesIO()
    only = {"codec_whitelist": _DECODERS}
    plain = {"fflags": "+bitexact"}  # names no software, and looks for no random numbers
    heard = 0
    with (
        av.open(BytesIO(data), "r", format=_DEMUXERS[kind], options=only) as source,
        av.open(out, "w", format="ogg", options=plain) as sink,
    ):
        stream = sink.add_stream("libopus", rate=SOUND_RATE, layout="mono")
        stream.bit_rate = SOUND_BITS
        stream.options = {"compression_level": "3"}
        for piece in _pieces(source):
            heard += piece.samples
            sink.mux(stream.encode(piece))
            if heard >= LONGEST_SOUND_S * SOUND_RATE:
                break
        sink.mux(stream.encode(None))
    if not heard:
        raise ValueError("no sound in it")
    return out.getvalue()


def _pieces(source: InputContainer) -> Iterator[AudioFrame]:
    """Yield 20 ms at a time; a file that breaks off half-way is heard as far as it goes."""
    resampler = av.AudioResampler("s16", "mono", SOUND_RATE, frame_size=SOUND_RATE // 50)
    with contextlib.suppress(av.FFmpegError, ValueError):
        for frame in _frames(source):
            frame.pts = None
            yield from resampler.resample(frame)
        yield from resampler.resample(None)


def _frames(source: InputContainer) -> Iterator[AudioFrame]:
    stream = source.streams.audio[0]
    if stream.codec_context.name not in _DECODERS.split(","):
        raise LookupError("a decoder nobody needs for voice notes")
    stream.codec_context.thread_count = 1
    for packet in source.demux(stream):
        with contextlib.suppress(av.error.InvalidDataError):
            yield from stream.decode(packet)
