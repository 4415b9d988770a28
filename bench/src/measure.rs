//! Measuring several subjects in turn.

use std::fmt;
use std::time::{Duration, Instant};

/// Rounds that are measured; an odd number has a median among its values.
const ROUNDS: usize = 41;
/// Rounds before that, which warm caches and are not counted.
const WARM_UP: usize = 3;
/// A subject that takes less is run several times in a round, so that the clock is fine enough.
const LEAST_TIME: Duration = Duration::from_millis(5);

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
    /// Median time of one run.
    pub time: Duration,
    /// Its time divided by that of the first subject, round by round.
    pub ratio: Spread,
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

/// Runs all subjects in turn, and compares each with the first.
pub fn compare(subjects: &mut [Subject<'_>]) -> Vec<Measured> {
    let repeats: Vec<u32> = subjects.iter_mut().map(repeats).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    for round in 0..WARM_UP + ROUNDS {
        for (position, subject) in subjects.iter_mut().enumerate() {
            let time = time(subject, repeats[position]);
            if round >= WARM_UP {
                times[position].push(time.as_secs_f64());
            }
        }
    }
    let base = times.first().cloned().unwrap_or_default();
    let measured = subjects.iter().zip(&times).map(|(subject, times)| {
        let ratios = times.iter().zip(&base).map(|(time, base)| time / base).collect();
        let time = Duration::from_secs_f64(spread(times.clone()).median);
        Measured { name: subject.name.clone(), time, ratio: spread(ratios) }
    });
    measured.collect()
}

/// How many times a subject runs in a round.
fn repeats(subject: &mut Subject<'_>) -> u32 {
    let once = time(subject, 1).max(Duration::from_nanos(1));
    u32::try_from(LEAST_TIME.as_nanos().div_ceil(once.as_nanos())).unwrap_or(u32::MAX)
}

/// Time of one run, as the mean of several.
fn time(subject: &mut Subject<'_>, repeats: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        (subject.run)();
    }
    start.elapsed() / repeats.max(1)
}

/// The median and the quartiles; zeros if there are no values.
fn spread(mut values: Vec<f64>) -> Spread {
    values.sort_by(f64::total_cmp);
    let at = |quarters: usize| {
        let position = values.len().saturating_sub(1) * quarters / 4;
        values.get(position).copied().unwrap_or_default()
    };
    Spread { low: at(1), median: at(2), high: at(3) }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;

    use super::*;

    #[test]
    fn quartiles_do_not_depend_on_the_order() {
        assert_eq!(spread(vec![5.0, 1.0, 4.0, 2.0, 3.0]), Spread { low: 2.0, median: 3.0, high: 4.0 });
        assert_eq!(spread(Vec::new()), Spread { low: 0.0, median: 0.0, high: 0.0 });
    }

    #[test]
    fn what_takes_longer_has_a_greater_ratio() {
        let mut subjects = [
            Subject::new("short", || sleep(Duration::from_millis(1))),
            Subject::new("long", || sleep(Duration::from_millis(6))),
        ];
        let measured = compare(&mut subjects);
        assert_eq!((measured[0].name.as_str(), measured[0].ratio.median), ("short", 1.0));
        assert!(measured[1].time >= Duration::from_millis(6));
        assert!(measured[1].ratio.median > 1.5, "{:?}", measured[1].ratio);
    }
}
