//! Measuring several subjects in turn.

use std::fmt;
use std::time::{Duration, Instant};

/// Rounds that are measured; an odd number has a median among its values.
const ROUNDS: usize = 41;
/// Rounds before that, which warm caches and are not counted.
const WARM_UP: usize = 3;
/// A subject that takes less is run several times in a round, so that the clock is fine enough.
const LEAST_TIME: Duration = Duration::from_millis(5);
/// Parts of a round that are timed apart if a subject runs several times in it; the quickest counts. Other programs take the
/// processor away for longer than a part lasts, so that most rounds have a part without them.
const PARTS: u32 = 5;

/// Something to measure.
pub struct Subject<'a> {
    name: String,
    run: Box<dyn FnMut() + 'a>,
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Subject").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<'a> Subject<'a> {
    /// A subject that is measured by running it. It should keep what it computes from being left out as unused, with
    /// [`std::hint::black_box`].
    pub fn new(name: impl Into<String>, run: impl FnMut() + 'a) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }
}

/// What came out for one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Time of one run in each round, in seconds.
    pub times: Vec<f64>,
}

impl Measured {
    /// Median time of one run, in seconds.
    #[must_use]
    pub fn median(&self) -> f64 {
        Spread::of(self.times.clone()).median
    }

    /// Its time divided by that of another subject, round by round.
    #[must_use]
    pub fn ratio_to(&self, base: &Self) -> Spread {
        Spread::of_ratios(&self.times, &base.times)
    }
}

/// Values of all rounds, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The value in the middle.
    pub median: f64,
    /// A quarter of the values are below this one.
    pub low: f64,
    /// A quarter of the values are above this one.
    pub high: f64,
}

impl Spread {
    /// The median and the quartiles; zeros if there are no values.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |quarters: usize| {
            let position = values.len().saturating_sub(1) * quarters / 4;
            values.get(position).copied().unwrap_or_default()
        };
        Self { low: at(1), median: at(2), high: at(3) }
    }

    /// The same for values divided by others, round by round.
    #[must_use]
    pub fn of_ratios(values: &[f64], bases: &[f64]) -> Self {
        Self::of(values.iter().zip(bases).map(|(value, base)| value / base).collect())
    }
}

/// Runs all subjects in turn.
pub fn measure(subjects: &mut [Subject<'_>]) -> Vec<Measured> {
    let repeats: Vec<u32> = subjects.iter_mut().map(repeats).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    for round in 0..WARM_UP + ROUNDS {
        for ((subject, repeats), times) in subjects.iter_mut().zip(&repeats).zip(&mut times) {
            let time = time(subject, *repeats);
            if round >= WARM_UP {
                times.push(time);
            }
        }
    }
    let named = subjects.iter().zip(times);
    named.map(|(subject, times)| Measured { name: subject.name.clone(), times }).collect()
}

/// How many times a subject runs in a round.
fn repeats(subject: &mut Subject<'_>) -> u32 {
    let once = part(subject, 1).max(Duration::from_nanos(1));
    u32::try_from(LEAST_TIME.as_nanos().div_ceil(once.as_nanos())).unwrap_or(u32::MAX)
}

/// Time of one run in a round, in seconds.
fn time(subject: &mut Subject<'_>, repeats: u32) -> f64 {
    let parts = if repeats < PARTS { 1 } else { PARTS };
    let in_part = repeats / parts;
    let quickest = (0..parts).map(|_| part(subject, in_part)).min().unwrap_or_default();
    // Some take so few nanoseconds that parts of one count.
    quickest.as_secs_f64() / f64::from(in_part.max(1))
}

/// Time of several runs.
fn part(subject: &mut Subject<'_>, repeats: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        (subject.run)();
    }
    start.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_do_not_depend_on_the_order() {
        assert_eq!(Spread::of(vec![5.0, 1.0, 4.0, 2.0, 3.0]), Spread { low: 2.0, median: 3.0, high: 4.0 });
        assert_eq!(Spread::of(Vec::new()), Spread { low: 0.0, median: 0.0, high: 0.0 });
    }

    #[test]
    fn ratios_are_taken_within_each_round() {
        let first = Measured { name: "first".to_owned(), times: vec![1.0, 10.0, 100.0] };
        let second = Measured { name: "second".to_owned(), times: vec![2.0, 40.0, 300.0] };
        assert_eq!(second.ratio_to(&first), Spread { low: 2.0, median: 3.0, high: 3.0 });
        assert_eq!(second.median(), 40.0);
    }

    #[test]
    fn every_subject_runs_in_every_round() {
        let order = std::cell::RefCell::new(String::new());
        let mut subjects = ["a", "b"].map(|name| {
            let order = &order;
            Subject::new(name, move || {
                order.borrow_mut().push_str(name);
                std::thread::sleep(LEAST_TIME);
            })
        });
        let measured = measure(&mut subjects);
        assert!(measured.iter().all(|measured| measured.times.len() == ROUNDS), "{measured:?}");
        // Once each to find out how long they take, then in turn.
        drop(subjects);
        assert_eq!(order.into_inner(), "ab".repeat(1 + WARM_UP + ROUNDS));
    }
}
