//! What a process costs: instructions where valgrind is at hand, processor time otherwise, and its peak memory.

use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};

/// Whether instructions can be counted.
pub static COUNTS: LazyLock<bool> = LazyLock::new(|| {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
});

/// The work of a command: instructions, or else the least microseconds of processor time of five runs. Its exit code
/// does not matter.
pub fn work(command: &[&str]) -> f64 {
    if *COUNTS {
        let mut arguments = vec!["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        arguments.extend(command);
        let output = Command::new("valgrind").args(arguments).output().expect("valgrind has run before");
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        let counted = messages.lines().rev().find_map(|line| line.split_once("Collected : "));
        counted.and_then(|(_, count)| count.trim().parse().ok()).expect("callgrind says what it counted")
    } else {
        (0..5).map(|_| run(command).time.as_secs_f64() * 1e6).fold(f64::INFINITY, f64::min)
    }
}

/// What a run took.
#[derive(Clone, Copy)]
pub struct Usage {
    /// Processor time, of the user and of the system.
    pub time: Duration,
    /// The largest resident set, in bytes.
    pub peak: u64,
}

/// Runs a command and says what it took.
///
/// The kernel keeps the peak of all children together, so each is the child of a process of its own: this one again.
pub fn run(command: &[&str]) -> Usage {
    let this = std::env::current_exe().expect("the running program is a file");
    let output = Command::new(this).arg("run").args(command).output().expect("this program can be run");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = said.split_whitespace().filter_map(|number| number.parse().ok());
    let mut next = || numbers.next().expect("`run` prints two numbers");
    Usage { time: Duration::from_micros(next()), peak: next() }
}

/// The child process of `run`.
pub fn run_here(command: &[String]) {
    let status = Command::new(&command[0]).args(&command[1..]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.expect("the command can be run");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("every process has this");
    let micros = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    println!("{} {}", micros(usage.user_time()) + micros(usage.system_time()), usage.max_rss() * 1024);
}
