//! Checks encodings made by other software against the code that is generated from a schema.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs};

use typelang_build::{Availability, Builder, Profile};
use typelang_tests::vectors::Rename;

const HELP: &str = "\
Checks encodings made by other software against the code that is generated from a schema.

Usage: cargo run -p typelang-tests --bin vectors -- SCHEMA… --vectors FILE… [OPTIONS]

Generates a crate of the schema files into a temporary folder, builds it with the runtime of this repository, and checks every
line of the files: the value, built through serde and encoded, gives the bytes; the bytes, decoded and serialized, give the
value. A line is a JSON object with `name`, `kind` (`type` or `function`), `value` and `hex`.

Options:
  --vectors FILE…        Files of encodings, one JSON object a line
  --profile PROFILE      What the family of the schema takes for granted: telegram, tdlib, ton, vk
  --rename PLACE=NAME…   Other names for objects in a field: msg_container.messages=containedMessage
  --explanations FILE    Reasons for lines that differ: FILE:LINE, name and reason, with tabs between them
                         [default: tests/data/vectors-explained.tsv]
  --limit NUMBER         How many lines of each kind are shown; 0 for all; all are counted in any case [default: 100]
  --help                 This text

Exit codes:
  0  every line is equal, or different for a reason that is stated
  1  a line is different or cannot be read, or its constructor or function is not in the schema
  2  wrong arguments, a file that cannot be read, a schema with errors, or code that does not compile";

/// What the command line says.
#[derive(Default)]
struct Arguments {
    schemas: Vec<PathBuf>,
    vectors: Vec<PathBuf>,
    renames: Vec<String>,
    profile: Option<Profile>,
    explanations: Option<PathBuf>,
    limit: Option<usize>,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match parse(arguments).and_then(|arguments| run(&arguments)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: Vec<OsString>) -> Result<Arguments, String> {
    let mut parsed = Arguments::default();
    let mut option = String::new();
    for argument in arguments {
        let text = argument.to_string_lossy().into_owned();
        if let Some(name) = text.strip_prefix("--") {
            if !["vectors", "rename", "profile", "explanations", "limit"].contains(&name) {
                return Err(format!("there is no option {text}; see --help"));
            }
            option = name.to_owned();
            continue;
        }
        match option.as_str() {
            "vectors" => parsed.vectors.push(absolute(&argument)?),
            "rename" => {
                Rename::parse(&text).ok_or_else(|| format!("{text} is not CONSTRUCTOR.FIELD=NAME"))?;
                parsed.renames.push(text);
            }
            "profile" => {
                parsed.profile = Some(Profile::from_name(&text).ok_or_else(|| format!("there is no profile {text}"))?);
                option.clear();
            }
            "limit" => {
                parsed.limit = Some(text.parse().map_err(|_| format!("{text} is not a number"))?);
                option.clear();
            }
            "explanations" => {
                parsed.explanations = Some(absolute(&argument)?);
                option.clear();
            }
            _ => parsed.schemas.push(absolute(&argument)?),
        }
    }
    if parsed.schemas.is_empty() || parsed.vectors.is_empty() {
        return Err("name a schema file and, after --vectors, a file of encodings; see --help".to_owned());
    }
    Ok(parsed)
}

fn absolute(path: &OsString) -> Result<PathBuf, String> {
    fs::canonicalize(path).map_err(|error| format!("{}: {error}", Path::new(path).display()))
}

fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let start = Instant::now();
    let folder = tempfile::Builder::new().prefix("tl-vectors-").tempdir().map_err(|error| error.to_string())?;
    eprintln!("generating the code of {} into {}", list(&arguments.schemas), folder.path().display());
    generate(arguments, folder.path())?;
    eprintln!("building it ({:.1} s so far); large schemas take a minute", start.elapsed().as_secs_f32());
    let program = build(folder.path())?;
    eprintln!("checking {} ({:.1} s so far)", list(&arguments.vectors), start.elapsed().as_secs_f32());
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let explanations = arguments.explanations.clone().unwrap_or_else(|| package.join("data/vectors-explained.tsv"));
    let renames = arguments.renames.iter().map(|rename| format!("--rename={rename}"));
    let status = Command::new(program)
        .arg(explanations)
        .args(renames)
        .args(arguments.limit.map(|limit| format!("--limit={limit}")))
        .args(&arguments.vectors)
        .status()
        .map_err(|error| error.to_string())?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2)))
}

fn list(paths: &[PathBuf]) -> String {
    let names = paths.iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    names.collect::<Vec<_>>().join(", ")
}

/// Writes the crate.
fn generate(arguments: &Arguments, folder: &Path) -> Result<(), String> {
    let builder = Builder::new()
        .schemas(&arguments.schemas)
        .documentation(false)
        .pretty(false)
        .function_decoding(Availability::Always)
        .any_constructor(Availability::Always)
        .serde(Availability::Always);
    let builder = arguments.profile.into_iter().fold(builder, Builder::profile);
    let code = builder.generate_to_string().map_err(|error| error.to_string())?;
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let write = |path: &str, text: &str| fs::write(folder.join(path), text).map_err(|error| error.to_string());
    fs::create_dir(folder.join("src")).map_err(|error| error.to_string())?;
    write("src/tl.rs", &code)?;
    write("src/main.rs", &program(package, &code))?;
    write("Cargo.toml", &manifest(package))?;
    // The same versions as here, so that nothing has to be looked up.
    let lock = fs::read_to_string(package.join("../Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    write("Cargo.lock", &lock)
}

fn manifest(package: &Path) -> String {
    let runtime = package.join("../runtime");
    format!(
        "[package]
name = \"tl-vectors-of-a-schema\"
edition = \"2024\"

[dependencies]
serde_json = {{ version = \"1\", features = [\"float_roundtrip\", \"unbounded_depth\"] }}
typelang = {{ path = {runtime:?}, features = [\"serde\"] }}

[profile.dev]
debug = false
incremental = false

[workspace]
"
    )
}

/// The text of the crate's program: the modules of this package that check lines, and the code of the schema.
fn program(package: &Path, code: &str) -> String {
    let module = |name: &str, file: &str| format!("#[path = {:?}]\nmod {name};\n", package.join("src").join(file));
    let modules = [
        module("encodings", "encodings.rs"),
        module("hexadecimal", "hexadecimal.rs"),
        module("vectors", "vectors/mod.rs"),
    ];
    let codec = |name: &str| match code.contains(&format!("enum {name}")) {
        true => format!("Some(vectors::Codec::of::<tl::{name}>())"),
        false => "None".to_owned(),
    };
    format!(
        "#![allow(warnings)]
{}mod tl;

fn main() -> std::process::ExitCode {{
    let subject = vectors::Subject {{
        table: tl::TABLE,
        constructors: {},
        functions: {},
    }};
    vectors::main(&subject)
}}
",
        modules.concat(),
        codec("AnyConstructor"),
        codec("AnyFunction")
    )
}

/// Builds the crate and returns the path of the program.
fn build(folder: &Path) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = folder.join("target");
    let status = Command::new(cargo)
        .args(["build", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env_remove("CARGO_BUILD_TARGET")
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the generated code cannot be built".to_owned());
    }
    Ok(target.join("debug").join(format!("tl-vectors-of-a-schema{}", env::consts::EXE_SUFFIX)))
}
