//! Holds the verdicts about changes to what happens: values are encoded by one schema and decoded by the other.

use std::collections::{BTreeMap, BTreeSet};

use typelang::ReadOptions;
use typelang::reflect::{Combinator, Object, Table, Type, Value};
use typelang_diff::{Change, Changes, Detail, Kind, Rule, Subject, Verdict, compare, judge};
use typelang_ir::Schema;

use crate::random::Random;
use crate::walker::table_of;

/// Choices from which a value is made.
const CHOICES: usize = 64;

/// For each rule, what was seen.
#[derive(Clone, Debug)]
pub struct Account {
    /// By the name of the rule.
    pub rules: BTreeMap<&'static str, Seen>,
    samples: usize,
}

/// What was seen of a rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Findings.
    pub findings: usize,
    /// Values that were read by the other schema, where no other rule applies to the declaration.
    pub values: usize,
    /// The worst that happened to them when the newer schema read, and when the older one did.
    pub worst: [Option<Verdict>; 2],
}

impl Account {
    /// Nothing seen yet; so many values are to be made of each declaration in each direction.
    #[must_use]
    pub fn new(samples: usize) -> Self {
        Self { rules: BTreeMap::new(), samples }
    }

    /// Tries the changes between two schemas.
    ///
    /// # Panics
    ///
    /// Panics if something worse happens than the verdict says.
    pub fn step(&mut self, old: &Schema, new: &Schema, random: &mut Random) {
        let changes = compare(old, new);
        let tables = [table_of(old), table_of(new)];
        let [old_table, new_table] = [&tables[0], &tables[1]].map(|bytes| Table::new(bytes).expect("a table"));
        let findings = judge(&changes, old, new);
        for finding in &findings {
            self.rules.entry(finding.rule.code.name).or_default().findings += 1;
        }
        let changed = changed_names(&changes);
        for change in &changes.declarations {
            let of_change =
                findings.iter().filter(|it| matches!(it.subject, Subject::Declaration(of) if std::ptr::eq(of, change)));
            let rules: Vec<&'static Rule> = of_change.clone().map(|it| it.rule).collect();
            let all = of_change.map(|it| it.verdicts).reduce(typelang_diff::Verdicts::worst);
            let Some(all) = all else { continue };
            let forward = Step { from: &old_table, to: &new_table, change, changed: &changed, is_forward: true };
            let back = Step { from: &new_table, to: &old_table, is_forward: false, ..forward };
            for (index, (step, verdict)) in
                [(forward, all.new_reads_old), (back, all.old_reads_new)].into_iter().enumerate()
            {
                let (values, worst) = step.try_all(self.samples, random);
                assert!(
                    worst.is_none_or(|worst| worst <= verdict),
                    "{worst:?} is worse than {verdict:?} of {:?} (direction {index}): {:?}",
                    rules.iter().map(|it| it.code.name).collect::<Vec<_>>(),
                    change.details
                );
                if let [rule] = rules[..] {
                    let seen = self.rules.entry(rule.code.name).or_default();
                    seen.values += values;
                    seen.worst[index] = seen.worst[index].max(worst);
                }
            }
        }
    }
}

/// Names of constructors that are not the same in both.
fn changed_names(changes: &Changes) -> BTreeSet<String> {
    let sides = changes.declarations.iter().filter(|it| it.kind == Kind::Constructor);
    sides.flat_map(|it| it.old.iter().chain(&it.new)).map(|side| side.name.clone()).collect()
}

/// One direction of a change.
#[derive(Clone, Copy)]
struct Step<'s, 't> {
    from: &'s Table<'t>,
    to: &'s Table<'t>,
    change: &'s Change,
    changed: &'s BTreeSet<String>,
    /// Whether the newer schema reads.
    is_forward: bool,
}

