"""Previews are small, upright, plain, and carry nothing of the phone they came from."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import av
import psutil
import pytest
from PIL import Image, PngImagePlugin

from ruang.previews import previewer as module
from ruang.previews.kinds import Family, Kind
from ruang.previews.previewer import Answer, Busy, NoPreview, Preview, Previewer, Unreadable
from tests.patience import SECONDS, ended, until
from tests.previews import samples
from tests.previews.conftest import Possessed, warm
from tests.previews.samples import CANARY, exif, photo, sample, sound


def made(previewer: Previewer, data: bytes, kind: Kind, wait_s: float = SECONDS) -> bytes:
    answer = previewer.preview(data, kind, wait_s=wait_s)
    assert isinstance(answer, Preview), answer
    return answer.body


def seen(body: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def heard(body: bytes) -> tuple[str, float, int]:
    with av.open(io.BytesIO(body)) as source:
        stream = source.streams.audio[0]
        frames = list(source.decode(stream))
        seconds = sum(frame.samples for frame in frames) / frames[0].sample_rate
        return stream.codec_context.name, seconds, stream.channels


def busy(seconds: float) -> bytes:
    """A job that works for so long (it cannot sleep: it may not call for that)."""
    return f"""
end = time.monotonic() + {seconds}
while time.monotonic() < end:
    outcome = 1
