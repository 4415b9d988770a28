//! Tries inputs that mean harm on the code that is generated from schemas.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use std::{env, fs, panic, thread};

use typelang_build::{Availability, Options, Profile};
use typelang_ir::{Argument, ConstructorId, ConstructorKind, Facts, Nat, ResolveOptions, Schema, ValueType};
use typelang_parser::{Severity, render_all};
use typelang_project::Project;
use typelang_tests::harm::{Harms, Root};
use typelang_tests::scope::{Scope, any_arguments};

const HELP: &str = "\
Tries inputs that mean harm on the code that is generated from schemas.

Usage: cargo run -p typelang-tests --bin worst -- SCHEMA… [OPTIONS]

Generates a crate of the files, which are one schema, builds it with the runtime of this repository, and decodes inputs of a
megabyte for every type, constructor, function and result, on a thread of 2 MiB: nested as deep as it goes, full of the smallest
elements, announcing more than there is, one long text. Nothing may overflow; the decoder may take 32 times the input, the walker
122 times; with `--release` none may take longer than a second.

Options:
  --each             Each file is a schema of its own
  --profile PROFILE  What the family of the schema takes for granted: telegram, tdlib, ton, vk
  --size BYTES       Length of an input [default: 1048576]
  --ways NUMBER      Ways through the types that are tried for each kind of input [default: 2]
  --seed NUMBER      What decides these ways [default: 0]
  --release          Optimised code
  --target FOLDER    Where it is built, to build the next one sooner
  --help             This text

Exit codes:
  0  what is promised holds
  1  it does not
  2  wrong arguments, a file that cannot be read, a schema with errors, or code that does not compile";

/// What the command line says.
struct Arguments {
    schemas: Vec<PathBuf>,
    each: bool,
    profile: Option<Profile>,
    size: usize,
    ways: usize,
    seed: u64,
    release: bool,
    target: Option<PathBuf>,
}

/// Stack of the thread that makes the inputs, which are nested themselves.
const STACK: usize = 512 << 20;

