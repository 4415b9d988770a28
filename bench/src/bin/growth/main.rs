//! How time and memory of the tools grow with their input: `cargo run --release -p typelang-bench --bin growth`.
//!
//! Every kind of hostile text is made at sizes that double (or grow by another factor), and every command reads it in a process of its own. What is printed
//! is, for each kind and command, processor time and peak memory at the largest size, and the exponents with which both grew over
//! the last two doublings: 1 is linear. A command stops growing a kind when the next run would take longer than the budget, or more
//! memory.
//!
//! ```text
//! growth [--tl PATH] [--from BYTES] [--to BYTES] [--factor N] [--budget SECONDS] [--memory MIB] [--commands check,fmt] [--all] [KIND]…
//! ```
//!
//! Kinds are chosen by a part of their name. Without `--all` only what grows with more than 1.2 is listed. The exit code is 1 then.

mod inputs;
mod kinds;
mod several;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use inputs::{Kind, Texts};
use wait4::Wait4;

/// A command of `tl` by its name in the table.
const COMMANDS: [(&str, &[&str]); 8] = [
    ("check", &["check", "SCHEMA"]),
    ("check all", &["check", "--warn", "all", "--limit", "0", "SCHEMA"]),
    ("check json", &["check", "--message-format", "json", "--limit", "0", "SCHEMA"]),
    ("fix", &["check", "--fix", "SCHEMA"]),
    ("fmt", &["fmt", "--check", "--diff", "SCHEMA"]),
    ("id", &["id", "-"]),
    ("generate", &["generate", "SCHEMA", "--out", "OUT.rs", "--serde", "--any-constructor", "--cross-references"]),
    ("doc", &["doc", "SCHEMA", "--out", "OUT"]),
];

/// Exponents above this one are faults.
const LINEAR: f64 = 1.2;
/// Times below this one, in seconds, tell more of the machine than of the program.
const LEAST_SECONDS: f64 = 0.08;
/// Memory below this one, in mebibytes, is that of the program without any input.
const LEAST_MEMORY: f64 = 48.0;

struct Options {
    tl: PathBuf,
    from: usize,
    to: usize,
    budget: f64,
    memory: f64,
    factor: usize,
    commands: Option<Vec<String>>,
    all: bool,
    kinds: Vec<String>,
}

impl Options {
    fn read() -> io::Result<Self> {
        let tl = std::env::current_exe()?.with_file_name("tl");
        let (from, to, budget, memory) = (1 << 16, 10 << 20, 20.0, 8192.0);
        let mut options =
            Self { tl, from, to, budget, memory, factor: 2, commands: None, all: false, kinds: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| io::Error::other(format!("{argument} needs a value")));
            let wrong = |_| io::Error::other("not a number");
            match argument.as_str() {
                "--tl" => options.tl = fs::canonicalize(value()?)?,
                "--from" => options.from = value()?.parse().map_err(wrong)?,
                "--to" => options.to = value()?.parse().map_err(wrong)?,
                "--budget" => options.budget = f64::from(value()?.parse::<u32>().map_err(wrong)?),
                "--memory" => options.memory = f64::from(value()?.parse::<u32>().map_err(wrong)?),
                "--factor" => options.factor = value()?.parse::<usize>().map_err(wrong)?.max(2),
                "--commands" => options.commands = Some(value()?.split(',').map(str::to_owned).collect()),
                "--all" => options.all = true,
                _ => options.kinds.push(argument),
            }
        }
        Ok(options)
    }

    fn wants(&self, kind: &Kind) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|wanted| kind.name.contains(wanted.as_str()))
    }

    fn wants_command(&self, name: &str) -> bool {
        self.commands.as_ref().is_none_or(|commands| commands.iter().any(|it| it == name))
    }
}

/// One run: the size of its input, seconds, mebibytes, and how it ended.
#[derive(Clone, Copy)]
struct Run {
    size: usize,
    seconds: f64,
    memory: f64,
    code: Option<i32>,
}

