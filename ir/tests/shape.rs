//! Shapes of combinators, worked out by hand.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{constructor, schema};
use typelang_ir::{Condition, Group, Member, NatVariable, Presence, Role, Shape};

fn shape(text: &str, name: &str) -> Shape {
    let schema = schema(text);
    Shape::new(&schema[constructor(&schema, name)].combinator)
}

fn bit(field: usize, bit: u8) -> Condition {
    Condition { variable: NatVariable::Field(field), bit: Some(bit) }
}

#[test]
fn each_field_has_a_role() {
    let shape = shape(
        "message flags:# out:flags.0?true id:int from:flags.1?string views:flags.2?int forwards:flags.2?int
             counted:flags.2?true named:flags.1?true = Message;",
        "message",
    );
    let grouped = Role::Grouped { group: 0, condition: bit(0, 2) };
    assert_eq!(
        shape.roles,
        [
            Role::Flags,
            Role::Flag(bit(0, 0)),
            Role::Required,
            Role::Optional(bit(0, 1)),
            grouped,
            grouped,
            Role::SharedFlag(bit(0, 2)),
            Role::SharedFlag(bit(0, 1)),
        ]
    );
    assert_eq!(shape.groups, [Group { condition: bit(0, 2), fields: vec![4, 5], flags: vec![6] }]);
    assert_eq!(
        shape.members(),
        [Member::Field(1), Member::Field(2), Member::Field(3), Member::Group(0)],
        "what is computed or repeats another field is not given"
    );
    let bits: Vec<_> = shape.computed_bits(0).collect();
    assert_eq!(bits, [(0, Presence::Flag(1)), (1, Presence::Field(3)), (2, Presence::Group(0))]);
    assert_eq!(shape.known_bits(0), 0b111);
    assert!(!shape.is_given(bit(0, 2)));
}

#[test]
fn groups_are_in_wire_order() {
    let shape = shape("a flags:# x:flags.5?int y:flags.5?int u:flags.1?int v:flags.1?int = A;", "a");
    let bits: Vec<Option<u8>> = shape.groups.iter().map(|group| group.condition.bit).collect();
    assert_eq!(bits, [Some(5), Some(1)]);
    assert_eq!(shape.members(), [Member::Group(0), Member::Group(1)]);
}

#[test]
fn bits_of_arguments_and_whole_numbers_are_given() {
    let text = "// tl:profile(ton)\nday {m:#} mode:# count:# a:m.3?int b:mode.1?int = Day m;";
    let shape = shape(text, "day");
    let of_argument = Condition { variable: NatVariable::Parameter(0), bit: Some(3) };
    let whole = Condition { variable: NatVariable::Field(1), bit: None };
    assert_eq!(shape.roles[..2], [Role::Mask, Role::Required]);
    assert_eq!(shape.roles[2..], [Role::Optional(of_argument), Role::Optional(bit(0, 1))]);
    assert!(shape.is_given(of_argument) && shape.is_given(whole) && !shape.is_given(bit(0, 1)));
    assert_eq!((shape.known_bits(0), shape.known_bits(1)), (0b10, 0));
}
