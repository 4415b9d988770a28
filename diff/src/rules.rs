//! The rules: each kind of change, and its consequences.

use typelang_ir::Profile;
use typelang_parser::{Code, DefaultLevel};

/// What becomes of bytes, or of JSON, that was written by one schema and is read by the other. Later ones are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every value means what it meant.
    Same,
    /// It is read; what is new has its empty value, what is unknown is ignored.
    Reads,
    /// A loud error at the place: an unknown id, the end of the input.
    Refuses,
    /// Another value in silence, or an error at a later place that is not the cause.
    Misreads,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reads => "reads",
            Self::Refuses => "refuses",
            Self::Misreads => "misreads",
        }
    }
}

/// What becomes of Rust that uses generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceVerdict {
    /// Nothing.
    Unchanged,
    /// There is more to use.
    Additive,
    /// It may not compile any more.
    Breaks,
}

impl SourceVerdict {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Additive => "additive",
            Self::Breaks => "breaks",
        }
    }
}

/// The consequences of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// The newer schema reads bytes of the older one.
    pub new_reads_old: Verdict,
    /// The older schema reads bytes of the newer one.
    pub old_reads_new: Verdict,
    /// JSON of the older schema, read by the newer one, or the other way round, whichever is worse.
    pub json: Verdict,
    /// Rust that uses generated code.
    pub source: SourceVerdict,
}

/// What must not break. Each level includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No id means something else: nothing is misread.
    Id,
    /// And nothing is refused.
    Wire,
    /// And JSON is read as well.
    Json,
    /// And Rust that uses generated code compiles.
    Source,
}

/// Whose bytes are read by whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The newer schema reads bytes of the older one.
    Backward,
    /// The older schema reads bytes of the newer one.
    Forward,
    /// Both.
    #[default]
    Full,
}

impl Level {
    /// The level that a family of schemas is held to unless someone chooses another one: Telegram's servers speak one layer to each
    /// client, TDLib's users speak JSON, and others change both ends one after the other.
    #[must_use]
    pub fn of_profile(profile: Option<Profile>) -> Self {
        match profile {
            Some(Profile::Telegram) => Self::Id,
            Some(Profile::Tdlib) => Self::Json,
            Some(Profile::Ton | Profile::Vk) | None => Self::Wire,
        }
    }
}

impl Verdicts {
    /// Returns the strictest level that the change breaks first, if it breaks one up to `level`.
    #[must_use]
    pub fn breaks(self, level: Level, mode: Mode) -> Option<Level> {
        let wire = match mode {
            Mode::Backward => self.new_reads_old,
            Mode::Forward => self.old_reads_new,
            Mode::Full => self.new_reads_old.max(self.old_reads_new),
        };
        let broken = if wire == Verdict::Misreads {
            Level::Id
        } else if wire == Verdict::Refuses {
            Level::Wire
        } else if self.json >= Verdict::Refuses {
            Level::Json
        } else if self.source == SourceVerdict::Breaks {
            Level::Source
        } else {
            return None;
        };
        (broken <= level).then_some(broken)
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Name, summary and explanation: the reason for the verdicts, and the remedy.
    pub code: Code,
    /// The consequences, where nothing else makes them worse.
    pub verdicts: Verdicts,
}

/// The rule of a name.
#[must_use]
pub fn find_rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.name == name)
}

