//! How fast schemas are read: parsed, resolved and checked.

use std::fs;
use std::hint::black_box;
use std::io;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use grammers_tl_parser::parse_tl_file;
use typelang_bench::environment::{locked_version, summary};
use typelang_bench::inputs::{Input, api, td_api};
use typelang_bench::measure::{Subject, measure};
use typelang_bench::peers::{REFERENCE_PARSER, for_reference_parser, reference_parser, tl};
use typelang_bench::table::{Unit, markdown};
use typelang_ir::{ResolveOptions, resolve};
use typelang_lint::Levels;
use typelang_parser::{Severity, parse};
use typelang_project::Project;

fn main() {
    println!("# Reading schemas\n\n{}\n", summary());
    let inputs: Vec<Input> = [api(), td_api()].into_iter().flatten().collect();
    for input in &inputs {
        in_process(input);
    }
    match tl() {
        Ok(tl) => inputs.iter().for_each(|input| processes(input, &tl)),
        Err(error) => println!("skipped: {error}\n"),
    }
}

/// Our stages beside the peer, in this process; the text is in memory.
fn in_process(input: &Input) {
    let text = &input.text;
    let declared = checked(text);
    let mut subjects = vec![
        Subject::new("tl: parse, resolve and lint", || {
            black_box(checked(black_box(text)));
        }),
        Subject::new("tl: parse and resolve", || {
            let file = parse(Default::default(), black_box(text)).file;
            black_box(resolve(&[file], ResolveOptions::default()));
        }),
        Subject::new("tl: parse", || {
            black_box(parse(Default::default(), black_box(text)));
        }),
    ];
    let peer = format!("grammers-tl-parser {}", locked_version("grammers-tl-parser"));
    let remark = match parsed_by_grammers(text) {
        Ok(definitions) => {
            subjects.push(Subject::new(format!("{peer}: parse"), || {
                black_box(parse_tl_file(black_box(text)).collect::<Vec<_>>());
            }));
            format!("{peer} reads {definitions} of the declarations.")
        }
        Err(reason) => format!("Without {peer}: {reason}."),
    };
    println!("## {} in one process ({} bytes, {declared} declarations)\n", input.name, text.len());
    println!("{}\n{remark}\n", markdown(&measure(&mut subjects), Unit::Milliseconds));
}

/// Does what `tl check` does with a text, and returns the number of its declarations. A schema with errors is no measure.
fn checked(text: &str) -> usize {
    let mut project = Project::new();
    project.add_schema("schema.tl", text.as_bytes().to_vec());
    let checked = project.as_one(ResolveOptions::default());
    let findings = project.lint(&Levels::new(), checked.diagnostics);
    assert!(findings.iter().all(|it| it.severity != Severity::Error), "{findings:?}");
    let schema = &checked.schema;
    schema.declared_constructors() + schema.builtins.len() + schema.functions.len()
}

/// How many declarations the peer reads, or why it does not.
fn parsed_by_grammers(text: &str) -> Result<usize, String> {
    // Its panic is a result like others; the message with the whole schema in it would hide them.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let parsed = panic::catch_unwind(|| parse_tl_file(text).filter_map(Result::ok).count());
    panic::set_hook(hook);
    parsed.map_err(|_| "it panics on this text".to_owned())
}

/// Whole processes: from the start of a program to its end, reading the file included.
fn processes(input: &Input, tl: &Path) {
    let Some(version) = reference_parser() else { return };
    let Ok(text) = reference_input(input) else { return println!("skipped: no file for the reference parser\n") };
    let ours = || run(Command::new(tl).arg("check").arg(&input.path));
    let reference = || run(Command::new(REFERENCE_PARSER).arg(&text));
    if !(ours() && reference()) {
        return println!("skipped: {} has errors for one of the programs\n", input.name);
    }
    println!("## {}, whole processes\n", input.name);
    let mut subjects = [
        Subject::new("`tl check`", || assert!(ours(), "the schema has no errors")),
        Subject::new(format!("reference parser, {version}"), || assert!(reference(), "the schema has no errors")),
    ];
    println!("{}", markdown(&measure(&mut subjects), Unit::Milliseconds));
}

/// The file that the reference parser is given: the schema itself if it declares the built-in types.
fn reference_input(input: &Input) -> io::Result<PathBuf> {
    if input.text.contains("string ? = String;") {
        return Ok(input.path.clone());
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(input.name);
    fs::write(&path, for_reference_parser(&input.text))?;
    Ok(path)
}

/// Runs a program to its end, and says whether it was content.
fn run(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
