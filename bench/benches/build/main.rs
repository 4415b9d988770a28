//! What it costs to build generated crates: processor time, memory and size, beside a peer.
//!
//! Each subject is a small program in a folder of its own that depends on one crate; all of it is built anew each time, the
//! crates that it depends on and their build scripts included. `TL_BENCH_ROUNDS` sets how many times (default 5).

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use tl_bench::environment::{locked_version, summary};
use tl_bench::inputs::root;
use wait4::Wait4;

/// How a program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Profile {
    Dev,
    Release,
}

/// A program to build.
struct Subject {
    name: &'static str,
    /// The crate whose library is weighed.
    library: &'static str,
    dependency: String,
    main: &'static str,
}

/// What one build cost.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    /// Processor time of all processes, in seconds.
    seconds: f64,
    /// Peak memory of the process that took most, in mebibytes.
    peak: f64,
    /// Size of the library, in mebibytes.
    size: f64,
    /// Processor time of a build after the program itself was touched.
    again: f64,
}

fn main() -> io::Result<()> {
    println!("# Building\n\n{}\n", summary());
    let rounds = std::env::var("TL_BENCH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let groups = [libraries(), programs()];
    for profile in [Profile::Dev, Profile::Release] {
        for subjects in &groups {
            let mut costs = vec![Vec::new(); subjects.len()];
            for _ in 0..rounds {
                for (subject, costs) in subjects.iter().zip(&mut costs) {
                    costs.push(subject.build(profile)?);
                }
            }
            println!("{}", table(profile, subjects, &costs));
        }
    }
    Ok(())
}

/// The crates alone; the first is what the others are compared with.
fn libraries() -> Vec<Subject> {
    let none = "fn main() {}";
    vec![Subject::peer("grammers-tl-types, as it comes", none), Subject::ours("tl-telegram, as it comes", none)]
}

/// The crates, and a program that decodes updates and sends three methods.
fn programs() -> Vec<Subject> {
    vec![
        Subject::peer("a program with grammers-tl-types", include_str!("build/peer.rs")),
        Subject::ours("the same with tl-telegram", include_str!("build/ours.rs")),
    ]
}

impl Subject {
    fn peer(name: &'static str, main: &'static str) -> Self {
        let dependency = format!("grammers-tl-types = \"={}\"", locked_version("grammers-tl-types"));
        Self { name, library: "libgrammers_tl_types-", dependency, main }
    }

    fn ours(name: &'static str, main: &'static str) -> Self {
        let dependency = format!("tl-telegram = {{ path = {:?} }}", root().join("generated"));
        Self { name, library: "libtl_telegram-", dependency, main }
    }

    fn build(&self, profile: Profile) -> io::Result<Cost> {
        let folder = TempDir::new()?;
        let source = folder.path().join("main.rs");
        let manifest = format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[[bin]]\nname = \"program\"\n\
             path = \"main.rs\"\n\n[dependencies]\n{}\n\n[workspace]\n",
            self.dependency
        );
        fs::write(folder.path().join("Cargo.toml"), manifest)?;
        fs::write(&source, self.main)?;
        cargo(folder.path(), &["fetch"])?;
        let arguments: &[&str] = if profile == Profile::Release { &["build", "--release"] } else { &["build"] };
        let (seconds, peak) = cargo(folder.path(), arguments)?;
        fs::write(&source, format!("{}\n", self.main))?;
        let (again, _) = cargo(folder.path(), arguments)?;
        Ok(Cost { seconds, peak, size: self.size(folder.path(), profile)?, again })
    }

    /// Size of the library that the compiler wrote.
    fn size(&self, folder: &Path, profile: Profile) -> io::Result<f64> {
        let profile = if profile == Profile::Release { "release" } else { "debug" };
        let mut size = 0;
        for entry in fs::read_dir(folder.join("target").join(profile).join("deps"))? {
            let entry = entry?;
            let name = entry.file_name();
            let is_library =
                name.to_str().is_some_and(|name| name.starts_with(self.library) && name.ends_with(".rlib"));
            size += if is_library { entry.metadata()?.len() } else { 0 };
        }
        Ok(mebibytes(size))
    }
}

/// Runs cargo and returns its processor time in seconds and its peak memory, with those of the processes that it starts.
fn cargo(folder: &Path, arguments: &[&str]) -> io::Result<(f64, f64)> {
    let mut child = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let usage = child.wait4()?;
    if !usage.status.success() {
        return Err(io::Error::other(format!("cargo {} fails in {}", arguments.join(" "), folder.display())));
    }
    Ok(((usage.rusage.utime + usage.rusage.stime).as_secs_f64(), mebibytes(usage.rusage.maxrss)))
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn table(profile: Profile, subjects: &[Subject], costs: &[Vec<Cost>]) -> String {
    let mut text = format!(
        "## {profile:?}\n\n| what | CPU s | ratio | peak MiB | ratio | library MiB | ratio | CPU s again | ratio |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    let figures: [fn(&Cost) -> f64; 4] = [|cost| cost.seconds, |cost| cost.peak, |cost| cost.size, |cost| cost.again];
    for (subject, own) in subjects.iter().zip(costs) {
        text += &format!("| {} |", subject.name);
        for figure in figures {
            let ratios = own.iter().zip(&costs[0]).map(|(own, first)| figure(own) / figure(first)).collect();
            text += &format!(" {:.1} | {:.2} |", median(own.iter().map(figure).collect()), median(ratios));
        }
        text.push('\n');
    }
    text
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
