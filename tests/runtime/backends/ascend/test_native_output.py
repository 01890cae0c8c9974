# SPDX-License-Identifier: Apache-2.0
"""What native code prints is caught, whichever way it prints, and nothing else is."""

from __future__ import annotations

import ctypes
import os
from contextlib import closing

import pytest

from velaserve_runtime.backends.ascend.cann_errors import ascend_error, let_cann_say_why
from velaserve_runtime.backends.ascend.native_output import NativeOutput

LIBC = ctypes.CDLL(None)
LINE = (
    "\x1b[1;31m2026-11-27 22:02:50.736126899 [E:onnxruntime:Default, cann_call.cc:144 CannCall] {} "
    "failure {}: X ; NPU=0 ; hostname=vm ; expr={}(a, b); \x1b[m\n"
)


def test_both_outlets_and_the_c_library_s_buffer(capfd: pytest.CaptureFixture[str]) -> None:
    with closing(NativeOutput()) as output:
        with output.caught():
            os.write(2, b"to stderr, ")
            LIBC.printf(b"by printf")
        os.write(2, b"after")

        assert output.take() == "to stderr, by printf"
        assert output.take() == ""
        assert capfd.readouterr().err == "after"


def test_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with closing(NativeOutput()) as output:
        with output.caught():
            os.write(1, b"a warning\n")
        output.pass_on()

    assert capfd.readouterr().err == "a warning\n"


def test_outlets_come_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with closing(NativeOutput()) as output:
        with pytest.raises(OSError, match="Bad file descriptor"), output.caught():
            os.write(-1, b"")
        os.write(2, b"after")

    assert capfd.readouterr().err == "after"


def test_first_failure_is_the_cause() -> None:
    printed = LINE.format("CANN", 507010, "aclmdlExecuteAsync") + LINE.format("CANN", 1, "aclLater")

    error = ascend_error(RuntimeError("CANN error executing aclmdlExecuteAsync"), printed)

    assert error is not None
    assert (error.call, error.code) == ("aclmdlExecuteAsync", 507010)
    assert "below ~/ascend/log" in str(error)


def test_cann_s_own_words_are_told() -> None:
    words = "[ERROR] GE(12,python3):2026-11-27-10:00:00 [onnx.cc:7]12 Parse: EZ9010: No parser.\n"
    printed = 2 * words + LINE.format("CANNGRAPH", -1, "ge::aclgrphParseONNXFromMem")

    error = ascend_error(RuntimeError(), printed)

    assert error is not None
    assert (error.call, error.code) == ("aclgrphParseONNXFromMem", -1)
    assert str(error).count("EZ9010: No parser.") == 1


def test_other_errors_are_none_of_cann() -> None:
    assert ascend_error(ValueError("Unexpected input data type"), "some warning") is None


def test_user_decides_where_cann_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "ASCEND_SLOG_PRINT_TO_STDOUT"
    monkeypatch.setenv(name, "0")
    let_cann_say_why()
    assert os.environ[name] == "0"

    monkeypatch.delenv(name)
    let_cann_say_why()
    assert os.environ[name] == "1"