macro_rules! rules {
    ($($constant:ident: $name:literal, $new:ident / $old:ident, $json:ident, $source:ident, $summary:literal, $explanation:literal;)*) => {
        $(
            #[doc = concat!($summary, ".")]
            pub static $constant: Rule = Rule {
                code: Code {
                    name: $name,
                    level: DefaultLevel::Silence,
                    summary: $summary,
                    explanation: $explanation,
                    fix: None,
                },
                verdicts: Verdicts {
                    new_reads_old: Verdict::$new,
                    old_reads_new: Verdict::$old,
                    json: Verdict::$json,
                    source: SourceVerdict::$source,
                },
            };
        )*

        /// All rules.
        pub static RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    TYPE_ADDED: "type-added", Same / Same, Same, Additive,
        "A type is new", "Nothing that was there before has values of it.";
    CONSTRUCTOR_ADDED: "constructor-added", Same / Refuses, Refuses, Breaks,
        "A type of several constructors has another one",
        "Older readers do not know its id. A `match` over the enum does not cover it, unless the enum is `#[non_exhaustive]`.";
    TYPE_BECOMES_UNION: "type-becomes-union", Same / Refuses, Refuses, Breaks,
        "A type of one constructor has several",
        "Older readers do not know the new ids, and the struct becomes an enum. Bare uses of the type are errors from now on.";
    CONSTRUCTOR_REMOVED: "constructor-removed", Refuses / Same, Refuses, Breaks,
        "A constructor is gone",
        "Newer readers do not know the id any more. Keep the old constructor beside the new one, as `NAME_layerN#id`.";
    TYPE_REMOVED: "type-removed", Refuses / Same, Refuses, Breaks,
        "A type is gone with all of its constructors", "Newer readers do not know the ids any more.";
    CONSTRUCTOR_RENAMED: "constructor-renamed", Same / Same, Refuses, Breaks,
        "A constructor or a function has another name and the same id",
        "Bytes do not have names; JSON and code do.";
    NAMESPACE_MOVED: "namespace-moved", Same / Same, Refuses, Breaks,
        "A constructor or a function is in another namespace and has the same id",
        "Bytes do not have names; JSON and code do. In Rust the path is another one, and the feature of the namespace.";
    ID_CHANGED: "id-changed", Refuses / Refuses, Same, Unchanged,
        "The id is another one, and nothing else",
        "Each side knows only its own id. Pin the old one: `name#id`.";
    LAYOUT_CHANGED: "layout-changed", Refuses / Refuses, Refuses, Breaks,
        "The fields are others, and so is the id",
        "This is the ordinary way to change a constructor: readers refuse what they do not know instead of misreading it. Keep the \
         old one as `NAME_layerN#id` for those who must read old bytes.";
    CONSTRUCTOR_MOVED: "constructor-moved", Refuses / Refuses, Same, Breaks,
        "A constructor belongs to another type, under the same id",
        "Fields of the old type no longer accept it, and fields of the new one are read by older code without knowing it.";
    TYPE_RENAMED: "type-renamed", Same / Same, Same, Breaks,
        "A type has another name", "The bytes are those of its constructors, whose ids are the same; code names the type.";
    REQUIRED_ADDED: "required-added", Misreads / Misreads, Refuses, Breaks,
        "A field that is always there is new, under the same id",
        "Each side reads the bytes of what follows as, or without, the field. Give the constructor a new id, or make the field optional \
         on a bit that is free.";
    REQUIRED_REMOVED: "required-removed", Misreads / Misreads, Refuses, Breaks,
        "A field that was always there is gone, under the same id", "Give the constructor a new id.";
    REORDERED: "reordered", Misreads / Misreads, Reads, Unchanged,
        "Fields are in another order, under the same id", "Bytes do not have names. Restore the order, or give it a new id.";
    OPTIONAL_ADDED: "optional-added", Reads / Misreads, Reads, Breaks,
        "An optional field is new on a bit that was free, under the same id",
        "Newer readers see the bit unset in old bytes. Older readers do not know that the bit means bytes: whoever sends to them must not \
         set it.";
    OPTIONAL_ADDED_MASKED: "optional-added-masked", Reads / Same, Reads, Breaks,
        "An optional field is new on a free bit of a mask that the reader gives",
        "An older reader never asks for it.";
    OPTIONAL_REMOVED: "optional-removed", Misreads / Reads, Refuses, Breaks,
        "An optional field is gone, under the same id",
        "Newer readers do not know that the bit means bytes. Keep the field, or give the constructor a new id.";
    TRUE_ADDED: "true-added", Reads / Reads, Reads, Breaks,
        "A `true` is new on a bit that was free, under the same id",
        "It has no bytes: older readers ignore the bit, those that are strict refuse it.";
    TRUE_REMOVED: "true-removed", Reads / Reads, Reads, Breaks,
        "A `true` is gone, under the same id", "It has no bytes: the bit is ignored.";
    TRUE_RENAMED: "true-renamed", Misreads / Misreads, Misreads, Breaks,
        "A bit without bytes has another name, under the same id",
        "Nobody can tell the two meanings apart. Use another bit, or, if only the name is new, allow it.";
    TRUE_MOVED: "true-moved", Misreads / Misreads, Same, Unchanged,
        "A `true` is on another bit, under the same id",
        "The bytes stay in step, and the meaning is another one.";
    BIT_MOVED: "bit-moved", Misreads / Misreads, Same, Unchanged,
        "An optional field is on another bit, under the same id",
        "Each side looks at another bit, and then reads or leaves out bytes that the other one does not.";
    BIT_SHARED: "bit-shared", Misreads / Misreads, Reads, Breaks,
        "A new field is on a bit that was in use, under the same id",
        "Old bytes with this bit do not have the field. Use a bit that is free.";
    OPTIONAL_TO_REQUIRED: "optional-to-required", Misreads / Misreads, Refuses, Breaks,
        "A field is always there that was optional, under the same id", "Keep the bit, or give the constructor a new id.";
    REQUIRED_TO_OPTIONAL: "required-to-optional", Misreads / Misreads, Refuses, Breaks,
        "A field is optional that was always there, under the same id", "Old bytes do not set the bit. Give the constructor a new id.";
    FLAGS_ADDED: "flags-added", Misreads / Misreads, Reads, Breaks,
        "A word of flags is new, under the same id",
        "Four bytes more. Add `flags:#` when the constructor is made, and fields later.";
    FLAGS_REMOVED: "flags-removed", Misreads / Misreads, Reads, Breaks,
        "A word of flags is gone, under the same id", "Four bytes less. Keep it, even without fields.";
    TYPE_REINTERPRETED: "type-reinterpreted", Misreads / Misreads, Misreads, Breaks,
        "A field has another type of the same length, under the same id",
        "The bytes stay in step, and the value is another one.";
    TYPE_CHANGED: "type-changed", Misreads / Misreads, Refuses, Breaks,
        "A field has another type, under the same id", "Give the constructor a new id.";
    BOXING_CHANGED: "boxing-changed", Misreads / Misreads, Same, Unchanged,
        "A field has an id before its value, or no longer has one", "Four bytes more or less. Give the constructor a new id.";
    BARE_LAYOUT_CHANGED: "bare-layout-changed", Misreads / Misreads, Refuses, Breaks,
        "The fields of a constructor that others contain without its id are others",
        "Its new id is not there to tell. Those that contain it bare need new ids as well.";
    FIELD_RENAMED: "field-renamed", Same / Same, Refuses, Breaks,
        "A field has another name, under the same id", "Bytes do not have names; JSON and code do.";
    RESULT_CHANGED: "result-changed", Refuses / Refuses, Refuses, Breaks,
        "A function returns something else, under the same id", "The caller reads an answer that is not what it asked for.";
    FUNCTION_ADDED: "function-added", Same / Refuses, Refuses, Additive,
        "A function is new", "Older servers do not know it.";
    FUNCTION_REMOVED: "function-removed", Refuses / Same, Refuses, Breaks,
        "A function is gone", "Newer servers do not know what older clients call.";
    PARAMETERS_CHANGED: "parameters-changed", Misreads / Misreads, Reads, Breaks,
        "The parameters in braces are others, under the same id",
        "What a caller wraps, or what a type is given, decides how the bytes are read.";
    DOCUMENTATION: "documentation", Same / Same, Same, Unchanged,
        "Only the documentation is another one", "Nothing depends on it.";
}