fn main() -> ExitCode {
    match Options::read().and_then(|options| measure(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Measures all kinds. Returns whether everything is linear.
fn measure(options: &Options) -> io::Result<bool> {
    if !options.tl.exists() {
        let message = format!("{} is not there: cargo build --release -p typelang-cli", options.tl.display());
        return Err(io::Error::other(message));
    }
    let folder = tempfile::tempdir()?;
    let (mut is_linear, mut measured) = (true, 0);
    println!("| kind | command | bytes | exit | CPU s | exponent | MiB | exponent |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    for kind in kinds::KINDS.iter().chain(several::KINDS).filter(|kind| options.wants(kind)) {
        for (name, arguments) in COMMANDS.iter().filter(|(name, _)| options.wants_command(name)) {
            // Other commands read no facts.
            if kind.make.has_facts() && !["check", "check all", "generate", "doc"].contains(name) {
                continue;
            }
            let runs = grow(options, kind, arguments, folder.path())?;
            measured += runs.len();
            is_linear &= show(options, kind.name, name, &runs);
        }
    }
    if measured == 0 {
        return Err(io::Error::other("nothing was measured: no such kind, no such command, or no size in between"));
    }
    Ok(is_linear)
}

fn grow(options: &Options, kind: &Kind, arguments: &[&str], folder: &Path) -> io::Result<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    let mut size = options.from;
    while size <= options.to {
        let run = run(options, arguments, &kind.make.texts(size), folder)?;
        runs.push(run);
        // The next one would take at least so much more.
        let more = options.factor as f64;
        if run.seconds * more > options.budget || run.memory * more > options.memory || run.code.is_none() {
            break;
        }
        size *= options.factor;
    }
    Ok(runs)
}

fn run(options: &Options, arguments: &[&str], texts: &Texts, folder: &Path) -> io::Result<Run> {
    let out = folder.join("out");
    let written = |name: String, text: &Vec<u8>| fs::write(folder.join(&name), text).map(|()| name);
    let schemas = texts.schemas.iter().enumerate().map(|(number, text)| written(format!("{number}.tl"), text));
    let schemas = schemas.collect::<io::Result<Vec<String>>>()?;
    let mut command = Command::new(&options.tl);
    command.current_dir(folder);
    for argument in arguments {
        match *argument {
            "SCHEMA" => command.args(&schemas),
            "OUT" => command.arg(&out),
            "OUT.rs" => command.arg(out.with_extension("rs")),
            other => command.arg(other),
        };
    }
    if let Some(facts) = &texts.facts {
        command.args(["--facts", &written("facts.toml".to_owned(), facts)?]);
    }
    let errors = File::create(folder.join("errors"))?;
    let output = File::create(folder.join("output"))?;
    let input = schemas.first().filter(|_| arguments.contains(&"-"));
    let input = input.map_or(Ok(Stdio::null()), |schema| File::open(folder.join(schema)).map(Stdio::from))?;
    let mut child = command.stdin(input).stdout(output).stderr(errors).spawn()?;
    let usage = child.wait4()?;
    // The time of the system is left out: it makes a file for each page, and that takes longer where files were removed before.
    let seconds = usage.rusage.utime.as_secs_f64();
    let _ = fs::remove_dir_all(&out);
    let _ = fs::remove_file(out.with_extension("rs"));
    for schema in schemas {
        fs::remove_file(folder.join(schema))?;
    }
    Ok(Run {
        size: texts.size(),
        seconds,
        memory: usage.rusage.maxrss as f64 / f64::from(1 << 20),
        code: usage.status.code(),
    })
}

/// Prints a row. Returns whether both exponents are those of something linear.
fn show(options: &Options, kind: &str, command: &str, runs: &[Run]) -> bool {
    let Some(last) = runs.last() else { return true };
    let before = runs.get(runs.len().saturating_sub(3)).unwrap_or(last);
    let time = exponent(before.size, last.size, before.seconds, last.seconds, LEAST_SECONDS);
    let memory = exponent(before.size, last.size, before.memory, last.memory, LEAST_MEMORY);
    let crashed = last.code.is_none_or(|code| code > 1);
    let is_linear = time <= LINEAR && memory <= LINEAR && !crashed;
    if options.all || !is_linear {
        let code = last.code.map_or("signal".to_owned(), |code| code.to_string());
        println!(
            "| {kind} | {command} | {} | {code} | {:.2} | {time:.2} | {:.0} | {memory:.2} |",
            last.size, last.seconds, last.memory
        );
    }
    is_linear
}

/// With which power of the size something grew. What is below `least` at the end does not count.
fn exponent(from_size: usize, to_size: usize, from: f64, to: f64, least: f64) -> f64 {
    if to < least || from_size >= to_size {
        return 0.0;
    }
    (to / from.max(least / 4.0)).ln() / (to_size as f64 / from_size as f64).ln()
}
