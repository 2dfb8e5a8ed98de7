"""What the preview process takes away from itself before it sees a stranger's file.

Two steps, each on top of the other. `enter()`, once, in the warm process: no network, no
privileges, and only the system calls it needs to hand out jobs. `confine()`, in the job that
reads the file: memory, time and file limits, and nothing left but to compute and to answer.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Iterable
from pathlib import Path

MEMORY = 512 << 20
SECONDS = 20
_NOBODY = 65534

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_NEW_USER, _NEW_IPC, _NEW_NET = 0x10000000, 0x08000000, 0x40000000

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# system call: number on x86_64, on aarch64
_JOB = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "futex": (202, 98), "getrandom": (318, 278),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128), "sched_yield": (24, 124),
    "getpid": (39, 172), "gettid": (186, 178), "sched_getaffinity": (204, 123),
    "gettimeofday": (96, 169), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
_WARM = _JOB | {
    "clone": (56, 220), "set_robust_list": (273, 99), "rseq": (334, 293), "wait4": (61, 260),
    "kill": (62, 129), "getppid": (110, 173), "prctl": (157, 167), "prlimit64": (302, 261),
    "recvmsg": (47, 212), "sendto": (44, 206), "pipe2": (293, 59), "ppoll": (271, 73),
    "poll": (7, 73), "fcntl": (72, 25), "dup2": (33, 24), "dup3": (292, 24),
    "close_range": (436, 436),
}  # fmt: skip
_THREADS = {"clone into a thread": (56, 220), "clone3": (435, 435)} | {
    name: _WARM[name] for name in ("set_robust_list", "rseq")
}
_LOAD, _EQUAL, _HAS_BIT, _ANSWER = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_GUARDS = {  # which argument, which bit of it, answer when it is set, answer when it is not
    "mmap": (2, 4, _REFUSE, _ALLOW),  # memory that could run
    "mprotect": (2, 4, _REFUSE, _ALLOW),
    "clone into a thread": (0, 0x10000, _ALLOW, _REFUSE),
    "clone3": (0, 0, _ALLOW, _UNKNOWN),  # its flags cannot be seen: libc then uses clone
}

_libc = ctypes.CDLL(None, use_errno=True)


def enter() -> str:
    """Give up network and privileges for good; return how, for people to read.

    :raises PermissionError: if neither a network namespace nor a call filter can be had
    """
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    with contextlib.suppress(OSError):  # rather this process than the server, if memory ends
        Path("/proc/self/oom_score_adj").write_text("1000")
    namespace = _leave_network()
    _drop_privileges()
    _prctl(_PR_SET_DUMPABLE, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    filtered = _allow_only(_WARM)
    if not (namespace or filtered):
        raise PermissionError("this machine allows neither network namespaces nor seccomp")
    return ", ".join(["network namespace"] * namespace + ["seccomp"] * filtered)


def confine(warm_process: int, *, threads: bool) -> None:
    """Leave this job nothing but its memory, its time and the descriptors it already holds."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != warm_process:
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # no new socket, file or copy of one
    if not threads:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if not _allow_only(_JOB | _THREADS if threads else _JOB) and threads:
        raise PermissionError("without a call filter a thread cannot be told from a process")


def _leave_network() -> bool:
    apart = _NEW_NET | _NEW_IPC
    return any(_libc.unshare(flags) == 0 for flags in (apart, apart | _NEW_USER))


def _drop_privileges() -> None:
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):  # a container may forbid it; the next lines stand
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _checked(_libc.capset(version_3, (ctypes.c_uint32 * 6)()))


def _prctl(option: int, value: int) -> None:
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero))


def _checked(answer: int) -> None:
    if answer:
        number = ctypes.get_errno()
        raise PermissionError(number, os.strerror(number))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def _allow_only(calls: dict[str, tuple[int, int]]) -> bool:
    """Install a filter under which every other system call fails with EPERM."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = b"".join(_filter(*machine, calls))
    program = _Program(len(code) // 8, code)
    zero = ctypes.c_ulong(0)
    pointer = ctypes.byref(program)
    return bool(_libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(2), pointer, zero, zero) == 0)


def _filter(arch: int, column: int, calls: dict[str, tuple[int, int]]) -> Iterable[bytes]:
    """Yield the classic BPF program: check the machine, then each call."""

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("=HBBI", code, yes, no, value)

    yield step(_LOAD, 4) + step(_EQUAL, arch, 1, 0) + step(_ANSWER, _KILL) + step(_LOAD, 0)
    for name, numbers in calls.items():
        if name in _GUARDS:
            argument, bit, if_set, if_not = _GUARDS[name]
            yield step(_EQUAL, numbers[column], 0, 4) + step(_LOAD, 16 + 8 * argument)
            yield step(_HAS_BIT, bit, 0, 1) + step(_ANSWER, if_set) + step(_ANSWER, if_not)
        else:
            yield step(_EQUAL, numbers[column], 0, 1) + step(_ANSWER, _ALLOW)
    yield step(_ANSWER, _REFUSE)
