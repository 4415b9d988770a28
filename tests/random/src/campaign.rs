//! A run over many seeds: schemas are made and checked, their code is compiled and run in batches, and what fails is made smaller.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use crate::check::{Checked, Failure, check, check_text, uses_opaque};
use crate::choices::Choices;
use crate::compile::{Compiled, OptionSet, Toolchain, Tried, Workshop};
use crate::constructs::Account;
use crate::generator::{Config, generate};
use crate::model::Model;
use crate::mutate::mutated;
use crate::shrink::shrink;

/// Attempts at a smaller schema.
const TRIES: usize = 400;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The seeds.
    pub seeds: Range<u64>,
    /// The kinds of schemas.
    pub config: Config,
    /// The sets of options; none to compile nothing.
    pub sets: Vec<OptionSet>,
    /// Edits of each schema, one at a time.
    pub mutations: u64,
    /// Only one set beside the one that is run for each schema, in turn.
    pub in_turn: bool,
    /// Whether failing schemas are made smaller.
    pub shrink: bool,
    /// Schemas of one batch.
    pub batch: usize,
    /// Threads.
    pub jobs: usize,
    /// The folder of crates and of failing schemas.
    pub folder: PathBuf,
}

/// The outcome of a campaign.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What the schemas had.
    pub account: Account,
    /// Crates that were compiled.
    pub compiled: usize,
    /// Values that the table read and wrote.
    pub walked: usize,
    /// Schemas of which no value could be made.
    pub without_values: usize,
    /// What the programs tried.
    pub tried: Tried,
    /// Texts with an edit, and how many of them were accepted.
    pub mutations: (usize, usize),
    /// Seeds that failed, with the reason and the schema, as small as it could be made.
    pub failures: Vec<(u64, Failure, Model)>,
}

impl Outcome {
    /// Why the run shows nothing, if it does not: a fault of the generator or of the samples would look like success.
    #[must_use]
    pub fn shows_nothing(&self) -> Option<String> {
        let schemas = self.account.schemas;
        (self.without_values == schemas && self.failures.is_empty())
            .then(|| format!("no value was made of any of {schemas} schemas"))
    }
}

/// A schema on its way.
struct Case {
    seed: u64,
    model: Model,
    checked: Checked,
}

impl Campaign {
    /// Does it. `say` is told of each batch.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime cannot be compiled, or a folder cannot be written.
    pub fn run(&self, toolchain: Option<&Toolchain>, say: &mut dyn FnMut(&str)) -> Result<Outcome, String> {
        let mut outcome = Outcome::default();
        let crates = self.folder.join("crates");
        fs::create_dir_all(&crates).map_err(|error| format!("{}: {error}", crates.display()))?;
        let workshop = toolchain.map(|toolchain| Workshop { toolchain, folder: &crates });
        let seeds: Vec<u64> = self.seeds.clone().collect();
        for batch in seeds.chunks(self.batch.max(1)) {
            let mut failures = Vec::new();
            let cases = self.checked(batch, &mut outcome, &mut failures);
            self.edited(workshop.as_ref(), &cases, &mut outcome)?;
            if let Some(workshop) = &workshop {
                self.compiled(workshop, &cases, &mut outcome, &mut failures)?;
                _ = fs::remove_dir_all(&crates);
                fs::create_dir_all(&crates).map_err(|error| error.to_string())?;
            }
            for (seed, failure, model) in failures {
                say(&format!("seed {seed}: {}", failure.kind));
                let model = if self.shrink { self.smaller(seed, &model, &failure, workshop.as_ref()) } else { model };
                self.keep(seed, &failure, &model)?;
                outcome.failures.push((seed, failure, model));
            }
            say(&format!(
                "{} schemas ({} without values), {} edits ({} accepted), {} crates, {} values ({} given up), {} failures",
                outcome.account.schemas,
                outcome.without_values,
                outcome.mutations.0,
                outcome.mutations.1,
                outcome.compiled,
                outcome.walked + outcome.tried.values,
                outcome.tried.given_up,
                outcome.failures.len()
            ));
        }
        Ok(outcome)
    }

