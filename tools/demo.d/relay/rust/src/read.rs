// SPDX-License-Identifier: MIT
//! Reads files, by tokio: on its threads, and pipes without any.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::pin::{pin, Pin};
use std::sync::LazyLock;

use baton::{async_generator, thrown, Error, ItemYielder, Value};
use baton_pyo3::{entered, from_exception, from_object, to_object, IntoStream, PyStream};
use futures::future::{select, Either};
use futures::StreamExt;
use pyo3::prelude::*;
use pyo3::IntoPyObjectExt;
use tokio::fs::{self, File};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::net::unix::pipe;
use tokio::runtime::{self, Runtime};

use crate::left::Left;

const SIZE: usize = 65536;
const EIO: i32 = 5; // where the platform tells no number

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = runtime::Builder::new_multi_thread();
    let builder = builder
        .worker_threads(1)
        .max_blocking_threads(8)
        .enable_io();
    builder.build().expect("threads for tokio")
});

/// An async generator. Of `paths` come `(file, path)`; for each it gives
/// `(file, chunk)`, as often as there is one, and `(file, errno)` at the end.
#[pyfunction]
pub fn read(py: Python<'_>, paths: Py<PyAny>, left: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let mut paths = paths.into_stream()?;
    let chunks = async_generator(|give| {
        entered(|| RUNTIME.enter(), async move {
            let _left = Left::new("read", Some(left));
            // Told of a cancellation, so that it closes the paths before it ends.
            let result = match select(pin!(read_all(&mut paths, &give)), thrown()).await {
                Either::Left((result, _)) => result,
                Either::Right((error, _)) => Err(error),
            };
            paths.close().await.map_err(native)?;
            result
        })
    });
    to_object(py, chunks)
}

async fn read_all(paths: &mut PyStream, give: &ItemYielder) -> Result<(), Error> {
    let mut chunk = vec![0; SIZE];
    while let Some(next) = paths.next().await {
        let next = next.and_then(|next| Python::attach(|py| next.extract(py)));
        let (file, path): (usize, PathBuf) = next.map_err(native)?;
        assert!(path != Path::new(""), "the path of file {file} is empty");
        let end = match open(&path).await {
            Ok(source) => read_file(file, source, &mut chunk, give).await?,
            Err(error) => number(&error),
        };
        give.item(item(file, end)?).await?;
    }
    Ok(())
}

/// Gives a file's chunks, and returns how it ended.
async fn read_file(
    file: usize,
    mut source: Source,
    chunk: &mut [u8],
    give: &ItemYielder,
) -> Result<i32, Error> {
    loop {
        match source.read(chunk).await {
            Ok(0) => return Ok(0),
            Ok(size) => give.item(item(file, &chunk[..size])?).await?,
            Err(error) => return Ok(number(&error)),
        };
    }
}

type Source = Pin<Box<dyn AsyncRead + Send>>;

/// Opens a file; "-" is standard input. A pipe is waited for without a thread.
async fn open(path: &Path) -> io::Result<Source> {
    let is_input = path == Path::new("-");
    let path = if is_input {
        Path::new("/dev/stdin")
    } else {
        path
    };
    if fs::metadata(path).await?.file_type().is_fifo() {
        return Ok(Box::pin(pipe::OpenOptions::new().open_receiver(path)?));
    }
    Ok(Box::pin(match is_input {
        true => File::from_std(io::stdin().as_fd().try_clone_to_owned()?.into()),
        false => File::open(path).await?,
    }))
}

fn number(error: &io::Error) -> i32 {
    error.raw_os_error().unwrap_or(EIO)
}

fn item(file: usize, what: impl for<'py> IntoPyObject<'py>) -> Result<Value, Error> {
    let made = Python::attach(|py| from_object(&(file, what).into_bound_py_any(py)?));
    made.map_err(native)
}

/// An exception as an error that crosses as itself.
fn native(exception: PyErr) -> Error {
    Python::attach(|py| from_exception(py, exception))
}