fn main() -> ExitCode {
    let texts: Vec<String> = env::args().skip(1).collect();
    if texts.iter().any(|text| text == "--help" || text == "-h") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match parse(texts).and_then(|arguments| run(&arguments)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn parse(texts: Vec<String>) -> Result<Arguments, String> {
    let mut parsed = Arguments {
        schemas: Vec::new(),
        each: false,
        profile: None,
        size: 1 << 20,
        ways: 2,
        seed: 0,
        release: false,
        target: None,
    };
    let mut texts = texts.into_iter();
    while let Some(text) = texts.next() {
        let mut value = || texts.next().ok_or_else(|| format!("{text} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is not a number"));
        match text.as_str() {
            "--each" => parsed.each = true,
            "--release" => parsed.release = true,
            "--profile" => {
                let name = value()?;
                parsed.profile = Some(Profile::from_name(&name).ok_or_else(|| format!("there is no profile {name}"))?);
            }
            "--size" => parsed.size = number(value()?)?,
            "--ways" => parsed.ways = number(value()?)?,
            "--seed" => parsed.seed = number(value()?)? as u64,
            "--target" => parsed.target = Some(PathBuf::from(value()?)),
            _ if text.starts_with("--") => return Err(format!("there is no option {text}; see --help")),
            _ => parsed.schemas.push(fs::canonicalize(&text).map_err(|error| format!("{text}: {error}"))?),
        }
    }
    if parsed.schemas.is_empty() { Err("name a schema file; see --help".to_owned()) } else { Ok(parsed) }
}

/// Returns whether what is promised holds.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let folder = tempfile::Builder::new().prefix("tl-worst-").tempdir().map_err(|error| error.to_string())?;
    let target = arguments.target.clone().unwrap_or_else(|| folder.path().join("target"));
    let mut holds = true;
    let groups: Vec<&[PathBuf]> =
        if arguments.each { arguments.schemas.chunks(1).collect() } else { vec![&arguments.schemas[..]] };
    for files in groups {
        let names = files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
        println!("{names}");
        match try_one(arguments, files, folder.path(), &target) {
            Ok(well) => holds &= well,
            Err(error) if arguments.each => {
                println!("error: {error}");
                holds = false;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(holds)
}

fn try_one(arguments: &Arguments, files: &[PathBuf], folder: &Path, target: &Path) -> Result<bool, String> {
    let begin = Instant::now();
    let schema = load(files, arguments.profile)?;
    let crate_folder = folder.join("crate");
    _ = fs::remove_dir_all(&crate_folder);
    generate(&schema, &crate_folder)?;
    let inputs = folder.join("inputs.tsv");
    let text = on_large_stack(schema, arguments);
    fs::write(&inputs, &text).map_err(|error| error.to_string())?;
    let program = build(&crate_folder, target, arguments.release)?;
    eprintln!("built after {:.1} s; {} inputs", begin.elapsed().as_secs_f32(), text.lines().count());
    let child = Command::new(program)
        .arg(&inputs)
        .arg(arguments.size.to_string())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| error.to_string())?;
    print!("{}", String::from_utf8_lossy(&child.stdout));
    if child.status.code().is_some_and(|code| code < 2) {
        return Ok(child.status.success());
    }
    let said = String::from_utf8_lossy(&child.stderr);
    let last: Vec<&str> = said.lines().rev().take(8).collect();
    println!(
        "fault: the process ended with {}:\n  {}",
        child.status,
        last.into_iter().rev().collect::<Vec<_>>().join("\n  ")
    );
    Ok(false)
}

fn load(files: &[PathBuf], profile: Option<Profile>) -> Result<Schema, String> {
    let project = Project::read(files, |path| fs::read(path)).map_err(|error| error.to_string())?;
    let checked = project.as_one(ResolveOptions { profile, ..ResolveOptions::default() });
    let errors: Vec<_> = checked.diagnostics.into_iter().filter(|it| it.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(checked.schema) } else { Err(render_all(&errors, &project.sources)) }
}

/// The inputs, a line each.
fn on_large_stack(schema: Schema, arguments: &Arguments) -> String {
    let (size, ways, seed) = (arguments.size, arguments.ways, arguments.seed);
    let run = move || inputs(&schema, size, ways, seed);
    let thread = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be started");
    thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
}

fn inputs(schema: &Schema, size: usize, ways: usize, seed: u64) -> String {
    let mut roots = Vec::new();
    // What depends on parameters is a part of something else, and so are the groups of repetitions.
    let facts = Facts::new(schema);
    let is_group = |id: &ConstructorId| schema[*id].kind == ConstructorKind::Group;
    for id in schema.type_ids().filter(|&id| facts.used_by_type(id).is_empty()) {
        if !schema[id].constructors.iter().any(is_group) {
            let ty = ValueType::Boxed(id, any_arguments(schema, id));
            roots.push(("Type", schema[id].name.to_string(), Root::Value(ty)));
        }
    }
    let is_alone = |id: &ConstructorId| facts.used_by_constructor(*id).is_empty();
    let is_named = |id: &ConstructorId| schema[*id].kind == ConstructorKind::Named;
    for id in schema.constructor_ids().filter(|id| is_named(id) && is_alone(id)) {
        let arguments = any_arguments(schema, schema[id].result);
        let name = schema[id].combinator.name.to_string();
        roots.push(("Constructor", name, Root::Value(ValueType::Bare(id, arguments))));
    }
    for id in schema.function_ids() {
        let name = schema[id].combinator.name.to_string();
        roots.push(("Function", name.clone(), Root::Call(id)));
        if is_closed(&facts, &schema[id].result) {
            // What is left of the call makes no difference.
            let result = Scope::new(&schema[id].combinator, &[]).close(&schema[id].result);
            roots.push(("Result", name, Root::Value(result)));
        }
    }
    let mut harms = Harms::new(schema, size);
    let mut text = String::new();
    for (number, (kind, name, root)) in roots.iter().enumerate() {
        for harm in harms.of(root, seed.wrapping_add(number as u64), ways) {
            _ = write!(text, "{kind}\t{name}\t{}\t", harm.name);
            harm.begin.iter().for_each(|byte| _ = write!(text, "{byte:02x}"));
            text.push('\t');
            harm.piece.iter().for_each(|byte| _ = write!(text, "{byte:02x}"));
            text.push('\n');
        }
    }
    text
}

/// Returns whether a result depends on nothing of its call. Numbers that are only handed on make no difference.
fn is_closed(facts: &Facts, ty: &ValueType) -> bool {
    let mut is_closed = true;
    let depends = |arguments: &[Argument], used: &[usize]| {
        used.iter().any(|&it| matches!(arguments.get(it), Some(Argument::Nat(Nat::Variable(..)))))
    };
    ty.walk(&mut |ty| {
        let numbers = match ty {
            ValueType::Tuple { count: Nat::Variable(..), .. } => true,
            ValueType::Boxed(id, arguments) => depends(arguments, facts.used_by_type(*id)),
            ValueType::Bare(id, arguments) => depends(arguments, facts.used_by_constructor(*id)),
            ValueType::Parameter(_) | ValueType::Output(_) => true,
            _ => false,
        };
        is_closed &= !numbers;
    });
    is_closed
}

/// Writes the crate.
fn generate(schema: &Schema, folder: &Path) -> Result<(), String> {
    let has_constructors = schema.constructor_ids().next().is_some();
    let options = Options {
        documentation: false,
        pretty: false,
        function_decoding: Availability::Always,
        any_constructor: if has_constructors { Availability::Always } else { Availability::Never },
        reflect: Availability::Always,
        catalog: Availability::Always,
        ..Options::default()
    };
    let io = |error: std::io::Error| error.to_string();
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = typelang_build::generate_file(schema, &options);
    fs::create_dir_all(folder.join("src")).map_err(io)?;
    fs::write(folder.join("src/tl.rs"), &code).map_err(io)?;
    let list = |name: &str| {
        if code.contains(&format!("{name} :")) || code.contains(&format!("{name}:")) {
            format!("&tl::{name}")
        } else {
            "&[]".to_owned()
        }
    };
    let program = format!(
        "#![allow(warnings)]\n#[path = {:?}]\nmod run;\nmod tl;\n\nfn main() -> std::process::ExitCode {{\n    run::main(run::Subject {{ table: tl::TABLE, catalog: {}, calls: {} }})\n}}\n",
        package.join("src/harm/run.rs"),
        list("CATALOG"),
        list("CALLS"),
    );
    fs::write(folder.join("src/main.rs"), program).map_err(io)?;
    let manifest = format!(
        "[package]\nname = \"tl-worst-of-a-schema\"\nedition = \"2024\"\n\n[dependencies]\nstats_alloc = \"0.1\"\n\
         typelang = {{ path = {:?}, features = [\"reflect\"] }}\n\n[profile.dev]\ndebug = false\nincremental = false\n\n\
         [profile.release]\nincremental = false\n\n[workspace]\n",
        package.join("../runtime")
    );
    fs::write(folder.join("Cargo.toml"), manifest).map_err(io)?;
    // The same versions as here, so that nothing has to be looked up.
    let lock = fs::read_to_string(package.join("../Cargo.lock")).map_err(io)?;
    fs::write(folder.join("Cargo.lock"), lock).map_err(io)
}

/// Builds the crate and returns the path of the program.
fn build(folder: &Path, target: &Path, release: bool) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target);
    if release {
        command.arg("--release");
    }
    let status = command.env_remove("CARGO_BUILD_TARGET").status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the generated code cannot be built".to_owned());
    }
    let profile = if release { "release" } else { "debug" };
    Ok(target.join(profile).join(format!("tl-worst-of-a-schema{}", env::consts::EXE_SUFFIX)))
}