    fn checked(&self, seeds: &[u64], outcome: &mut Outcome, failures: &mut Vec<(u64, Failure, Model)>) -> Vec<Case> {
        let mut cases = Vec::new();
        let made = in_parallel(self.jobs, seeds.len(), |index| {
            let model = generate(&mut Choices::of_seed(seeds[index]), self.config);
            let checked = check(&model);
            (model, checked)
        });
        for (&seed, (model, checked)) in seeds.iter().zip(made) {
            match checked {
                Ok(checked) => {
                    outcome.account.add(&model, &checked);
                    outcome.walked += checked.values;
                    outcome.without_values += usize::from(checked.values == 0);
                    cases.push(Case { seed, model, checked });
                }
                Err(failure) => failures.push((seed, failure, model)),
            }
        }
        cases
    }

    /// Schemas with one edit are refused with places, or are right: then their code compiles. What fails is kept as it is.
    fn edited(&self, workshop: Option<&Workshop<'_>>, cases: &[Case], outcome: &mut Outcome) -> Result<(), String> {
        let tasks: Vec<(&Case, u64)> =
            cases.iter().flat_map(|case| (0..self.mutations).map(move |edit| (case, edit))).collect();
        let results = in_parallel(self.jobs, tasks.len(), |index| {
            let (case, edit) = tasks[index];
            let text = mutated(&case.model.text(), &mut Choices::of_seed(case.seed << 32 | edit));
            let result = check_text(&text).and_then(|checked| {
                let Some(checked) = checked else { return Ok(false) };
                // An edit of a comment changes nothing that is compiled.
                let is_new = checked.schema.constructors.iter().map(|it| &it.combinator.text).ne(case
                    .checked
                    .schema
                    .constructors
                    .iter()
                    .map(|it| &it.combinator.text))
                    || checked.schema.functions.iter().map(|it| &it.combinator.text).ne(case
                        .checked
                        .schema
                        .functions
                        .iter()
                        .map(|it| &it.combinator.text));
                if let Some(workshop) = workshop.filter(|_| is_new && !uses_opaque(&checked.schema)) {
                    workshop.compile(&checked, edit, OptionSet::Run, &format!("e{}_{edit}", case.seed))?;
                }
                Ok(true)
            });
            (text, result)
        });
        for ((case, edit), (text, result)) in tasks.into_iter().zip(results) {
            outcome.mutations.0 += 1;
            match result {
                Ok(accepted) => outcome.mutations.1 += usize::from(accepted),
                Err(failure) => {
                    self.write(&format!("{}-edit-{edit}", case.seed), &failure, &text)?;
                    outcome.failures.push((case.seed, failure, case.model.clone()));
                }
            }
        }
        Ok(())
    }

    /// The sets for a seed.
    fn sets_of(&self, seed: u64) -> Vec<OptionSet> {
        let others: Vec<OptionSet> = self.sets.iter().copied().filter(|set| *set != OptionSet::Run).collect();
        let mut sets = self.sets.clone();
        if self.in_turn && !others.is_empty() {
            let turn = others[seed as usize % others.len()];
            sets.retain(|set| *set == OptionSet::Run || *set == turn);
        }
        sets
    }

