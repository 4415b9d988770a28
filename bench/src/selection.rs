//! How much is measured: what a user asks for by environment variables.

use std::env;

/// How much is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    rounds: usize,
    rows: Vec<String>,
}

impl Selection {
    /// What the environment asks for: `TL_BENCH_ROUNDS`, 5 if not set; `TL_BENCH_ROWS`, names between commas, all if not set.
    ///
    /// # Errors
    ///
    /// The number of rounds is none, or a row is not among the known ones.
    pub fn from_environment(known: &[&str]) -> Result<Self, String> {
        Self::parse(env::var("TL_BENCH_ROUNDS").ok().as_deref(), env::var("TL_BENCH_ROWS").ok().as_deref(), known)
    }

    fn parse(rounds: Option<&str>, rows: Option<&str>, known: &[&str]) -> Result<Self, String> {
        let rounds = match rounds.map(str::parse) {
            None => 5,
            Some(Ok(rounds)) if rounds > 0 => rounds,
            Some(_) => return Err("TL_BENCH_ROUNDS is not a number above zero".to_owned()),
        };
        let rows = rows.map_or_else(|| known.to_vec(), |rows| rows.split(',').map(str::trim).collect());
        match rows.iter().find(|row| !known.contains(row)) {
            Some(unknown) => Err(format!("TL_BENCH_ROWS: `{unknown}` is none of {}", known.join(", "))),
            None => Ok(Self { rounds, rows: rows.into_iter().map(str::to_owned).collect() }),
        }
    }

    /// How many times everything is measured.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.rounds
    }

    /// Whether a row is wanted.
    #[must_use]
    pub fn has(&self, row: &str) -> bool {
        self.rows.iter().any(|wanted| wanted == row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_wish_everything_is_measured() {
        let all = Selection::parse(None, None, &["crate", "app"]).expect("nothing to refuse");
        assert!(all.rounds() == 5 && all.has("crate") && all.has("app"));
    }

    #[test]
    fn rows_are_chosen_by_name() {
        let some = Selection::parse(Some("2"), Some("app, script"), &["crate", "app", "script"]).expect("known rows");
        assert!(some.rounds() == 2 && !some.has("crate") && some.has("app") && some.has("script"));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let error = Selection::parse(None, Some("crates"), &["crate", "app"]);
        assert_eq!(error, Err("TL_BENCH_ROWS: `crates` is none of crate, app".to_owned()));
        assert!(Selection::parse(Some("0"), None, &[]).is_err());
        assert!(Selection::parse(Some("many"), None, &[]).is_err());
    }
}
