//! Applies the rules to changes.

use std::collections::BTreeSet;

use typelang_ir::Schema;

use crate::change::{Change, Changes, Detail, FieldSide, Kind, Necessity, Side, Status, TypeChange};
use crate::rules::{self, Rule, Verdict, Verdicts};

/// A change, and the rule that it falls under.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'c> {
    /// The rule.
    pub rule: &'static Rule,
    /// The consequences; those of the rule unless something makes them worse.
    pub verdicts: Verdicts,
    /// What has changed.
    pub subject: Subject<'c>,
    /// The change in one sentence without a full stop.
    pub message: String,
    /// What to do instead, where that is known.
    pub advice: Option<String>,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject<'c> {
    /// A constructor or function.
    Declaration(&'c Change),
    /// A type.
    Type(&'c TypeChange),
}

/// Finds the consequences of changes, those of each declaration together, then those of types.
#[must_use]
pub fn judge<'c>(changes: &'c Changes, old: &Schema, new: &Schema) -> Vec<Finding<'c>> {
    let judge = Judge { changes, bare: bare_in_both(old, new) };
    let declarations = changes.declarations.iter().flat_map(|change| judge.declaration(change));
    let types = changes.types.iter().filter_map(|change| judge.ty(change));
    declarations.chain(types).collect()
}

/// Names of constructors that something with the same id in both schemas contains bare.
fn bare_in_both(old: &Schema, new: &Schema) -> BTreeSet<String> {
    let bare = |schema: &Schema| -> BTreeSet<(u32, String)> {
        let constructors = schema.constructors.iter().map(|it| &it.combinator);
        let all = constructors.chain(schema.functions.iter().map(|it| &it.combinator));
        let mut found = BTreeSet::new();
        for combinator in all {
            for field in &combinator.fields {
                field.ty.walk(&mut |ty| {
                    if let typelang_ir::ValueType::Bare(id, _) = ty {
                        found.insert((combinator.id, schema[*id].combinator.name.to_string()));
                    }
                });
            }
        }
        found
    };
    bare(old).intersection(&bare(new)).map(|(_, name)| name.clone()).collect()
}

fn renamed_advice(old: &str) -> String {
    format!("if it has another name now, write `// tl:was({old})` before the declaration")
}

struct Judge<'c> {
    changes: &'c Changes,
    bare: BTreeSet<String>,
}

impl<'c> Judge<'c> {
    fn declaration(&self, change: &'c Change) -> Vec<Finding<'c>> {
        let finding = |rule: &'static Rule, message: String| Finding {
            rule,
            verdicts: rule.verdicts,
            subject: Subject::Declaration(change),
            message,
            advice: None,
        };
        match (&change.old, &change.new) {
            (Some(old), Some(new)) => self.changed(change, old, new),
            (None, Some(new)) if change.kind == Kind::Function => {
                vec![finding(&rules::FUNCTION_ADDED, format!("the function `{}` is new", new.name))]
            }
            (Some(old), None) if change.kind == Kind::Function => {
                let advice = Some(renamed_advice(&old.name));
                vec![Finding {
                    advice,
                    ..finding(&rules::FUNCTION_REMOVED, format!("the function `{}` is gone", old.name))
                }]
            }
            // A constructor that comes or goes with its type is a matter of the type.
            (None, Some(new)) => self.of_type(&new.result, Status::Changed).map_or_else(Vec::new, |ty| {
                let rule =
                    if ty.old_constructors == 1 { &rules::TYPE_BECOMES_UNION } else { &rules::CONSTRUCTOR_ADDED };
                vec![finding(rule, format!("the type `{}` has the new constructor `{}`", new.result, new.name))]
            }),
            (Some(old), None) => {
                let goes_with_type = self
                    .changes
                    .types
                    .iter()
                    .any(|it| it.status() == Status::Removed && it.old.as_deref() == Some(&*old.result));
                if goes_with_type {
                    return Vec::new();
                }
                let message = format!("the constructor `{}` of the type `{}` is gone", old.name, old.result);
                let advice = Some(renamed_advice(&old.name));
                vec![Finding { advice, ..finding(&rules::CONSTRUCTOR_REMOVED, message) }]
            }
            (None, None) => Vec::new(),
        }
    }

