//! Makes random schemas and tries every tool on each.

use std::env;
use std::ops::Range;
use std::process::ExitCode;
use std::time::Instant;

use typelang_tests_random::{Account, Choices, Config, check, generate};

const HELP: &str = "\
Makes random schemas and tries every tool on each

Usage: cargo run --release -p typelang-tests-random -- [--seeds FROM..TO] [--plain] [--show]

      --seeds FROM..TO   the seeds; 0..100 if not given
      --plain            ordinary names and texts
      --show             print each schema

Exit code 0 if nothing is wrong, 1 if something is, 2 for wrong arguments";

/// What the command line asks for.
struct Arguments {
    seeds: Range<u64>,
    config: Config,
    show: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match parse(arguments) {
        Ok(arguments) => run(&arguments),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: Vec<String>) -> Result<Arguments, String> {
    let mut parsed = Arguments { seeds: 0..100, config: Config::ALL, show: false };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seeds" => {
                let range = arguments.next().unwrap_or_default();
                parsed.seeds = range_of(&range).ok_or_else(|| format!("{range:?} is not FROM..TO"))?;
            }
            "--plain" => parsed.config = Config::PLAIN,
            "--show" => parsed.show = true,
            _ => return Err(format!("unknown option {argument}; see --help")),
        }
    }
    Ok(parsed)
}

fn range_of(text: &str) -> Option<Range<u64>> {
    let (from, to) = text.split_once("..")?;
    Some(from.parse().ok()?..to.parse().ok()?)
}

fn run(arguments: &Arguments) -> ExitCode {
    let begin = Instant::now();
    // Panics are failures, which are reported.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut account, mut failed) = (Account::default(), 0);
    for seed in arguments.seeds.clone() {
        let model = generate(&mut Choices::of_seed(seed), arguments.config);
        if arguments.show {
            println!("{}\n{}", model.text(), model.facts_text().unwrap_or_default());
        }
        match check(&model) {
            Ok(checked) => account.add(&model, &checked),
            Err(failure) => {
                failed += 1;
                println!("seed {seed}: {}\n{}", failure.kind, failure.message);
            }
        }
    }
    println!("{}", account.table());
    println!("{} schemas, {failed} failed, {:.1} s", account.schemas + failed, begin.elapsed().as_secs_f64());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
