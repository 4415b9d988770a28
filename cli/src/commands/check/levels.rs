//! `--allow`, `--warn` and `--deny`, in the order in which they are given.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use typelang_lint::{Level, Levels, Selector};

/// The levels that the command line chooses. Parsed by hand, because derived arguments forget the order among options.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelArguments {
    pub(super) levels: Levels,
}

const HELP: [(Level, &str); 3] = [
    (Level::Allow, "Do not show findings of a code; `all` is every code whose level can be chosen"),
    (Level::Warn, "Show findings of a code as warnings"),
    (Level::Deny, "Show findings of a code as errors; of several choices for a code, the last one counts"),
];

impl Args for LevelArguments {
    fn augment_args(command: Command) -> Command {
        command.args(HELP.map(|(level, help)| {
            Arg::new(level.word())
                .long(level.word())
                .value_name("CODE")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .value_parser(str::parse::<Selector>)
                .help(help)
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LevelArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut arguments = Self::default();
        arguments.update_from_arg_matches(matches)?;
        Ok(arguments)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let mut choices: Vec<(usize, Selector, Level)> = Vec::new();
        for level in Level::ALL {
            let selectors = matches.get_many::<Selector>(level.word()).unwrap_or_default();
            let places = matches.indices_of(level.word()).unwrap_or_default();
            choices.extend(places.zip(selectors).map(|(place, selector)| (place, *selector, level)));
        }
        choices.sort_by_key(|(place, ..)| *place);
        for (_, selector, level) in choices {
            self.levels.set(selector, level);
        }
        Ok(())
    }
}
