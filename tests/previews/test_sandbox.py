"""A decoder that was taken over can compute and answer. It can do nothing else.

Each attempt runs as Python inside a real job: the forked process that would decode the file.
"""

import json
import os
import platform
from pathlib import Path

import pytest

from ruang.previews import sandbox
from ruang.previews.kinds import Family, Kind
from ruang.previews.previewer import Busy, Preview, Previewer, Unreadable
from tests.patience import SECONDS
from tests.previews.conftest import Possessed, warm
from tests.previews.samples import sample

ATTEMPTS = {
    "internet": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "internet 6": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "local socket": "socket.socket(socket.AF_UNIX)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "pair": "socket.socketpair()",
    "name": "socket.getaddrinfo('example.org', 80)",
    "read a file": "open('/etc/passwd')",
    "read itself": "open('/proc/self/environ')",
    "write a file": "open('/tmp/ruang-preview-escape', 'w')",
    "folder": "os.mkdir('/tmp/ruang-preview-escape')",
    "rename": "os.rename('/tmp/ruang-a', '/tmp/ruang-preview-escape')",
    "link": "os.symlink('/etc/passwd', '/tmp/ruang-preview-escape')",
    "delete": "os.unlink('/tmp/ruang-a')",
    "look around": "os.listdir('/')",
    "stat": "os.stat('/etc/passwd')",
    "memory file": "os.memfd_create('x')",
    "pipe": "os.pipe()",
    "copy a descriptor": "os.dup(0)",
    "run": "os.execv('/bin/true', ['true'])",
    "start": "subprocess.run(['/bin/true'])",
    "fork": "os.fork() or os._exit(0)",
    "thread": "threading.Thread(target=int).start()",
    "kill the warm process": "os.kill(1 if False else GRANDPARENT, 9)",
    "signal all": "os.kill(-1, 0)",
    "raise its limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    "executable memory": "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
    "other folder": "os.chdir('/tmp')",
    "other user": "os.setuid(0)",
}
SYSTEM_CALLS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "unshare": (272, 97),
    "setns": (308, 268),
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "perf_event_open": (298, 241),
    "mount": (165, 40),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "connect": (42, 203),
    "openat2": (437, 437),
    "prctl": (157, 167),
    "seccomp": (317, 277),
    "clone3": (435, 435),
    "pidfd_open": (434, 434),
    "execveat": (322, 281),
}


def run(previewer: Previewer, code: str, kind: Kind = Kind.JPEG) -> object:
    answer = previewer.preview(code.encode(), kind, wait_s=SECONDS)
    assert isinstance(answer, Preview), answer
    return json.loads(answer.body[3:])


def attempt(code: str) -> str:
    return f"""
GRANDPARENT = {os.getpid()}
try:
    {code}
    outcome = "done"
except BaseException as error:
    outcome = type(error).__name__ + " " + errno.errorcode.get(getattr(error, "errno", 0), "")
"""


@pytest.mark.parametrize("name", ATTEMPTS)
def test_a_job_taken_over_cannot(name: str, possessed: Possessed) -> None:
    refused = str(run(possessed, attempt(ATTEMPTS[name])))
    assert refused != "done"
    assert refused in {
        "PermissionError EPERM", "gaierror ", "RuntimeError ", "OSError EMFILE", "ValueError ",
    }, refused  # fmt: skip
    assert not Path("/tmp/ruang-preview-escape").exists()


def test_dangerous_system_calls_do_not_exist_there(possessed: Possessed) -> None:
    column = 0 if platform.machine() == "x86_64" else 1
    numbers = {name: pair[column] for name, pair in SYSTEM_CALLS.items()}
    code = f"""
outcome = {{}}
for name, number in {numbers}.items():
    answer = libc.syscall(number, 0, 0, 0, 0, 0, 0)
    outcome[name] = (answer, errno.errorcode.get(ctypes.get_errno()))
"""
    assert run(possessed, code) == {name: [-1, "EPERM"] for name in SYSTEM_CALLS}


def test_only_the_one_decoder_that_needs_a_thread_gets_one(possessed: Possessed) -> None:
    thread = attempt(ATTEMPTS["thread"])
    assert run(possessed, thread, Kind.HEIF) == "done"
    assert run(possessed, thread, Kind.PNG) == "RuntimeError "
    for name in ("fork", "start", "internet", "read a file", "write a file", "run"):
        assert run(possessed, attempt(ATTEMPTS[name]), Kind.HEIF) in {
            "PermissionError EPERM", "OSError EMFILE",
        }  # fmt: skip


def test_a_job_holds_its_line_and_nothing_else(possessed: Possessed) -> None:
    code = """
def is_open(number):
    try:
        os.lseek(number, 0, 1)
    except OSError as error:
        return error.errno != errno.EBADF
    return True
outcome = [[n for n in range(256) if is_open(n)], dict(os.environ), sys.argv[2:]]
outcome[1].pop("LC_CTYPE", None)
"""
    assert run(possessed, code) == [[0, 1], {}, ["photo"]]