""".encode()


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its picture."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


@pytest.mark.parametrize("name", [n for n, (k, _) in samples.MAKERS.items()])
def test_each_kind_gets_its_preview(name: str, shared: Previewer) -> None:
    kind, _ = samples.MAKERS[name]
    answer = shared.preview(sample(name), kind, wait_s=SECONDS)
    match kind.family:
        case Family.PHOTO:
            assert isinstance(answer, Preview)
            assert answer.kind is Kind.JPEG
            image = seen(answer.body)
            assert image.size == (96, 64)
            left, right = image.getpixel((10, 32)), image.getpixel((86, 32))
            assert left[0] > 150 > left[2] + 50
            assert right[2] > 150 > right[0] + 50
        case Family.AUDIO:
            assert isinstance(answer, Preview)
            assert answer.kind is Kind.OGG
            codec, seconds, channels = heard(answer.body)
            assert (codec, channels) == ("opus", 1)
            assert 0.9 < seconds < 1.2
            assert len(answer.body) < 32_000 / 8 * seconds + 1500
        case _:
            assert answer == NoPreview()


def _text_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY.decode())
    return photo(Kind.PNG, pnginfo=info, exif=exif())


BRANDED: dict[str, tuple[Kind, Callable[[], bytes]]] = {
    "jpeg": (Kind.JPEG, lambda: photo(Kind.JPEG, exif=exif(), comment=CANARY)),
    "jpeg xmp": (Kind.JPEG, lambda: photo(Kind.JPEG, xmp=b"<x>" + CANARY + b"</x>")),
    "jpeg icc": (Kind.JPEG, lambda: photo(Kind.JPEG, icc_profile=CANARY * 40)),
    "jpeg tail": (Kind.JPEG, lambda: sample("jpeg") + CANARY),
    "png": (Kind.PNG, _text_png),
    "webp": (Kind.WEBP, lambda: photo(Kind.WEBP, exif=exif(), xmp=CANARY)),
    "gif": (Kind.GIF, lambda: photo(Kind.GIF, comment=CANARY)),
    "heic": (Kind.HEIF, lambda: photo(Kind.HEIF, exif=exif(), xmp=CANARY)),
    "mp3": (Kind.MP3, lambda: _titled("mp3", "libmp3lame")),
    "m4a": (Kind.M4A, lambda: _titled("ipod", "aac")),
    "ogg": (Kind.OGG, lambda: _titled("ogg", "libopus", 48000)),
}


def _titled(container: str, codec: str, rate: int = 44100) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=container) as sink:
        stream = sink.add_stream(codec, rate=rate, layout="mono")
        stream.metadata["title"] = CANARY.decode()
        sink.metadata.update(title=CANARY.decode(), artist=CANARY.decode())
        with av.open(io.BytesIO(sound("wav", "pcm_s16le", rate))) as source:
            fit = av.AudioResampler(stream.format.name, "mono", rate)
            for frame in source.decode(audio=0):
                for piece in fit.resample(frame):
                    sink.mux(stream.encode(piece))
        sink.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize("name", BRANDED)
def test_nothing_but_pixels_and_sound_comes_through(name: str, shared: Previewer) -> None:
    kind, make = BRANDED[name]
    data = make()
    assert CANARY in data
    body = made(shared, data, kind)
    assert CANARY not in body
    assert CANARY.decode().encode("utf-16-le") not in body
    if kind.family is Family.PHOTO:
        assert set(segments(body)) <= {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF and tables, no APP1, COM
        image = seen(body)
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)
        assert image.info["jfif"]


def test_a_photo_taken_sideways_is_shown_upright(shared: Previewer) -> None:
    for kind in (Kind.JPEG, Kind.WEBP, Kind.PNG):
        image = seen(made(shared, photo(kind, exif=exif(orientation=6)), kind))
        assert image.size == (64, 96)
        assert image.getpixel((32, 10))[0] > 150  # what was left is on top now


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIF, Kind.GIF])
def test_a_large_photo_becomes_a_small_one(kind: Kind, shared: Previewer) -> None:
    image = seen(made(shared, photo(kind, (2400, 1800)), kind))
    assert image.size == (1280, 960)
    assert seen(made(shared, photo(kind, (50, 4000)), kind)).size == (16, 1280)


def test_a_photo_of_fifty_million_pixels_still_shows(shared: Previewer) -> None:
    data = photo(Kind.JPEG, (8160, 6120), quality=60)
    assert seen(made(shared, data, Kind.JPEG)).size == (1280, 960)
    over = photo(Kind.JPEG, (8200, 6120), quality=60)
    assert shared.preview(over, Kind.JPEG, wait_s=SECONDS) == Unreadable()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_is_readable(mode: str, shared: Previewer) -> None:
    out, form = io.BytesIO(), "TIFF"
    source = samples.picture().convert("L" if mode == "I;16" else "RGB").convert(mode)
    kind = Kind.JPEG if mode == "CMYK" else Kind.PNG
    form = "JPEG" if mode == "CMYK" else "PNG"
    (source.convert("P") if mode == "PA" else source).save(out, form)
    assert seen(made(shared, out.getvalue(), kind)).mode == "RGB"


def test_what_is_transparent_is_white(shared: Previewer) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert seen(made(shared, out.getvalue(), Kind.PNG)).getpixel((10, 10)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame(shared: Previewer) -> None:
    frames = [Image.new("RGB", (64, 64), (n * 8 % 256, 0, 0)) for n in range(400)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=10)
    until(lambda: isinstance(shared.preview(out.getvalue(), Kind.GIF, wait_s=1.0), Preview))


def test_a_photo_cut_short_shows_what_is_there(shared: Previewer) -> None:
    data = photo(Kind.JPEG, (800, 600), quality=90)
    image = seen(made(shared, data[: len(data) * 2 // 3], Kind.JPEG))
    assert image.getpixel((100, 100))[0] > 150


def test_a_photo_that_shows_nothing_when_cut_is_not_shown_as_black(shared: Previewer) -> None:
    data = photo(Kind.HEIF, (800, 600))
    for part in (0.5, 0.9):
        cut = data[: int(len(data) * part)]
        assert shared.preview(cut, Kind.HEIF, wait_s=SECONDS) == Unreadable()


def test_a_voice_note_cut_short_is_heard_as_far_as_it_goes(shared: Previewer) -> None:
    for kind, data in (
        (Kind.AMR, sound("amr", "libopencore_amrnb", 8000, 4)),
        (Kind.OGG, sound("ogg", "libopus", 48000, 4, page_duration="100000")),
        (Kind.MP3, sound("mp3", "libmp3lame", 44100, 4)),
    ):
        _, seconds, _ = heard(made(shared, data[: len(data) // 2], kind))
        assert 1 < seconds < 3


def test_of_a_long_recording_the_first_ten_minutes(
    shared: Previewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_WAIT_S", SECONDS)  # its processor time stays limited
    minute = sound("adts", "aac", 16000, 60)
    body = made(shared, minute * 12, Kind.AAC, wait_s=SECONDS)
    _, seconds, _ = heard(body)
    assert 599 < seconds < 602
    assert len(body) < 600 * 32_000 / 8


def test_work_that_takes_longer_than_the_wait_is_for_later(shared: Previewer) -> None:
    minute = sound("adts", "aac", 16000, 60)

    def waited() -> float:
        start = time.monotonic()
        assert shared.preview(minute * 10, Kind.AAC, wait_s=0.2) == Busy()
        return time.monotonic() - start

    assert min(waited() for _again in range(5)) < 0.6, "at least where nothing else goes on"
    assert made(shared, sample("amr"), Kind.AMR)


def test_a_second_caller_waits_its_turn_and_no_longer(possessed: Possessed) -> None:
    assert possessed.preview(b"outcome = 1", Kind.JPEG, wait_s=SECONDS)
    slow = threading.Thread(
        target=possessed.preview, args=(busy(30), Kind.JPEG), kwargs={"wait_s": 5}
    )
    slow.start()
    until(possessed._children[Family.PHOTO].lock.locked)
    assert possessed.preview(b"outcome = 1", Kind.JPEG, wait_s=0.3) == Busy()
    assert slow.is_alive(), "it did not wait for the other one's end"
    slow.join()
    assert isinstance(possessed.preview(b"outcome = 1", Kind.JPEG, wait_s=SECONDS), Preview)


def test_many_threads_share_one_process(shared: Previewer) -> None:
    sizes = [(90 + n, 60) for n in range(24)]
    got: dict[int, tuple[int, int]] = {}

    def work(n: int) -> None:
        got[n] = seen(made(shared, photo(Kind.JPEG, sizes[n]), Kind.JPEG)).size

    threads = [threading.Thread(target=work, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [got[n] for n in range(24)] == sizes
    until(lambda: not warm(shared).children())


def test_a_process_killed_between_two_files_is_replaced(own: Previewer) -> None:
    for _ in range(5):
        made(own, sample("jpeg"), Kind.JPEG)
        before = warm(own)
        before.send_signal(signal.SIGKILL)
        made(own, sample("jpeg"), Kind.JPEG)
        assert warm(own).pid != before.pid
        assert not before.is_running()


def test_killed_in_the_middle_again_and_again_it_recovers(own: Previewer) -> None:
    big = photo(Kind.PNG, (5000, 4000))
    made(own, sample("jpeg"), Kind.JPEG)
    over = threading.Event()

    def kill() -> None:
        for n in range(12):
            time.sleep(0.05 + 0.03 * n)
            process = own._children[Family.PHOTO]._process
            if process is not None:
                os.kill(process.pid, signal.SIGKILL)
        over.set()

    killer = threading.Thread(target=kill)
    killer.start()
    answers = []
    while not over.is_set():
        answers.append(own.preview(big, Kind.PNG, wait_s=5))
    killer.join()
    assert {type(answer) for answer in answers} <= {Preview, Busy}
    assert Busy() in answers
    bodies: list[bytes] = []

    def is_made() -> bool:
        answer = own.preview(big, Kind.PNG, wait_s=SECONDS)
        bodies.extend([answer.body] if isinstance(answer, Preview) else [])
        return bool(bodies)

    until(is_made)  # it may be pausing between starts
    assert seen(bodies[0]).size == (1280, 1024)


def test_a_job_killed_for_want_of_memory_is_tried_again(possessed: Possessed) -> None:
    assert isinstance(possessed.preview(b"outcome = 1", Kind.JPEG, wait_s=SECONDS), Preview)
    first = warm(possessed)
    answers: list[Answer] = []
    work = b"outcome = 1\nwhile time.process_time() < 3: pass"
    asking = threading.Thread(
        target=lambda: answers.append(possessed.preview(work, Kind.JPEG, wait_s=SECONDS))
    )
    asking.start()
    jobs: list[psutil.Process] = []
    while asking.is_alive() and not jobs:
        with contextlib.suppress(psutil.NoSuchProcess):
            jobs = [job for job in first.children() if job.cpu_times().user > 0.1]
    jobs[0].send_signal(signal.SIGKILL)
    asking.join()
    assert isinstance(answers[0], Preview)
    assert warm(possessed).pid != first.pid


def test_when_the_server_dies_nothing_stays_behind() -> None:
    script = """
