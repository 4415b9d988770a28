use typelang::history::{Error, Policy, Reason};

use crate::{Layers, VECTOR};

fn layers() -> Layers {
    Layers::new(&[
        "aEmpty#00000001 id:int = A;\na#00000002 id:int x:int = A;\nl#00000003 list:Vector<A> = L;\n\
         o#00000004 f:# a:f.0?M z:f.1?int = O;\nm#00000009 = M;",
        "a#00000012 id:long y:int x:int = A;\nb#00000013 id:long = A;\nn#00000019 = M;",
    ])
}

#[test]
fn newer_values_become_older_ones() {
    let dropped = vec!["a.y: dropped".to_owned()];
    let back = layers().transcode("A", &[0x12, 7, 0, 5, 6], (2, 1), Policy::refuse()).unwrap();
    assert_eq!(back, (vec![2, 7, 6], dropped));
    // A number that the older layer does not have is refused.
    let error = layers().transcode("A", &[0x12, 7, 1, 5, 6], (2, 1), Policy::refuse()).unwrap_err();
    assert!(
        matches!(&error, Error::NotConvertible(it) if it.reason == Reason::TypeChanged && it.path == "a.id"),
        "{error}"
    );
    // From old to new there is the same way back.
    let upgraded = layers().transcode("A", &[2, 7, 6], (1, 2), Policy::refuse()).unwrap();
    assert_eq!(upgraded, (vec![0x12, 7, 0, 0, 6], vec!["a.y: made up".to_owned()]));
}

#[test]
fn the_policy_decides_about_what_is_unknown() {
    let list = [3, VECTOR, 2, 0x13, 7, 0, 1, 9];
    let error = layers().transcode("L", &list, (2, 1), Policy::refuse()).unwrap_err();
    let expected = "l.list[0]: `b#00000013` of layer 2 cannot be converted to layer 1: `A` has no such constructor there, and \
                    no rule converts it";
    assert_eq!(error.to_string(), expected);
    let substituted = layers().transcode("L", &list, (2, 1), Policy::refuse().substitute()).unwrap();
    assert_eq!(substituted, (vec![3, VECTOR, 2, 1, 7, 1, 9], vec!["l.list[0]: substituted".to_owned()]));
    let left_out = layers().transcode("L", &list, (2, 1), Policy::refuse().leave_out()).unwrap();
    assert_eq!(left_out, (vec![3, VECTOR, 1, 1, 9], vec!["l.list[0]: dropped".to_owned()]));
    let optional = [4, 3, 0x19, 8];
    let left_out = layers().transcode("O", &optional, (2, 1), Policy::refuse().leave_out()).unwrap();
    assert_eq!(left_out, (vec![4, 2, 8], vec!["o.a: dropped".to_owned()]));
    assert!(layers().transcode("O", &optional, (2, 1), Policy::refuse().substitute()).is_err());
}

/// Bits that an older form of the same constructor does not have are cleared.
#[test]
fn bits_of_later_layers_are_cleared() {
    let layers = Layers::new(&["a#00000001 f:# x:f.0?true = A;", "a#00000001 f:# x:f.0?true y:f.1?true = A;"]);
    let cleared = layers.transcode("A", &[1, 3], (2, 1), Policy::refuse()).unwrap();
    assert_eq!(cleared, (vec![1, 1], vec!["a.y: dropped".to_owned()]));
    let same = layers.transcode("A", &[1, 1], (2, 1), Policy::refuse()).unwrap();
    assert_eq!(same, (vec![1, 1], vec![]));
}
