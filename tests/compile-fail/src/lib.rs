//! Nothing but a place for tests whose programs must not compile. A package of its own, since these programs are built with all
//! dependencies of their package, each time anew.