    fn compiled(
        &self,
        workshop: &Workshop<'_>,
        cases: &[Case],
        outcome: &mut Outcome,
        failures: &mut Vec<(u64, Failure, Model)>,
    ) -> Result<(), String> {
        let tasks: Vec<(&Case, OptionSet)> =
            cases.iter().flat_map(|case| self.sets_of(case.seed).into_iter().map(move |set| (case, set))).collect();
        let results = in_parallel(self.jobs, tasks.len(), |index| {
            let (case, set) = tasks[index];
            workshop.compile(&case.checked, case.seed, set, &format!("s{}", case.seed))
        });
        let mut to_run: Vec<(&Case, Compiled)> = Vec::new();
        for ((case, set), result) in tasks.into_iter().zip(results) {
            match result {
                Ok(compiled) => {
                    outcome.compiled += 1;
                    if set == OptionSet::Run {
                        to_run.push((case, compiled));
                    }
                }
                Err(failure) => failures.push((case.seed, failure, case.model.clone())),
            }
        }
        if to_run.is_empty() {
            return Ok(());
        }
        let crates: Vec<Compiled> = to_run.iter().map(|(_, compiled)| compiled.clone()).collect();
        for ((case, _), result) in to_run.into_iter().zip(workshop.run(&crates)?) {
            match result {
                Ok(tried) => outcome.tried.add(tried),
                Err(failure) => failures.push((case.seed, failure, case.model.clone())),
            }
        }
        Ok(())
    }

    /// A smaller schema with a failure of the same kind.
    fn smaller(&self, seed: u64, model: &Model, failure: &Failure, workshop: Option<&Workshop<'_>>) -> Model {
        let words: Vec<&str> = failure.kind.split([' ', ':']).collect();
        let set = self.sets.iter().copied().find(|set| words.contains(&set.name()));
        shrink(model, TRIES, |candidate| {
            let found = match (check(candidate), set, workshop) {
                (Err(found), ..) => Some(found),
                (Ok(checked), Some(set), Some(workshop)) => try_one(workshop, &checked, seed, set).err(),
                (Ok(_), ..) => None,
            };
            found.is_some_and(|found| found.kind == failure.kind)
        })
    }

    fn keep(&self, seed: u64, failure: &Failure, model: &Model) -> Result<(), String> {
        self.write(&seed.to_string(), failure, model.text().as_bytes())?;
        match model.facts_text() {
            Some(facts) => self.write_file(&seed.to_string(), failure, "toml", facts.as_bytes()),
            None => Ok(()),
        }
    }

    fn write(&self, name: &str, failure: &Failure, text: &[u8]) -> Result<(), String> {
        self.write_file(name, failure, "tl", text)?;
        self.write_file(name, failure, "txt", format!("{}\n\n{}\n", failure.kind, failure.message).as_bytes())
    }

    fn write_file(&self, name: &str, failure: &Failure, extension: &str, text: &[u8]) -> Result<(), String> {
        let folder = self.folder.join("failures");
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let word = failure.kind.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' });
        let word: String = word.take(40).collect();
        let path = folder.join(format!("{name}-{word}.{extension}"));
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// Compiles a schema with one set, and runs it if the set is run.
fn try_one(workshop: &Workshop<'_>, checked: &Checked, seed: u64, set: OptionSet) -> Result<(), Failure> {
    let compiled = workshop.compile(checked, seed, set, "smaller")?;
    if set != OptionSet::Run {
        return Ok(());
    }
    let results = workshop.run(&[compiled]).map_err(|error| Failure::new("link", error))?;
    results.into_iter().try_for_each(|result| result.map(drop))
}

/// Calls a function for each number below `count`, in several threads, and returns the results in order.
pub fn in_parallel<T: Send>(jobs: usize, count: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new((0..count).map(|_| None).collect::<Vec<Option<T>>>());
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let result = run(index);
                    results.lock().expect("no thread panics with the lock")[index] = Some(result);
                }
            });
        }
    });
    results.into_inner().expect("all threads ended").into_iter().map(|it| it.expect("each was run")).collect()
}

/// The folder for crates: in the target folder of the workspace.
#[must_use]
pub fn default_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"));
    target.join("random-schemas")
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn a_run_without_values_shows_nothing() {
        let mut outcome = Outcome::default();
        assert!(outcome.shows_nothing().is_some(), "no schemas");
        (outcome.account.schemas, outcome.without_values) = (3, 3);
        assert_eq!(outcome.shows_nothing().as_deref(), Some("no value was made of any of 3 schemas"));
        outcome.without_values = 2;
        assert_eq!(outcome.shows_nothing(), None);
    }
}
