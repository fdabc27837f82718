// SPDX-License-Identifier: MIT
//! Rust futures in Rust futures, with an ABI between each two. Prints JSON.
//!
//! ```text
//! boundary time REPETITIONS SLICE_MS     a line {"name", "samples": [ns, ...]} a case
//! boundary profile CASE SECONDS          does nothing else for so long
//! ```

mod cases;
mod leaf;
mod native;
#[cfg(feature = "async-ffi")]
mod peer;

use std::process::exit;
use std::time::{Duration, Instant};

use cases::Case;

/// A case, and how often it is done in one sample.
struct Opened {
    case: Case,
    count: u32,
    samples: Vec<f64>,
}

impl Opened {
    fn new(mut case: Case, slice: Duration) -> Self {
        let mut count = 8;
        loop {
            let took = timed(&mut case, count);
            if took >= slice / 4 {
                let scaled = f64::from(count) * slice.as_secs_f64() / took.as_secs_f64();
                count = (scaled as u32).max(1);
                break;
            }
            count *= 2;
        }
        Opened {
            case,
            count,
            samples: Vec::new(),
        }
    }

    fn sample(&mut self) {
        let took = timed(&mut self.case, self.count);
        self.samples
            .push(took.as_nanos() as f64 / f64::from(self.count));
    }
}

fn timed(case: &mut Case, count: u32) -> Duration {
    let began = Instant::now();
    (case.run)(count);
    began.elapsed()
}

fn time(repetitions: u32, slice: Duration) {
    let mut opened: Vec<_> = cases::all().map(|case| Opened::new(case, slice)).collect();
    for _ in 0..repetitions {
        opened.iter_mut().for_each(Opened::sample);
    }
    for Opened { case, samples, .. } in opened {
        println!(r#"{{"name": "{}", "samples": {samples:?}}}"#, case.name);
    }
}

fn profile(name: &str, seconds: Duration) -> bool {
    let Some(mut case) = cases::all().find(|case| case.name == name) else {
        return false;
    };
    let began = Instant::now();
    while began.elapsed() < seconds {
        (case.run)(1000);
    }
    true
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments[at].parse::<f64>().expect("a number");
    let done = match arguments.first().map(String::as_str) {
        Some("time") if arguments.len() == 3 => {
            time(number(1) as u32, Duration::from_secs_f64(number(2) / 1e3));
            true
        }
        Some("profile") if arguments.len() == 3 => {
            profile(&arguments[1], Duration::from_secs_f64(number(2)))
        }
        _ => false,
    };
    if !done {
        eprintln!("boundary time REPETITIONS SLICE_MS, or profile CASE SECONDS");
        exit(2);
    }
}