impl<'t> Step<'_, 't> {
    /// How many values were tried, and the worst that happened.
    fn try_all(&self, samples: usize, random: &mut Random) -> (usize, Option<Verdict>) {
        let (mut count, mut worst) = (0, None);
        let side = if self.is_forward { &self.change.old } else { &self.change.new };
        let Some(side) = side else { return (0, None) };
        let combinator = match self.change.kind {
            Kind::Constructor => self.from.constructor_named(&side.name),
            Kind::Function => self.from.function_named(&side.name),
        };
        let Some(combinator) = combinator.filter(Combinator::stands_alone) else { return (0, None) };
        for index in 0..samples {
            let choices = if index == 0 { Vec::new() } else { random.bytes(CHOICES) };
            let Some(fields) = self.from.sample_fields(&combinator, &mut choices.into_iter()) else { continue };
            let bytes = [&combinator.id().to_le_bytes()[..], &fields].concat();
            let options = ReadOptions::new().max_memory_ratio(1000);
            let Ok(Value::Object(value)) = self.from.decode_as(self.ty(), &bytes, options) else { continue };
            // What is inside is a matter of its own change.
            if value.fields.iter().any(|(_, value)| self.has_changed_parts(value)) {
                continue;
            }
            count += 1;
            worst = worst.max(Some(self.outcome(&value, &bytes, self.wanted(&side.result), options)));
        }
        (count, worst)
    }

    fn ty(&self) -> Type<'static> {
        if self.change.kind == Kind::Function { Type::FUNCTION } else { Type::OBJECT }
    }

    /// The type that a reader expects: that of the writer, if it knows it.
    fn wanted(&self, result: &str) -> Type<'t> {
        let of_constructor = (self.change.kind == Kind::Constructor).then(|| self.to.type_named(result)).flatten();
        of_constructor.unwrap_or_else(|| self.ty())
    }

    fn has_changed_parts(&self, value: &Value<'_>) -> bool {
        match value {
            Value::Vector(values) => values.iter().any(|it| self.has_changed_parts(it)),
            Value::Object(object) => {
                self.changed.contains(object.name) || object.fields.iter().any(|(_, it)| self.has_changed_parts(it))
            }
            _ => false,
        }
    }

    /// What the other schema makes of the bytes.
    fn outcome(&self, value: &Object<'_>, bytes: &[u8], wanted: Type<'t>, options: ReadOptions) -> Verdict {
        let Ok(taken) = self.to.check(wanted, bytes, options) else { return Verdict::Refuses };
        let Ok(Value::Object(other)) = self.to.decode_as(wanted, bytes, options) else { return Verdict::Refuses };
        let is_same = taken == bytes.len() && self.is_alike(value, &other);
        match is_same {
            true if value.fields.len() == other.fields.len() => Verdict::Same,
            true => Verdict::Reads,
            false => Verdict::Misreads,
        }
    }

    /// Returns whether the fields that both have are equal, and what only the reader has is not there.
    fn is_alike(&self, value: &Object<'_>, other: &Object<'_>) -> bool {
        let names = self.renamed_fields();
        let name_of = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
        let written: BTreeMap<String, &Value<'_>> =
            value.fields.iter().map(|(name, value)| (name_of(name), value)).collect();
        let known: BTreeSet<String> = self.fields_of_reader();
        let is_kept = written
            .iter()
            .filter(|(name, _)| known.contains(*name))
            .all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)));
        is_kept && other.fields.iter().all(|(name, _)| written.contains_key(*name))
    }

    /// The names that fields of the writer have for the reader, where these are others and mean the same.
    fn renamed_fields(&self) -> BTreeMap<String, String> {
        let renamed = self.change.details.iter().filter_map(|detail| match detail {
            Detail::FieldRenamed { old, new } if new.necessity != typelang_diff::Necessity::Flag => {
                Some((old.clone(), new.name.clone()))
            }
            _ => None,
        });
        renamed.map(|(old, new)| if self.is_forward { (old, new) } else { (new, old) }).collect()
    }

    fn fields_of_reader(&self) -> BTreeSet<String> {
        let side = if self.is_forward { &self.change.new } else { &self.change.old };
        side.iter().flat_map(|side| &side.fields).map(|field| field.name.clone()).collect()
    }
}

/// Returns whether values are equal but for the names of objects.
fn same(one: &Value<'_>, other: &Value<'_>) -> bool {
    format!("{one:?}") == format!("{other:?}")
}
