//! Notes of places where names are declared and used.

use std::cell::RefCell;

use typelang_parser::{SourceId, Span};

use crate::schema::{Argument, ConstructorId, Nat, NatVariable, Origin, ValueType};
use crate::uses::{CombinatorId, Named, Use, Uses};

/// A variable of a frame: a field or a parameter, by position.
#[derive(Clone, Copy)]
pub(super) enum Variable {
    Field(usize),
    Parameter(usize),
}

impl From<NatVariable> for Variable {
    fn from(variable: NatVariable) -> Self {
        match variable {
            NatVariable::Field(position) => Self::Field(position),
            NatVariable::Parameter(position) => Self::Parameter(position),
        }
    }
}

/// A place of a variable of a frame whose combinator has no id yet.
#[derive(Clone, Copy)]
struct Open {
    variable: Variable,
    origin: Origin,
    declares: bool,
}

/// Places that are found while names are resolved.
#[derive(Default)]
pub(super) struct Notes {
    uses: RefCell<Vec<Use>>,
    /// Variables of the frames that are being resolved, those of the innermost last.
    open: RefCell<Vec<Open>>,
}

/// Where the variables of a frame begin among those of all.
#[derive(Clone, Copy)]
pub(super) struct Mark(usize);

impl Notes {
    /// Notes the use of a name.
    pub(super) fn used(&self, source: SourceId, span: Span, named: Named) {
        self.uses.borrow_mut().push(Use { named, origin: Origin { source, span }, declares: false });
    }

    /// Notes the declaration of a name.
    pub(super) fn declared(&self, source: SourceId, span: Span, named: Named) {
        self.uses.borrow_mut().push(Use { named, origin: Origin { source, span }, declares: true });
    }

    /// Notes the use of a variable of the innermost frame.
    pub(super) fn variable_used(&self, source: SourceId, span: Span, variable: Variable) {
        self.open.borrow_mut().push(Open { variable, origin: Origin { source, span }, declares: false });
    }

    /// Notes the declaration of a variable of the innermost frame.
    pub(super) fn variable_declared(&self, source: SourceId, span: Span, variable: Variable) {
        self.open.borrow_mut().push(Open { variable, origin: Origin { source, span }, declares: true });
    }

    /// Begins a frame.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.open.borrow().len())
    }

    /// Ends the frame of a declared combinator.
    pub(super) fn end(&self, mark: Mark, owner: CombinatorId) {
        let mut uses = self.uses.borrow_mut();
        uses.extend(self.open.borrow_mut().drain(mark.0..).map(|Open { variable, origin, declares }| {
            let named = match variable {
                Variable::Field(position) => Named::Field(owner, position),
                Variable::Parameter(position) => Named::Parameter(owner, position),
            };
            Use { named, origin, declares }
        }));
    }

    /// Ends the frame of a group of repeated fields. Its parameters are variables of the frame around it: the arguments.
    pub(super) fn end_group(&self, mark: Mark, id: ConstructorId, arguments: &[Argument]) {
        let mut open = self.open.borrow_mut();
        let inside = open.split_off(mark.0);
        for it in inside {
            match it.variable {
                Variable::Field(position) => {
                    let named = Named::Field(CombinatorId::Constructor(id), position);
                    self.uses.borrow_mut().push(Use { named, origin: it.origin, declares: it.declares });
                }
                Variable::Parameter(position) => {
                    let outer = arguments.get(position).and_then(variable_of);
                    open.extend(outer.map(|variable| Open { variable, ..it }));
                }
            }
        }
    }

    pub(super) fn finish(self) -> Uses {
        Uses::new(self.uses.into_inner())
    }
}

/// The variable that is an argument.
fn variable_of(argument: &Argument) -> Option<Variable> {
    match argument {
        Argument::Type(ValueType::Parameter(position)) => Some(Variable::Parameter(*position)),
        Argument::Nat(Nat::Variable(variable, _)) => Some((*variable).into()),
        Argument::Type(_) | Argument::Nat(Nat::Constant(_)) => None,
    }
}