    fn of_type(&self, name: &str, status: Status) -> Option<&'c TypeChange> {
        self.changes.types.iter().find(|it| it.status() == status && it.new.as_deref() == Some(name))
    }

    /// The findings about a declaration that both schemas have.
    fn changed(&self, change: &'c Change, old: &Side, new: &Side) -> Vec<Finding<'c>> {
        let form = Form { old, new, kind: change.kind };
        let has_new_id = old.id != new.id;
        let is_layout = |detail: &&Detail| form.is_layout(detail);
        let mut found: Vec<Ruling> = Vec::new();
        if has_new_id {
            let about = format!("`{}#{:08x}` is `#{:08x}` now", old.name, old.id, new.id);
            let rule = if change.details.iter().any(|it| is_layout(&it)) {
                &rules::LAYOUT_CHANGED
            } else {
                &rules::ID_CHANGED
            };
            found.push(Ruling::new(rule, about));
        }
        for detail in &change.details {
            let of_detail = form.rule(detail, &change.details);
            // With a new id nothing is misread: it is refused before.
            found.extend(of_detail.filter(|_| !has_new_id || !is_layout(&detail)));
        }
        let is_bare = self.bare.contains(&new.name) && self.bare.contains(&old.name);
        if has_new_id && is_bare && change.details.iter().any(|it| form.is_on_wire(it)) {
            let message = format!("`{}` has other fields, and is contained without its id", new.name);
            found.push(Ruling::new(&rules::BARE_LAYOUT_CHANGED, message));
        }
        let finding = |Ruling { rule, verdicts, message, advice }: Ruling| Finding {
            rule,
            verdicts,
            subject: Subject::Declaration(change),
            message,
            advice,
        };
        found.into_iter().map(finding).collect()
    }

    fn ty(&self, change: &'c TypeChange) -> Option<Finding<'c>> {
        let (rule, message) = match (&change.old, &change.new) {
            (None, Some(new)) => (&rules::TYPE_ADDED, format!("the type `{new}` is new")),
            (Some(old), None) => (&rules::TYPE_REMOVED, format!("the type `{old}` is gone")),
            (Some(old), Some(new)) if old != new => (&rules::TYPE_RENAMED, format!("the type `{old}` is `{new}` now")),
            _ => return None,
        };
        Some(Finding { rule, verdicts: rule.verdicts, subject: Subject::Type(change), message, advice: None })
    }
}

/// Both forms of a declaration.
struct Form<'c> {
    old: &'c Side,
    new: &'c Side,
    kind: Kind,
}

/// The rule for a difference, and what is said of it.
struct Ruling {
    rule: &'static Rule,
    verdicts: Verdicts,
    message: String,
    advice: Option<String>,
}

impl Ruling {
    fn new(rule: &'static Rule, message: String) -> Self {
        Self { rule, verdicts: rule.verdicts, message, advice: None }
    }
}

