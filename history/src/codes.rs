//! The codes of histories.

use typelang_parser::declare_codes;

declare_codes! {
    HISTORY_COMMENT {
        name: "history-comment",
        level: Error,
        summary: "A `// tl:…` comment of a history cannot be understood, or is at the wrong place",
        explanation:
            "A history begins with `// tl:history(NAME)`. Each layer begins with `// tl:layer(N) DATE SOURCE`, then come \
            `// tl:removed(name#id)` and `// tl:dropped(name#id)`, then the declarations. `// tl:pinned`, `// tl:repaired(why)` and \
            `// tl:meaning(what)` are behind a declaration, on its line.",
    }
    HISTORY_DECLARATION {
        name: "history-declaration",
        level: Error,
        summary: "A declaration of a history has no id, or belongs to no layer",
        explanation:
            "Every declaration of a history has its id, since the id is what bytes of that layer begin with, and comes after the \
            `// tl:layer(N)` of the layer that it is new in.",
    }
    HISTORY_LAYER_ORDER {
        name: "history-layer-order",
        level: Error,
        summary: "A layer of a history comes after a later one",
        explanation:
            "A layer is written as the difference to the one before it, so that the numbers of layers grow. The same number again \
            is a later revision of the layer.",
    }
    HISTORY_REMOVED {
        name: "history-removed",
        level: Error,
        summary: "A history removes a declaration that the layer before does not have",
        explanation:
            "`// tl:removed(name#id)` names a declaration of the layer before, by its name and its id. It is not needed where a \
            declaration of the same name or of the same id follows: that one replaces it.",
    }
    HISTORY_REPEATED {
        name: "history-repeated",
        level: Error,
        summary: "A layer of a history declares a name or an id twice, or declares again what the layer before has",
        explanation:
            "A layer is written as the difference to the one before it. Each name and each id is in it at most once, and only if the \
            declaration is new or different.",
    }
    HISTORY_RULE {
        name: "history-rule",
        level: Error,
        summary: "A rule about old values cannot be understood, or the layouts contradict it",
        explanation:
            "A rule has the old constructors that it is for (`of`), where it is not theirs the wanted type (`as`), where it has another             name the new constructor (`to`), and an expression for each field of the new constructor that is not the old field of the             same name (`fields`). Every name must be in the layouts, and every expression must give a value of the field's type.",
    }
    HISTORY_LAYOUT {
        name: "history-layout",
        level: Error,
        summary: "The layouts of a history cannot be told apart by their ids",
        explanation:
            "Old bytes are read by the ids in them. A value of a constructor without its id has the layout of one layer, so that the             constructor must have the same layout in all layers.",
    }
}
