//! A kind of input, and the files that it is.

/// A kind of input.
pub(crate) struct Kind {
    /// The name in the table.
    pub(crate) name: &'static str,
    /// Makes texts of about a number of bytes.
    pub(crate) make: Inputs,
}

/// How the texts of a kind are made.
#[derive(Clone, Copy)]
pub(crate) enum Inputs {
    /// A schema.
    Schema(fn(usize) -> Vec<u8>),
    /// A schema and a fact file about it.
    Facts(fn(usize) -> (Vec<u8>, Vec<u8>)),
    /// Several schemas.
    Files(fn(usize) -> Vec<Vec<u8>>),
}

/// Texts of one size.
pub(crate) struct Texts {
    pub(crate) schemas: Vec<Vec<u8>>,
    pub(crate) facts: Option<Vec<u8>>,
}

impl Texts {
    /// The number of bytes of all of them.
    pub(crate) fn size(&self) -> usize {
        self.schemas.iter().chain(&self.facts).map(Vec::len).sum()
    }
}

impl Inputs {
    pub(crate) fn texts(self, size: usize) -> Texts {
        match self {
            Self::Schema(make) => Texts { schemas: vec![make(size)], facts: None },
            Self::Facts(make) => {
                let (schema, facts) = make(size);
                Texts { schemas: vec![schema], facts: Some(facts) }
            }
            Self::Files(make) => Texts { schemas: make(size), facts: None },
        }
    }

    /// Returns whether there is a fact file, without which some commands have nothing new to read.
    pub(crate) fn has_facts(self) -> bool {
        matches!(self, Self::Facts(_))
    }
}
