//! Facts as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use typelang_ir::{Combinator, Schema};

/// Everything that is known about a schema beside the schema, keyed by names as the schema has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What is known about functions, descriptions aside.
    pub methods: BTreeMap<String, Method>,
    /// Descriptions.
    pub texts: Texts,
    /// Names of groups of fields.
    pub groups: Groups,
    /// All errors, by their names: `CHAT_ID_INVALID`, `FLOOD_WAIT_%d`.
    pub errors: BTreeMap<String, ErrorFacts>,
}

/// What is known about a function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// The errors that it is known to return, by name.
    pub errors: Vec<MethodError>,
    /// Who can call it, as the sources say it, which may disagree. The first one counts.
    pub callers: Vec<CallersStatement>,
}

impl Method {
    /// Who can call the function: what the first source says.
    #[must_use]
    pub fn callers(&self) -> Option<Callers> {
        self.callers.first().map(|statement| statement.callers)
    }
}

/// An error that a function is known to return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodError {
    /// The name, which is a key of [`Facts::errors`].
    pub name: String,
    /// Who says so: the sources that the fact files name.
    pub sources: Vec<String>,
}

/// Who can call a function, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallersStatement {
    /// Who can call it.
    pub callers: Callers,
    /// The source that the fact file names.
    pub source: Option<String>,
}

/// Who can call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Callers {
    /// Users, and no bots.
    Users,
    /// Bots, and no users.
    Bots,
    /// Users and bots.
    Both,
}

impl Callers {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Users, Self::Bots, Self::Both];

    /// The word in fact files: `users`, `bots` or `both`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Bots => "bots",
            Self::Both => "both",
        }
    }
}

impl fmt::Display for Callers {
    /// `users only`, `bots only` or `users and bots`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Users => "users only",
            Self::Bots => "bots only",
            Self::Both => "users and bots",
        })
    }
}

/// What is known about an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorFacts {
    /// The codes that it comes with, in ascending order; there is at least one.
    pub codes: Vec<i32>,
    /// What the number in its name is, if there is one: `seconds`.
    pub parameter: Option<String>,
    /// What it means.
    pub text: Option<String>,
}

/// Names of the groups of fields that share a bit: by the name of the constructor or function, and by that of the first field of the
/// group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Of constructors.
    pub constructors: BTreeMap<String, BTreeMap<String, String>>,
    /// Of functions.
    pub functions: BTreeMap<String, BTreeMap<String, String>>,
}

/// Descriptions, by names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Of types.
    pub types: BTreeMap<String, String>,
    /// Of constructors and their fields.
    pub constructors: BTreeMap<String, CombinatorTexts>,
    /// Of functions and their fields.
    pub functions: BTreeMap<String, CombinatorTexts>,
}

/// Descriptions of a constructor or function and its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CombinatorTexts {
    /// What it is or does.
    pub description: Option<String>,
    /// What its fields are, by name.
    pub fields: BTreeMap<String, String>,
}

impl Facts {
    /// Adds the descriptions that the schema itself has in `//@` comments, where no fact file has one: what a file says
    /// stands in place of such a comment.
    pub fn add_schema_texts(&mut self, schema: &Schema) {
        for ty in &schema.types {
            if let Some(text) = &ty.documentation {
                self.texts.types.entry(ty.name.to_string()).or_insert_with(|| text.clone());
            }
        }
        for constructor in &schema.constructors {
            add_combinator_texts(&mut self.texts.constructors, &constructor.combinator);
        }
        for function in &schema.functions {
            add_combinator_texts(&mut self.texts.functions, &function.combinator);
        }
    }

    /// Leaves out what is known about functions that a schema does not have, and errors that only those return. Errors that
    /// no function lists stay: they can come from any.
    pub fn keep_functions_of(&mut self, schema: &Schema) {
        let listed = |methods: &BTreeMap<String, Method>| -> BTreeSet<String> {
            methods.values().flat_map(|method| &method.errors).map(|error| error.name.clone()).collect()
        };
        let before = listed(&self.methods);
        let kept: BTreeSet<String> = schema.functions.iter().map(|it| it.combinator.name.to_string()).collect();
        self.methods.retain(|name, _| kept.contains(name));
        let after = listed(&self.methods);
        self.errors.retain(|name, _| after.contains(name) || !before.contains(name));
    }

    /// Whether anything is known about who can call functions.
    #[must_use]
    pub fn knows_callers(&self) -> bool {
        self.methods.values().any(|method| !method.callers.is_empty())
    }
}

fn add_combinator_texts(texts: &mut BTreeMap<String, CombinatorTexts>, combinator: &Combinator) {
    let Some(documentation) = &combinator.documentation else { return };
    let texts = texts.entry(combinator.name.to_string()).or_default();
    if texts.description.is_none() {
        texts.description.clone_from(&documentation.description);
    }
    for field in &documentation.fields {
        texts.fields.entry(field.name.clone()).or_insert_with(|| field.text.clone());
    }
}