impl Form<'_> {
    /// Returns whether a new id covers a difference.
    fn is_layout(&self, detail: &Detail) -> bool {
        !matches!(
            detail,
            Detail::IdChanged | Detail::Renamed | Detail::NamespaceMoved | Detail::Moved | Detail::DocumentationChanged
        )
    }

    /// Returns whether a difference changes bytes or their meaning.
    fn is_on_wire(&self, detail: &Detail) -> bool {
        self.is_layout(detail) && !matches!(detail, Detail::FieldRenamed { .. } | Detail::ResultChanged)
    }

    /// The rule for a difference, where the id is the same.
    fn rule(&self, detail: &Detail, all: &[Detail]) -> Option<Ruling> {
        let name = &self.new.name;
        let (rule, message): (&'static Rule, String) = match detail {
            Detail::IdChanged => return None,
            Detail::Renamed => (&rules::CONSTRUCTOR_RENAMED, format!("`{}` is called `{name}` now", self.old.name)),
            Detail::NamespaceMoved => (&rules::NAMESPACE_MOVED, format!("`{}` is `{name}` now", self.old.name)),
            Detail::Moved => (
                &rules::CONSTRUCTOR_MOVED,
                format!("`{name}` is of the type `{}` now, and was of `{}`", self.new.result, self.old.result),
            ),
            Detail::ResultChanged => (
                &rules::RESULT_CHANGED,
                format!("`{name}` returns `{}` now, and returned `{}`", self.new.result, self.old.result),
            ),
            Detail::ParametersChanged { old, new } => {
                (&rules::PARAMETERS_CHANGED, format!("the parameters of `{name}` are `{new}` now, and were `{old}`"))
            }
            Detail::FieldAdded(field) => return Some(self.added(field, all)),
            Detail::FieldRemoved(field) => return self.removed(field, all),
            Detail::FieldRenamed { old, new } => {
                let rule = if new.necessity == Necessity::Flag { &rules::TRUE_RENAMED } else { &rules::FIELD_RENAMED };
                (rule, format!("the field `{old}` of `{name}` is called `{}` now", new.name))
            }
            Detail::FieldTypeChanged { old, new, is_boxing } => {
                let rule = match () {
                    () if *is_boxing => &rules::BOXING_CHANGED,
                    () if is_same_length(&old.ty, &new.ty) => &rules::TYPE_REINTERPRETED,
                    () => &rules::TYPE_CHANGED,
                };
                (
                    rule,
                    format!("the field `{}` of `{name}` is `{}` now, and was `{}`", new.name, new.text(), old.text()),
                )
            }
            Detail::FieldConditionChanged { old, new } => {
                let rule = match (&old.condition, &new.condition) {
                    (None, _) => &rules::REQUIRED_TO_OPTIONAL,
                    (_, None) => &rules::OPTIONAL_TO_REQUIRED,
                    _ if new.necessity == Necessity::Flag && old.necessity == Necessity::Flag => &rules::TRUE_MOVED,
                    _ => &rules::BIT_MOVED,
                };
                (
                    rule,
                    format!("the field `{}` of `{name}` is `{}` now, and was `{}`", new.name, new.text(), old.text()),
                )
            }
            Detail::Reordered => (&rules::REORDERED, format!("the fields of `{name}` are in another order")),
            Detail::DocumentationChanged => {
                (&rules::DOCUMENTATION, format!("the documentation of `{name}` is another one"))
            }
        };
        Some(Ruling::new(rule, message))
    }

    fn added(&self, field: &FieldSide, all: &[Detail]) -> Ruling {
        let message = format!("`{}` has the new field `{}:{}`", self.new.name, field.name, field.text());
        let old_on_bit = |wanted: fn(Necessity) -> bool| {
            self.old
                .fields
                .iter()
                .any(|it| it.condition.is_some() && it.condition == field.condition && wanted(it.necessity))
        };
        let replaces_true = field.necessity == Necessity::Flag
            && all.iter().any(|it| matches!(it, Detail::FieldRemoved(gone) if gone.condition == field.condition && gone.necessity == Necessity::Flag));
        let rule = match field.necessity {
            Necessity::Computed => &rules::FLAGS_ADDED,
            Necessity::Required if field.ty == "#" => &rules::FLAGS_ADDED,
            Necessity::Required => &rules::REQUIRED_ADDED,
            Necessity::Flag if replaces_true => &rules::TRUE_RENAMED,
            _ if old_on_bit(|_| true) => &rules::BIT_SHARED,
            Necessity::Flag => &rules::TRUE_ADDED,
            Necessity::Optional if self.is_given_by_the_reader(field) => &rules::OPTIONAL_ADDED_MASKED,
            Necessity::Optional => &rules::OPTIONAL_ADDED,
        };
        let mut ruling = Ruling::new(rule, message);
        if field.condition.is_some() && self.has_bits_of_users(field) {
            // The bit may have been set for reasons of one's own.
            ruling.verdicts.new_reads_old = Verdict::Misreads;
            ruling.message += ", whose bit was free for any use";
        }
        ruling.advice = match rule.code.name {
            "bit-shared" | "required-added" => self.free_bit(field).map(|bit| format!("`{bit}` is free")),
            "flags-added" => Some("add `flags:#` first, under a new id, and fields later".to_owned()),
            _ => None,
        };
        ruling
    }

    /// Returns whether the older form leaves the bits of the number to its users where no field depends on them.
    fn has_bits_of_users(&self, field: &FieldSide) -> bool {
        let number = field.condition.as_deref().and_then(|it| it.split('.').next());
        let is_given = |it: &FieldSide| Some(&*it.name) == number && it.necessity != Necessity::Computed;
        self.old.fields.iter().any(is_given)
    }

    fn removed(&self, field: &FieldSide, all: &[Detail]) -> Option<Ruling> {
        let is_replaced = |it: &Detail| matches!(it, Detail::FieldAdded(new) if new.condition == field.condition && new.necessity == Necessity::Flag);
        let rule = match field.necessity {
            Necessity::Computed => &rules::FLAGS_REMOVED,
            Necessity::Required if field.ty == "#" => &rules::FLAGS_REMOVED,
            Necessity::Required => &rules::REQUIRED_REMOVED,
            // Said of the new one.
            Necessity::Flag if all.iter().any(is_replaced) => return None,
            Necessity::Flag => &rules::TRUE_REMOVED,
            Necessity::Optional => &rules::OPTIONAL_REMOVED,
        };
        let mut ruling =
            Ruling::new(rule, format!("`{}` no longer has the field `{}:{}`", self.new.name, field.name, field.text()));
        let is_on_bit = |it: &FieldSide| it.condition.is_some() && it.condition == field.condition;
        if field.necessity == Necessity::Flag && self.new.fields.iter().any(is_on_bit) {
            // The older reader takes a bit for it that is set for another field.
            ruling.verdicts.old_reads_new = Verdict::Misreads;
            ruling.message += ", whose bit another field still uses";
        }
        Some(ruling)
    }

    /// Returns whether the number that the condition tests is no field of the declaration, or one of the request.
    fn is_given_by_the_reader(&self, field: &FieldSide) -> bool {
        let number = field.condition.as_deref().and_then(|it| it.split('.').next());
        let is_field = |number: &str| self.new.fields.iter().any(|it| it.name == number);
        self.kind == Kind::Constructor && number.is_some_and(|number| !is_field(number))
    }

    /// The lowest bit of the word of flags that neither form uses.
    fn free_bit(&self, field: &FieldSide) -> Option<String> {
        let word = match field.condition.as_deref().and_then(|it| it.split('.').next()) {
            Some(word) => word.to_owned(),
            None => self.old.fields.iter().rfind(|it| it.ty == "#")?.name.clone(),
        };
        let fields = || self.old.fields.iter().chain(&self.new.fields);
        let is_used = |bit: &String| fields().any(|it| it.condition.as_ref() == Some(bit));
        (0..32).map(|bit| format!("{word}.{bit}")).find(|bit| !is_used(bit))
    }
}

/// Returns whether values of two types have as many bytes, so that what follows is read at its place.
fn is_same_length(old: &str, new: &str) -> bool {
    const ALIKE: [&[&str]; 4] = [
        &["int", "#", "int32", "float"],
        &["long", "double", "int53", "int64"],
        &["string", "bytes", "secureString", "secureBytes"],
        &[],
    ];
    ALIKE.iter().any(|group| group.contains(&old) && group.contains(&new))
}

impl Verdicts {
    /// The worse of both, by each.
    #[must_use]
    pub fn worst(self, other: Self) -> Self {
        let max = |one: Verdict, other: Verdict| one.max(other);
        Self {
            new_reads_old: max(self.new_reads_old, other.new_reads_old),
            old_reads_new: max(self.old_reads_new, other.old_reads_new),
            json: max(self.json, other.json),
            source: self.source.max(other.source),
        }
    }
}
