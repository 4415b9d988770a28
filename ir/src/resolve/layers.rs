//! First pass: one file with several layers, divided by lines such as `===8===`, in which a later layer declares a name again.
//!
//! All forms are kept. The newest one has the name as it is; each older one has the number of its layer at the end, so that its id
//! is no longer that of its name.

use std::collections::{BTreeMap, BTreeSet};

use crate::name::NameRef;
use crate::schema::{Combinator, Origin};
use crate::{CombinatorId, Name};

/// The layers of what has been declared so far.
#[derive(Default)]
pub(super) struct Layers<'a> {
    of: BTreeMap<CombinatorId, u32>,
    /// The names of older forms.
    older: BTreeMap<Name, Origin>,
    /// Names that have several forms.
    pub(super) divided: BTreeSet<NameRef<'a>>,
}

/// What becomes of a second declaration of a name.
pub(super) enum Form {
    /// It is not one of another layer.
    Conflict,
    /// The first one says the same.
    Same,
    /// It is newer: the first one has this name now.
    Newer(Name),
    /// It is older, and has this name.
    Older(Name),
}

impl<'a> Layers<'a> {
    pub(super) fn note(&mut self, combinator: CombinatorId, layer: Option<u32>) {
        self.of.extend(layer.map(|layer| (combinator, layer)));
    }

    /// Where a name is that of an older form.
    pub(super) fn older(&self, name: &Name) -> Option<Origin> {
        self.older.get(name).copied()
    }

    /// Compares a declaration of a layer with an earlier one of the same name, in the same file.
    pub(super) fn compare(
        &mut self,
        name: NameRef<'a>,
        (earlier, first): (CombinatorId, &Combinator),
        (layer, second): (Option<u32>, &Combinator),
        is_free: impl Fn(&Name) -> bool,
    ) -> Form {
        let (Some(&of_first), Some(of_second)) = (self.of.get(&earlier), layer) else { return Form::Conflict };
        if first.origin.source != second.origin.source || of_first == of_second {
            return Form::Conflict;
        }
        if first.id == second.id {
            return if first.text == second.text { Form::Same } else { Form::Conflict };
        }
        let (older, origin) = if of_first < of_second { (of_first, first.origin) } else { (of_second, second.origin) };
        let mut renamed = Name::from(name);
        renamed.name = format!("{}{older}", renamed.name).into();
        if !is_free(&renamed) || self.older.contains_key(&renamed) {
            return Form::Conflict;
        }
        self.older.insert(renamed.clone(), origin);
        self.divided.insert(name);
        if of_first < of_second { Form::Newer(renamed) } else { Form::Older(renamed) }
    }
}
