//! Programs that others wrote, if this machine has them, and our own.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::environment::output;
use crate::inputs::root;
use crate::process::cargo;

/// The reference parser, a program in C that has read TL since 2013: `typelang-parser`, as in Debian's package of this name.
pub const REFERENCE_PARSER: &str = "typelang-parser";

/// The version of the reference parser's package; nothing, and a line that says so, if the program is not there. It tells no
/// version itself.
#[must_use]
pub fn reference_parser() -> Option<String> {
    // Without a schema it says how it is used, and fails.
    let found = Command::new(REFERENCE_PARSER).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if let Err(error) = found {
        println!("skipped: the reference parser, `{REFERENCE_PARSER}`: {error}\n");
        return None;
    }
    let package = output("dpkg-query", &["--show", "--showformat=${Version}", REFERENCE_PARSER]);
    Some(package.unwrap_or_else(|| "of unknown version".to_owned()))
}

/// Our own program in its release build, which is made first if it has to be.
///
/// # Errors
///
/// It cannot be built.
pub fn tl() -> Result<PathBuf, String> {
    built("typelang-cli", "tl", true)
}

/// A program of this workspace, which is built first if it has to be: optimised as a release is, or not at all.
///
/// # Errors
///
/// It cannot be built.
pub fn built(package: &str, program: &str, release: bool) -> Result<PathBuf, String> {
    let mut build = Command::new(cargo());
    build.current_dir(root()).args(["build", "--quiet", "--package", package, "--bin", program]);
    match build.args(release.then_some("--release")).status() {
        Ok(status) if status.success() => {}
        Ok(status) => return Err(format!("building {program}: {status}")),
        Err(error) => return Err(format!("building {program}: {error}")),
    }
    // A benchmark is in the folder `deps` of the profile's folder.
    let benchmark = std::env::current_exe().map_err(|error| error.to_string())?;
    let profiles = benchmark.ancestors().nth(3).ok_or("no folder for programs")?;
    let folder = profiles.join(if release { "release" } else { "debug" });
    let path = folder.join(program).with_extension(std::env::consts::EXE_EXTENSION);
    if path.exists() { Ok(path) } else { Err(format!("{} is not there", path.display())) }
}

/// A schema in Telegram's dialect as the reference parser takes it: it knows no built-in types but those that the text
/// declares, and none before it is declared.
#[must_use]
pub fn for_reference_parser(text: &str) -> String {
    const BUILT_IN: &str = "int ? = Int;\nlong ? = Long;\ndouble ? = Double;\nstring ? = String;\nbytes string = Bytes;\n\
                            int128 4*[ int ] = Int128;\nint256 8*[ int ] = Int256;\nint512 16*[ int ] = Int512;\n";
    let (first, others): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("true#"));
    let mut adapted = BUILT_IN.to_owned();
    for line in first.into_iter().chain(others) {
        adapted.push_str(line);
        adapted.push('\n');
    }
    adapted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn true_comes_before_what_uses_it() {
        let adapted = for_reference_parser("a#1 flags:# b:flags.0?true = A;\ntrue#3fedd339 = True;\n");
        assert!(adapted.ends_with("\ntrue#3fedd339 = True;\na#1 flags:# b:flags.0?true = A;\n"), "{adapted}");
        assert!(adapted.starts_with("int ? = Int;\n"));
    }
}
