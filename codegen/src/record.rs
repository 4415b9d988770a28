//! The names that the fields of one constructor or function have in Rust, on top of their [`Shape`].
//!
//! A `#` that only says what is there is computed, never stored. A `flags.N?true` is a `bool`. Several values on one bit
//! become one `Option` of a small struct, so that half of them cannot be set; a `true` on the bit of a value is a method.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use typelang_ir::{Combinator, Condition, Field, Role, Shape};

use crate::names::{FieldNames, camel, group_name, text};
use crate::options::{GroupName, Options};

/// The shape of one combinator, with names. Positions are those of the combinator's fields.
pub(crate) struct Record<'a> {
    pub(crate) combinator: &'a Combinator,
    pub(crate) shape: Shape,
    /// Name of the struct field or, for a computed `#`, of the local variable, by position.
    pub(crate) idents: Vec<Ident>,
    /// Names of the groups of the shape.
    group_idents: Vec<GroupIdents>,
}

struct GroupIdents {
    field: Ident,
    structure: Ident,
}

impl<'a> Record<'a> {
    /// `named` are names of groups by their first fields; `helper` finds a free name for the struct of a group.
    pub(crate) fn new(
        combinator: &'a Combinator,
        options: &Options,
        named: Option<&BTreeMap<String, String>>,
        mut helper: impl FnMut(&str) -> Ident,
    ) -> Self {
        let mut names = FieldNames::default();
        let idents: Vec<Ident> = combinator.fields.iter().map(|field| names.ident(&field.name)).collect();
        let shape = Shape::new(combinator);
        let name_group = |group: &typelang_ir::Group| {
            let first = group.fields.first().map(|&it| combinator.fields[it].name.as_str());
            let named = first.and_then(|first| named?.get(first)).map(String::as_str);
            group_idents(combinator, group, &idents, &mut names, options, named, &mut helper)
        };
        let group_idents = shape.groups.iter().map(name_group).collect();
        Self { combinator, shape, idents, group_idents }
    }

    /// Fields with their positions, names and roles, in wire order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = RecordField<'_>> {
        self.combinator.fields.iter().enumerate().map(|(position, field)| RecordField {
            position,
            field,
            ident: &self.idents[position],
            role: self.shape.roles[position],
        })
    }

    /// A group of the shape with its names.
    pub(crate) fn group(&self, index: usize) -> Group<'_> {
        let (group, idents) = (&self.shape.groups[index], &self.group_idents[index]);
        Group { ident: &idents.field, type_ident: &idents.structure, fields: &group.fields, condition: group.condition }
    }

    /// All groups, in wire order of their first fields.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        (0..self.shape.groups.len()).map(|index| self.group(index))
    }

    /// Lints of clippy that expect something else of methods with the names of fields: a conversion of `from_id`, a
    /// length of `len`, a copy of `clone`, a new value of `new`.
    pub(crate) fn lints_of_methods(&self) -> impl Iterator<Item = &'static str> {
        self.methods().filter_map(|name| match name.as_str() {
            "len" => Some("clippy::len_without_is_empty"),
            "clone" => Some("clippy::should_implement_trait"),
            "new" => Some("clippy::new_ret_no_self"),
            _ if ["from_", "into_", "to_"].iter().any(|prefix| name.starts_with(prefix)) => {
                Some("clippy::wrong_self_convention")
            }
            _ => None,
        })
    }

    /// Returns whether the struct has a method of this name.
    pub(crate) fn has_method(&self, name: &str) -> bool {
        self.methods().any(|method| method == name)
    }

    /// The names of the methods: of fields that are not fields of the struct.
    fn methods(&self) -> impl Iterator<Item = String> {
        let methods = self.fields().filter(|field| matches!(field.role, Role::Grouped { .. } | Role::SharedFlag(_)));
        methods.map(|field| text(field.ident))
    }

    /// Returns whether the struct has no fields at all.
    pub(crate) fn is_unit(&self) -> bool {
        self.shape.members().is_empty()
    }
}

/// One TL field with its name and role.
pub(crate) struct RecordField<'a> {
    pub(crate) position: usize,
    pub(crate) field: &'a Field,
    pub(crate) ident: &'a Ident,
    pub(crate) role: Role,
}

/// Several values on one bit, with their names.
#[derive(Clone, Copy)]
pub(crate) struct Group<'a> {
    /// The struct field.
    pub(crate) ident: &'a Ident,
    /// The struct of its values.
    pub(crate) type_ident: &'a Ident,
    /// Positions of the values.
    pub(crate) fields: &'a [usize],
    pub(crate) condition: Condition,
}

/// The names of a group: those that were given, else by the rule of [`names`](crate::names).
fn group_idents(
    combinator: &Combinator,
    group: &typelang_ir::Group,
    idents: &[Ident],
    names: &mut FieldNames,
    options: &Options,
    named: Option<&str>,
    helper: &mut impl FnMut(&str) -> Ident,
) -> GroupIdents {
    let fields = &combinator.fields;
    let derived = match group.flags.first() {
        Some(&flag) => fields[flag].name.to_string(),
        None => group_name(&group.fields.iter().map(|&value| fields[value].name.as_str()).collect::<Vec<_>>()),
    };
    let name = combinator.name.to_string();
    let renamed = |it: &&GroupName| it.combinator == name && it.derived == derived;
    let given = options.group_names.iter().find(renamed).map(|it| it.name.as_str()).or(named);
    // The `true` itself is not a struct field, so its name is free for the group.
    let field = match (given, group.flags.first()) {
        (None, Some(&flag)) => idents[flag].clone(),
        (given, _) => names.ident(given.unwrap_or(&derived)),
    };
    let structure = helper(&(camel(&combinator.name.name) + &camel(given.unwrap_or(&derived))));
    GroupIdents { field, structure }
}
