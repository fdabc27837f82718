# SPDX-License-Identifier: MIT
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from types import CodeType, FrameType, GenericAlias, TracebackType
from typing import Any, Final, TypedDict, TypeVar, final, overload, type_check_only

_Yield = TypeVar("_Yield", covariant=True)
_Send = TypeVar("_Send", contravariant=True)
_Return = TypeVar("_Return", covariant=True)

abi_version: Final[tuple[int, int]]
lib_version: Final[str]

provider: Final[str]

class PanicException(BaseException): ...

@type_check_only
class _Member(TypedDict):
    name: str
    kind: str
    state: str
    language: str
    function: str
    file: str
    line: int

_Function = TypeVar("_Function", bound=Callable[..., object])

def async_generator_function(callable: _Function, /) -> _Function: ...
def coroutine_function(callable: _Function, /) -> _Function: ...
def await_chain(awaitable: object, /) -> list[_Member]: ...

@final
class coroutine(Coroutine[_Yield, _Send, _Return]):
    __name__: str
    __qualname__: str
    @property
    def cr_await(self) -> Any | None: ...
    @property
    def cr_code(self) -> CodeType: ...
    @property
    def cr_frame(self) -> FrameType | None: ...
    @property
    def cr_running(self) -> bool: ...
    @property
    def cr_origin(self) -> tuple[tuple[str, int, str], ...] | None: ...
    if sys.version_info >= (3, 11):
        @property
        def cr_suspended(self) -> bool: ...
    if sys.version_info >= (3, 15):
        @property
        def cr_state(self) -> str: ...

    def __await__(self) -> Generator[Any, None, _Return]: ...
    def send(self, value: _Send, /) -> _Yield: ...
    @overload
    def throw(
        self,
        typ: type[BaseException],
        val: BaseException | object = ...,
        tb: TracebackType | None = ...,
        /,
    ) -> _Yield: ...
    @overload
    def throw(
        self, typ: BaseException, val: None = None, tb: TracebackType | None = ..., /
    ) -> _Yield: ...
    if sys.version_info >= (3, 13):
        def close(self) -> _Return | None: ...  # type: ignore[override]
        def __class_getitem__(cls, item: Any, /) -> GenericAlias: ...
    else:
        def close(self) -> None: ...

@final
class generator(Generator[_Yield, _Send, _Return]):
    __name__: str
    __qualname__: str
    @property
    def gi_code(self) -> CodeType: ...
    @property
    def gi_frame(self) -> FrameType | None: ...
    @property
    def gi_running(self) -> bool: ...
    if sys.version_info >= (3, 11):
        @property
        def gi_suspended(self) -> bool: ...
    @property
    def gi_yieldfrom(self) -> Any | None: ...
    if sys.version_info >= (3, 15):
        @property
        def gi_state(self) -> str: ...

    def __iter__(self) -> generator[_Yield, _Send, _Return]: ...
    def __next__(self) -> _Yield: ...
    def send(self, value: _Send, /) -> _Yield: ...
    @overload
    def throw(
        self,
        typ: type[BaseException],
        val: BaseException | object = ...,
        tb: TracebackType | None = ...,
        /,
    ) -> _Yield: ...
    @overload
    def throw(
        self, typ: BaseException, val: None = None, tb: TracebackType | None = ..., /
    ) -> _Yield: ...
    if sys.version_info >= (3, 13):
        def close(self) -> _Return | None: ...
        def __class_getitem__(cls, item: Any, /) -> GenericAlias: ...
    else:
        def close(self) -> None: ...

@final
class async_generator(AsyncGenerator[_Yield, _Send]):
    __name__: str
    __qualname__: str
    @property
    def ag_await(self) -> Any | None: ...
    @property
    def ag_code(self) -> CodeType: ...
    @property
    def ag_frame(self) -> FrameType | None: ...
    @property
    def ag_running(self) -> bool: ...
    if sys.version_info >= (3, 12):
        @property
        def ag_suspended(self) -> bool: ...
    if sys.version_info >= (3, 15):
        @property
        def ag_state(self) -> str: ...

    def __aiter__(self) -> async_generator[_Yield, _Send]: ...
    def __anext__(self) -> Coroutine[Any, Any, _Yield]: ...
    def asend(self, value: _Send, /) -> Coroutine[Any, Any, _Yield]: ...
    @overload
    def athrow(
        self,
        typ: type[BaseException],
        val: BaseException | object = ...,
        tb: TracebackType | None = ...,
        /,
    ) -> Coroutine[Any, Any, _Yield]: ...
    @overload
    def athrow(
        self, typ: BaseException, val: None = None, tb: TracebackType | None = ..., /
    ) -> Coroutine[Any, Any, _Yield]: ...
    def aclose(self) -> Coroutine[Any, Any, None]: ...
    def __class_getitem__(cls, item: Any, /) -> GenericAlias: ...
