//! Makes random schemas and tries every tool on each.

use std::env;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use typelang_tests_random::{Campaign, Choices, Config, OptionSet, Toolchain, default_folder, generate};

const HELP: &str = "\
Makes random schemas and tries every tool on each

Checks each schema, formats it, reads and writes values of it, generates its code with several sets of options, compiles that
without a warning, and compares generated types with the walker on valid and damaged bytes.

Usage: cargo run --release -p typelang-tests-random -- [OPTIONS]

      --seeds FROM..TO   the seeds [default: 0..100]
      --plain            ordinary names and texts
      --sets SET,…       sets of options: run, plain, borrowed, inline, features, one-feature, only, documented [default: all]
      --mutations N      N copies of each schema with one random edit: errors have places, or the code compiles [default: 0]
      --in-turn          compile each schema with `run` and one other set, in turn
      --no-compile       generate no code
      --clippy           let clippy look at code that is not run
      --no-shrink        leave failing schemas as they are
      --batch N          schemas of one batch [default: 20]
      --jobs N           threads [default: as many as there are processors]
      --folder PATH      where crates and failing schemas go [default: target/random-schemas]
      --show             print the schemas and do nothing else

Failing schemas are in the folder `failures` beneath the folder, as small as they could be made, each with the reason.
Exit code 0 if nothing is wrong, 1 if something is or no value was made of any schema, 2 for wrong arguments or a runtime that cannot be compiled";

/// What the command line asks for.
struct Arguments {
    campaign: Campaign,
    clippy: bool,
    show: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
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

fn parse(arguments: Vec<String>) -> Result<Arguments, String> {
    let campaign = Campaign {
        seeds: 0..100,
        config: Config::ALL,
        sets: OptionSet::ALL.to_vec(),
        mutations: 0,
        in_turn: false,
        shrink: true,
        batch: 20,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        folder: default_folder(),
    };
    let mut parsed = Arguments { campaign, clippy: false, show: false };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let campaign = &mut parsed.campaign;
        match argument.as_str() {
            "--seeds" => campaign.seeds = range_of(&value()?)?,
            "--plain" => campaign.config = Config::PLAIN,
            "--sets" => campaign.sets = sets_of(&value()?)?,
            "--mutations" => campaign.mutations = number(&value()?)? as u64,
            "--in-turn" => campaign.in_turn = true,
            "--no-compile" => campaign.sets.clear(),
            "--no-shrink" => campaign.shrink = false,
            "--batch" => campaign.batch = number(&value()?)?,
            "--jobs" => campaign.jobs = number(&value()?)?,
            "--folder" => campaign.folder = PathBuf::from(value()?),
            "--clippy" => parsed.clippy = true,
            "--show" => parsed.show = true,
            _ => return Err(format!("unknown option {argument}; see --help")),
        }
    }
    Ok(parsed)
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}

fn range_of(text: &str) -> Result<Range<u64>, String> {
    let parts = text.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    parts.ok_or_else(|| format!("{text} is not FROM..TO"))
}

fn sets_of(text: &str) -> Result<Vec<OptionSet>, String> {
    let set = |name: &str| OptionSet::ALL.into_iter().find(|set| set.name() == name);
    text.split(',').map(|name| set(name).ok_or_else(|| format!("there is no set {name}; see --help"))).collect()
}

fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let begin = Instant::now();
    let campaign = &arguments.campaign;
    if arguments.show {
        for seed in campaign.seeds.clone() {
            let model = generate(&mut Choices::of_seed(seed), campaign.config);
            println!("{}\n{}", model.text(), model.facts_text().unwrap_or_default());
        }
        return Ok(ExitCode::SUCCESS);
    }
    // Panics are failures, which are reported.
    std::panic::set_hook(Box::new(|_| {}));
    let toolchain = if campaign.sets.is_empty() { None } else { Some(Toolchain::build(&campaign.folder)?) };
    let toolchain = toolchain.map(|toolchain| toolchain.with_clippy(arguments.clippy));
    let mut say = |text: &str| println!("{:>7.1} s  {text}", begin.elapsed().as_secs_f64());
    let outcome = campaign.run(toolchain.as_ref(), &mut say)?;
    println!("\nSchemas with each construct:\n{}", outcome.account.table());
    for (seed, failure, model) in &outcome.failures {
        println!("\nseed {seed}: {}\n{}\n{}", failure.kind, failure.message, model.text());
    }
    say(&format!("{} failures", outcome.failures.len()));
    if let Some(reason) = outcome.shows_nothing() {
        eprintln!("error: {reason}");
        return Ok(ExitCode::from(1));
    }
    Ok(if outcome.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