import sys, time
sys.path.insert(0, sys.argv[1])
from tests.previews.test_previewer import *
previewer = Previewer()
while not isinstance(previewer.preview(sample("jpeg"), Kind.JPEG, wait_s=SECONDS), Preview):
    pass
print(warm(previewer).pid, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", script, str(Path(module.__file__).parents[2])]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout
        child = psutil.Process(int(server.stdout.readline()))
        server.kill()
    assert not ended([child])


def test_a_forked_server_gets_a_process_of_its_own(own: Previewer) -> None:
    made(own, sample("jpeg"), Kind.JPEG)
    first = warm(own).pid
    with own._children[Family.PHOTO].lock:  # forked in the middle of somebody's request
        pid = os.fork()
        if pid == 0:
            fine = False
            try:
                answer = own.preview(sample("jpeg"), Kind.JPEG, wait_s=SECONDS)
                fine = isinstance(answer, Preview) and warm(own).pid != first
                own.close()
            finally:
                os._exit(0 if fine else 1)
    assert os.waitpid(pid, 0)[1] == 0
    made(own, sample("jpeg"), Kind.JPEG)
    assert warm(own).pid == first


def test_a_file_larger_than_any_upload_is_not_even_sent(own: Previewer) -> None:
    assert own.preview(bytes(40 << 20), Kind.JPEG) == Unreadable()
    assert own._children[Family.PHOTO]._process is None


def test_nobody_starts_a_process_that_cannot_run_at_every_upload(
    possessed: Possessed, monkeypatch: pytest.MonkeyPatch
) -> None:
    possessed.before("raise SystemExit")
    assert possessed.preview(sample("jpeg"), Kind.JPEG, wait_s=SECONDS) == Busy()
    child = possessed._children[Family.PHOTO]
    with monkeypatch.context() as meanwhile:
        soon = SimpleNamespace(monotonic=lambda: child._not_before - 0.01)
        meanwhile.setattr(module, "time", soon)
        meanwhile.setattr(module, "subprocess", None)  # nothing can be started
        assert possessed.preview(sample("jpeg"), Kind.JPEG, wait_s=SECONDS) == Busy()
        assert "does not start" in child.available().detail
    monkeypatch.setattr(child, "_not_before", 0.0)
    possessed.before("")
    assert isinstance(possessed.preview(b"outcome = 1", Kind.JPEG, wait_s=SECONDS), Preview)