def test_a_job_has_its_own_memory_so_that_no_photo_meets_another(possessed: Possessed) -> None:
    keep = "sys.stolen = getattr(sys, 'stolen', []) + [data.decode()]; outcome = sys.stolen"
    assert run(possessed, keep) == [keep]
    assert run(possessed, keep) == [keep]


def test_memory_is_limited(possessed: Possessed) -> None:
    grab = f"bytes({sandbox.MEMORY}); outcome = 'had it'"
    assert possessed.preview(grab.encode(), Kind.JPEG, wait_s=SECONDS) == Unreadable()
    assert run(possessed, "outcome = len(bytes(200 << 20))") == 200 << 20


def test_time_is_limited(possessed: Possessed) -> None:
    assert (sandbox.SECONDS, sandbox.MEMORY) == (20, 512 << 20)
    possessed.before("sandbox.SECONDS = 1")
    endless = b"while True: pass"
    assert possessed.preview(endless, Kind.JPEG, wait_s=0.8) == Busy()
    assert possessed.preview(endless, Kind.JPEG, wait_s=SECONDS) == Unreadable()
    assert run(possessed, "outcome = 1") == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"outcome = b'<html><script>alert(1)</script>'",
        b"outcome = b'%PDF-1.4 not a picture'",
        b"outcome = b''",
        b"os.write(0, b'+\\0\\0\\0\\x05\\xff\\xd8\\xff'); os._exit(0)",
        b"os.write(0, b'+\\0\\0\\0\\x03\\xff\\xd8\\xff and more'); os._exit(0)",
        b"os.write(0, b'+'); os._exit(0)",
        b"[os.write(0, bytes(1 << 20)) for _ in range(64)]",
        b"ctypes.string_at(0)",
        b"os.abort()",
        b"raise SystemExit",
        b"while True: outcome = [outcome]\n",
    ],
)
def test_an_answer_that_is_no_picture_is_not_believed(
    answer: bytes, possessed: Possessed
) -> None:
    assert possessed.preview(answer, Kind.JPEG, wait_s=SECONDS) == Unreadable()
    assert run(possessed, "outcome = 'still here'") == "still here"


def test_the_warm_process_is_locked_in_too(own: Previewer) -> None:
    for family, name in ((Family.PHOTO, "jpeg"), (Family.AUDIO, "amr")):
        kind = Kind[name.upper()]
        assert isinstance(own.preview(sample(name), kind, wait_s=SECONDS), Preview)
        process = warm(own, family)
        status = Path(f"/proc/{process.pid}/status").read_text()
        said = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert said["NoNewPrivs"] == "1"
        assert said["Seccomp"] == "2"
        assert {said[f"Cap{which}"] for which in ("Prm", "Eff")} == {"0" * 16}
        assert said["Threads"] == "1"
        assert process.cwd() == "/"
        assert set(process.environ()) <= {"LC_CTYPE"}
        ours, its = (Path(f"/proc/{pid}/ns/net").readlink() for pid in ("self", process.pid))
        assert ours != its
        if os.geteuid() == 0:
            assert process.uids().real != 0


def test_one_of_the_two_walls_is_enough_to_work(possessed: Possessed) -> None:
    possessed.before("sandbox._leave_network = lambda: False")
    assert possessed._children[Family.PHOTO].available().detail == "seccomp"
    possessed.close()
    possessed.before("sandbox.platform.machine = lambda: 'riscv64'")
    assert possessed._children[Family.PHOTO].available().detail == "network namespace"
    for name in (
        "internet",
        "local socket",
        "read a file",
        "write a file",
        "fork",
        "memory file",
    ):
        assert run(possessed, attempt(ATTEMPTS[name])) in {
            "OSError EMFILE", "BlockingIOError EAGAIN",
        }  # fmt: skip
    assert run(possessed, attempt("raise SystemError(len(os.listdir('/sys')))")) != "done"


def test_with_neither_wall_there_are_no_previews(possessed: Possessed) -> None:
    possessed.before(
        "sandbox._leave_network = lambda: False\nsandbox.platform.machine = lambda: 'riscv64'"
    )
    found = possessed._children[Family.PHOTO].available()
    assert not found.works
    assert "neither network namespaces nor seccomp" in found.detail
    assert possessed.preview(sample("jpeg"), Kind.JPEG) == Busy()


@pytest.mark.skipif(not Path("/usr/include/asm-generic/unistd.h").exists(), reason="no headers")
def test_the_numbers_are_those_of_the_kernel_headers() -> None:
    tables = []
    for header in ("x86_64-linux-gnu/asm/unistd_64.h", "asm-generic/unistd.h"):
        lines = (Path("/usr/include") / header).read_text().split("#define __NR")[1:]
        found = [line.replace("3264_", "_", 1).lstrip("_").split()[:2] for line in lines]
        tables.append({name: number for name, number in found if number.isdigit()})
    for name, numbers in sandbox._WARM.items():
        for table, number in zip(tables, numbers, strict=True):
            assert table.get(name, str(number)) == str(number), name
